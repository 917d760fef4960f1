"""Answers: what agents write back, from a macro to a line in haste, and what customers say to that."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, TypedDict

from export_people import AGENTS, Person
from export_topics import ExportTopic, Step
from export_wording import filled, lines, say, spoken, table

if TYPE_CHECKING:
    from export_conversations import Comment, Label

HELP = "https://help.kilnroom.example/"
Slots = Mapping[str, str]


class Reply(TypedDict):
    """The fields of a comment."""

    at: datetime
    author: Person
    role: str
    text: str
    public: bool


def first_answer_after(random: Random) -> int:
    """Minutes to the first answer: mostly some hours, sometimes days."""
    return max(3, round(random.lognormvariate(5.0, 1.2)))


def answer(
    topic: ExportTopic, label: Label, agent: Person, asked: Comment, filling: Slots, random: Random
) -> tuple[list[Reply], int, bool | None]:
    """What follows the question, how often the ticket was opened again, and what the customer said of the help."""
    if random.random() < 0.09:
        return _notes(agent, asked.at, filling, random), 0, None
    at = asked.at + timedelta(minutes=first_answer_after(random))
    told = random.random() < 0.88
    text = _told(topic, label, agent, filling, random, at) if told else _filler(label.lang, agent, filling, random)
    replies = [*_notes(agent, asked.at, filling, random), _by(agent, at, text)]
    said = random.choices(("nothing", "solved", "unsolved"), (52, 36, 12) if told else (70, 5, 25))[0]
    if said == "nothing":
        return replies, 0, random.choices((None, True, False), (80, 14, 6) if told else (75, 3, 22))[0]
    back = _back(said, label.lang, asked, text, filling, random, at)
    if said == "solved":
        return [*replies, back], int(random.random() < 0.2), random.choices((None, True), (55, 45))[0]
    later = back["at"] + timedelta(minutes=first_answer_after(random))
    other = random.choice(AGENTS)
    again = _told(topic, label, other, {**filling, "agent": other.first}, random, later)
    return (
        [*replies, back, _by(other, later, again)],
        random.choice((1, 1, 2)),
        random.choices((None, True, False), (50, 15, 35))[0],
    )


def _by(author: Person, at: datetime, text: str, role: str = "agent", *, public: bool = True) -> Reply:
    return Reply(at=at, author=author, role=role, text=text, public=public)


def _notes(agent: Person, asked: datetime, filling: Slots, random: Random) -> list[Reply]:
    """A private note in one of five tickets."""
    if random.random() > 0.2:
        return []
    text = say(table("common.yml")["private_notes"], random, filling)
    return [_by(agent, asked + timedelta(minutes=2), text, public=False)]


def _common(name: str, lang: str) -> tuple[str, ...]:
    tables = table("common.yml")
    return tables[name] if lang == "en" else tables[f"{lang}.{name}"]


def steps_of(topic: ExportTopic, label: Label, day: datetime, random: Random) -> list[str]:
    """The instructions of one answer: some left out, now and then two in the other order, each in one wording."""
    known = [step for step in topic.words[label.lang].steps if step.only in {"", label.plan, label.product}]
    if topic.old and label.lang == "en" and day.date().isoformat() < topic.old_until:
        known = [*known[:-1], *topic.old]
    kept = [step for step in known if random.random() < 0.82] or known[:1]
    if len(kept) > 2 and random.random() < 0.15:
        place = random.randrange(len(kept) - 1)
        kept[place], kept[place + 1] = kept[place + 1], kept[place]
    return [_worded(step, random) for step in kept]


def _worded(step: Step, random: Random) -> str:
    return spoken(random.choice(step.wordings), random)


def _told(topic: ExportTopic, label: Label, agent: Person, filling: Slots, random: Random, at: datetime) -> str:
    """An answer with steps, in the manner of the agent."""
    lang, steps = label.lang, steps_of(topic, label, at, random)
    opening, lead = (say(_common(name, lang), random, filling) for name in ("agent_openings", "agent_leads"))
    if random.random() < 0.35:
        numbered = "\n".join(f"{place}. {step}" for place, step in enumerate(steps, 1))
        middle = f"{lead}\n\n{numbered}"
    elif random.random() < 0.3:
        middle = "\n".join(f"- {step}" for step in steps)
    else:
        middle = " ".join(steps if random.random() < 0.7 else steps[:2])
    extra = _extra(topic, lang, random)
    closing = say(_common("agent_closings", lang), random, filling) if random.random() < 0.6 else ""
    sign = random.choice((agent.first, f"{agent.name}\nKilnroom Support", f"Best, {agent.first}"))
    return "\n\n".join(part for part in (opening, middle, *extra, closing, sign) if part)


def _extra(topic: ExportTopic, lang: str, random: Random) -> list[str]:
    """A remark, when to write to a person, and the article, each in some answers."""
    found = []
    if lang == "en" and topic.notes and random.random() < 0.35:
        found.append(random.choice(topic.notes))
    if lang == "en" and topic.person and random.random() < 0.3:
        found.append(topic.person)
    if topic.article and random.random() < 0.5:
        lead = {"en": "More on this:", "de": "Mehr dazu:", "fr": "Plus d'informations :"}[lang]
        found.append(f"{lead} {HELP}{topic.article}/{random.choice(('', '?utm_source=macro', '#steps'))}")
    return found


def _filler(lang: str, agent: Person, filling: Slots, random: Random) -> str:
    words = say(table("common.yml")["agent_fillers"], random, filling) if lang == "en" else ""
    other = {"de": "Das schauen wir uns an und melden uns.", "fr": "Nous regardons cela et revenons vers vous."}
    return f"{say(_common('agent_openings', lang), random, filling)}\n\n{words or other[lang]}\n\n{agent.first}"


def _back(said: str, lang: str, asked: Comment, text: str, filling: Slots, random: Random, at: datetime) -> Reply:
    """What the customer writes back, often above the whole answer."""
    name = said if said == "solved" or lang == "en" else "anger"
    words = say(_common(name, lang), random, filling)
    if random.random() < 0.6:
        head = {
            "en": "On {d}, Kilnroom Support wrote:",
            "de": "Am {d} schrieb Kilnroom Support:",
            "fr": "Le {d}, Kilnroom Support a écrit :",
        }
        chain = "\n".join(f"> {line}" for line in lines(text))
        words = f"{words}\n\n{filled(head[lang], {'d': at.strftime('%d.%m.%Y')})}\n{chain}"
    later = at + timedelta(minutes=random.randrange(10, 3000))
    return _by(asked.author, later, words, "customer")
