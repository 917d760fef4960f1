"""The notes below a draft: the evidence as counts, and what the tickets leave open."""

from __future__ import annotations

import re
from collections import Counter

from kbgen.drafts.agreement import Agreed
from kbgen.drafts.draft import Draft, ThinDraft, title_is_said, unusable
from kbgen.drafts.material import Material
from kbgen.drafts.order import alternatives, disputed
from kbgen.drafts.wording import Wording, wording
from kbgen.topics.topic import FEWEST_TICKETS

WORTH_A_LOOK = 0.4
"""Likeness from which an article may be worth improving instead."""
MOST_QUESTIONS = 7

_NUMBER = re.compile(r"(?<![\w.])\d+(?:[.,]\d+)?(?![\w.])")


def notes(draft: Draft) -> str:
    """What the writer is told: counts, open questions as boxes, and the nearest articles."""
    say = wording(draft.material.lang)
    near = [say("near", article=n.article, title=n.title, likeness=f"{n.likeness:.2f}") for n in draft.material.near]
    return "\n".join(
        [
            f"## {say('evidence')}\n",
            *(f"- {line}" for line in _evidence(draft.material, say)),
            f"\n## {say('questions')}\n",
            *(f"- [ ] {question}" for question in questions(draft)),
            f"\n## {say('nearest')}\n",
            *(f"- {line}" for line in near or [say("none")]),
            "",
        ]
    )


def _evidence(found: Material, say: Wording) -> list[str]:
    topic = found.topic
    people = say("evidence_people", people=topic.people) if topic.people else ""
    days = say("evidence_days", first=topic.first, last=topic.last) if topic.first else ""
    lines = [say("evidence_tickets", tickets=topic.size, people=people, days=days)]
    if len(found.tickets) < topic.size:
        lines.append(say("evidence_read", count=len(found.tickets)))
    lines.append(say("evidence_replies", replies=found.replies))
    if topic.phrases:
        lines.append(say("evidence_phrases", phrases=", ".join(topic.phrases)))
    if found.named:
        named = ", ".join(f"{word} ({count})" for word, count in found.named)
        lines.append(say("evidence_named", words=named))
    for number, step in enumerate(found.steps, start=1):
        one = "_one" if step.agreed.wordings == 1 else ""
        lines.append(
            say(f"evidence_step{one}", number=number, wordings=step.agreed.wordings, **_support(step.agreed, say))
        )
    said = (*found.results, *found.causes, *found.facts, *found.requests)
    lines += [say("evidence_fact", text=agreed.text, **_support(agreed, say)) for agreed in said]
    for message in found.messages:
        people = say("evidence_people", people=message.people) if message.people else ""
        lines.append(say("evidence_error", text=message.text, support=message.tickets, people=people))
    if found.hidden:
        lines.append(say("evidence_hidden", count=len(found.hidden)))
    return [*(_quiet(line) for line in lines), say("evidence_view", topic=topic.id)]


def _support(agreed: Agreed, say: Wording) -> dict[str, object]:
    people = say("evidence_people", people=agreed.people) if agreed.people else ""
    return {"support": agreed.support, "people": people}


def _quiet(line: str) -> str:
    """A line that opens no tag and ends no comment."""
    return line.replace("<", "‹").replace(">", "›")


def questions(draft: Draft) -> list[str]:
    """What the tickets do not say, the most important first; two to four where there is nothing to draft from."""
    found, say = draft.material, wording(draft.material.lang)
    if isinstance(draft, ThinDraft):
        return _thin(draft, say)
    title = "ask_title" if title_is_said(draft.title, found) else "ask_own_title"
    asked = [say(title), say("ask_try" if found.steps else "ask_whole")]
    asked += _about_account(found, say)
    asked += _about_steps(found, say)
    if not (found.product or found.plan):
        asked.append(say("ask_applies"))
    asked += _about_plans(found, say)
    if found.near and found.near[0].likeness >= WORTH_A_LOOK:
        asked.append(say("ask_improve", article=found.near[0].article))
    return asked[:MOST_QUESTIONS]


def _thin(draft: ThinDraft, say: Wording) -> list[str]:
    found = draft.material
    why = say(f"thin_{draft.why}", replies=found.replies, tickets=len(found.tickets), holding=found.holding)
    asked = [say("thin", why=why), say("thin_answer")]
    asked += _about_account(found, say) or [say("thin_gone")]
    if len(draft.answers) > 1:
        asked.append(say("thin_split", first=draft.answers[0], second=draft.answers[1]))
    return asked


def _about_account(found: Material, say: Wording) -> list[str]:
    single = unusable(found)
    return [say("not_reusable", reason=say(f"reason_{single.reason}"))] if single else []


def _about_steps(found: Material, say: Wording) -> list[str]:
    steps = [step.agreed for step in found.steps]
    asked = [say("ask_order", first=pair.first, second=pair.second) for pair in disputed(steps)]
    asked += [say("ask_instead", first=pair.first, second=pair.second) for pair in alternatives(steps)[:1]]
    for number, step in enumerate(steps, start=1):
        values = differing_numbers(step)
        if values:
            named = f" ({say.listed(values)})" if values[0] else ""
            asked.append(say("ask_numbers", number=number, values=named))
    return asked


def differing_numbers(agreed: Agreed) -> list[str]:
    """Numbers in which the wordings of one agreement differ: those that three tickets name, `[""]` where rarer ones do.

    List numbers do not count, and neither does a number that all wordings hold or only one.
    """
    holders: Counter[str] = Counter()
    for source in {(s.ticket, s.text) for s in agreed.sources}:
        holders.update(set(_NUMBER.findall(source[1])))
    rivals = sorted(n for n, count in holders.items() if 1 < count < agreed.support)
    if len(rivals) < 2:
        return []
    named = [n for n in rivals if holders[n] >= FEWEST_TICKETS]
    return named if len(named) > 1 else [""]


def _about_plans(found: Material, say: Wording) -> list[str]:
    """One question for the product or plan that asks, and gets hardly any answer."""
    for name in ("product", "plan"):
        asks = Counter(getattr(t, name) for t in found.tickets if getattr(t, name))
        answered = Counter(getattr(t, name) for t in found.tickets if getattr(t, name) and t.replies)
        for value, count in sorted(asks.items(), key=lambda item: (-item[1], item[0])):
            if count >= FEWEST_TICKETS and answered[value] < 2 and len(asks) > 1:
                place = say(f"on_{name}", name=value).rstrip(": ")
                return [say("ask_other_plan", place=place[:1].lower() + place[1:])]
    return []
