"""The draft as Markdown: the article as readers will see it, and below a line the notes for its writer."""

from __future__ import annotations

import re
from collections.abc import Iterable

import yaml

from kbgen.articles.kinds import Kind
from kbgen.drafts.draft import Draft, ThinDraft
from kbgen.drafts.material import Material, Step
from kbgen.drafts.notes import notes
from kbgen.drafts.wording import LANGUAGES, Wording, wording

NOTES = "<!-- kbgen: the part below is for the writer; accepting the draft removes it -->"

_ASKED = ("ask_symptom", "ask_outcome", "ask_steps", "ask_result", "ask_check", "ask_answer")
PROMPTS = frozenset(wording(lang)(name) for lang in LANGUAGES for name in _ASKED)
"""What a draft asks its writer in the text; a ticked one is removed when the draft is accepted."""

_CODE = re.compile(r"(`[^`]*`)")
_SPECIAL = re.compile(r"([<\[*{`]|~~|(?<!\w)_|_(?!\w)|\\(?=[!-/:-@\[-`{-~]))")


def as_markdown(draft: Draft, site_lang: str = LANGUAGES[0]) -> str:
    """The draft as the text of an article, without the line that tells whether a person has edited it.

    Its language is named where it is not that of the site.
    """
    front = {
        "title": draft.title,
        "description": "",
        "kind": draft.kind.value,
        "lang": draft.material.lang if draft.material.lang != site_lang.partition("-")[0] else None,
        "state": "draft",
        "products": list(draft.material.products),
        "applies_to": [draft.material.plan] if draft.material.plan else [],
        "answers": list(draft.answers),
        "related": list(draft.related),
        "topics": [draft.topic.id],
    }
    said = {name: value for name, value in front.items() if value or name == "description"}
    head = yaml.safe_dump(said, sort_keys=False, allow_unicode=True, width=110)
    return f"---\n{head}---\n\n{_body(draft)}\n{NOTES}\n\n{notes(draft)}"


def _body(draft: Draft) -> str:
    say = wording(draft.material.lang)
    blocks = {Kind.TROUBLESHOOTING: _troubleshooting, Kind.HOW_TO: _how_to}.get(draft.kind, _faq)(draft.material, say)
    if not isinstance(draft, ThinDraft):
        blocks += _contact(draft.material, say)
    return "\n".join(f"{block}\n" for block in blocks if block)


def _troubleshooting(found: Material, say: Wording) -> list[str]:
    shown = [f"- `{message.text.replace('`', chr(39))}`" for message in found.messages]
    said = [f"- {escaped(text)}" for text in found.complaints]
    return [
        _audience(found, say),
        f"## {say('symptom')}",
        _listed(say("symptom_shown_one" if len(shown) == 1 else "symptom_shown"), shown),
        _listed(say("symptom_said"), said),
        "" if shown or said else _box(say("ask_symptom")),
        *([f"## {say('cause')}", _paragraphs(a.text for a in found.causes)] if found.causes else []),
        f"## {say('fix')}",
        _steps(found, say),
        f"## {say('check')}",
        _paragraphs(a.text for a in found.results) or _box(say("ask_check")),
        *_know(found, say),
    ]


def _how_to(found: Material, say: Wording) -> list[str]:
    return [
        _audience(found, say) or _box(say("ask_outcome")),
        f"## {say('steps')}",
        _steps(found, say),
        f"## {say('result')}",
        _paragraphs(a.text for a in found.results) or _box(say("ask_result")),
        *_know(found, say, *found.causes),
    ]


def _faq(found: Material, say: Wording) -> list[str]:
    facts = [a.text for a in (*found.facts, *found.causes, *found.results)]
    steps = [f"## {say('steps')}", _steps(found, say)] if found.steps else []
    return [_paragraphs(facts[:1]) or _box(say("ask_answer")), _audience(found, say), _paragraphs(facts[1:]), *steps]


def _know(found: Material, say: Wording, *more: object) -> list[str]:
    texts = [a.text for a in (*found.facts, *found.causes)] if more else [a.text for a in found.facts]
    return [f"## {say('know')}", "\n".join(f"- {escaped(text)}" for text in texts)] if texts else []


def _contact(found: Material, say: Wording) -> list[str]:
    asked = [f"- {escaped(a.text)}" for a in found.requests]
    return [f"## {say('contact')}", say("contact_text"), "\n".join(asked)]


def _audience(found: Material, say: Wording) -> str:
    sentences = [
        say(name, name=escaped(value))
        for name, value in (("for_product", found.product), ("for_plan", found.plan))
        if value
    ]
    return " ".join(sentences)


def _steps(found: Material, say: Wording) -> str:
    lines = [f"{n}. {step_text(step, say)}" for n, step in enumerate(found.steps, start=1)]
    return "\n".join(lines) or _box(say("ask_steps"))


def step_text(step: Step, say: Wording) -> str:
    """A step as readers see it, with the product or plan for which it holds."""
    place = say("on_product", name=escaped(step.product)) if step.product else ""
    place += say("on_plan", name=escaped(step.plan)) if step.plan else ""
    return place + escaped(step.agreed.text)


def escaped(text: str) -> str:
    """A sentence so that Markdown shows it as it is; what stands between backticks is code."""
    pieces = _CODE.split(" ".join(text.split()))
    return "".join(p if _CODE.fullmatch(p) else _SPECIAL.sub(r"\\\1", p) for p in pieces)


def _paragraphs(texts: Iterable[str]) -> str:
    return "\n\n".join(map(escaped, texts))


def _listed(lead: str, items: list[str]) -> str:
    return "\n".join([f"{lead}\n", *items]) if items else ""


def _box(text: str) -> str:
    return f"- [ ] {text}"
