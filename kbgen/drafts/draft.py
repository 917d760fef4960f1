"""The draft: a topic as a proposed article, with everything open said to be open."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from kbgen.articles.kinds import Kind
from kbgen.drafts.steps import Step, agreed_steps
from kbgen.tickets.ticket import Ticket
from kbgen.topics.coverage import Near
from kbgen.topics.embedding.interface import Embedding
from kbgen.topics.topic import Topic

NOTES = "<!-- kbgen: the part below is for the writer; accepting the draft removes it -->"
MOST_PHRASES = 6
WORTH_A_LOOK = 0.4
"""Likeness from which an article may be worth improving instead."""

_TROUBLE = re.compile(
    r"\b(?:error|fails?|failed|failing|broken|wrong|missing|disappear\w*|gone|refused|crash\w*|40\d|50\d|"
    r"not (?:found|work\w*)|doesn'?t|won'?t|can'?t|cannot|nothing)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A proposed article; everything in it has passed privacy."""

    topic: Topic
    kind: Kind
    title: str
    answers: tuple[str, ...]
    steps: tuple[Step, ...]
    replies: int
    """How many tickets have an agent's answer."""
    near: tuple[Near, ...]

    @property
    def name(self) -> str:
        """The file's name in `content/drafts/`; it stays the same while the topic keeps its id."""
        return f"{self.topic.id}.md"


def make_draft(topic: Topic, tickets: Sequence[Ticket], near: tuple[Near, ...], embedding: Embedding) -> Draft:
    """The draft of a topic, from its own tickets."""
    steps = agreed_steps(tickets, embedding)
    return Draft(
        topic=topic,
        kind=_kind(tickets, steps),
        title=_title(topic),
        answers=_different([topic.label, *topic.examples], embedding),
        steps=steps,
        replies=sum(bool(ticket.replies) for ticket in tickets),
        near=near,
    )


def _kind(tickets: Sequence[Ticket], steps: tuple[Step, ...]) -> Kind:
    trouble = sum(bool(_TROUBLE.search(ticket.question)) for ticket in tickets)
    if trouble * 2 > len(tickets):
        return Kind.TROUBLESHOOTING
    return Kind.HOW_TO if steps else Kind.FAQ


def _title(topic: Topic) -> str:
    words = topic.label.split()
    return " ".join(words[:14]).rstrip(",;:") if len(words) > 14 else topic.label


def _different(sentences: list[str], embedding: Embedding) -> tuple[str, ...]:
    """The first sentences that say something new, so that the phrases cover the ways of asking."""
    unique = list(dict.fromkeys(sentence.rstrip(".") for sentence in sentences))
    vectors = embedding.embed(unique)
    chosen: list[int] = []
    for row in range(len(unique)):
        if all(float(vectors[row] @ vectors[other]) < 0.75 for other in chosen):
            chosen.append(row)
    return tuple(unique[row] for row in chosen[:MOST_PHRASES])


def as_markdown(draft: Draft) -> str:
    """The draft as the text of an article, without the line that tells whether a person has edited it."""
    front = {
        "title": draft.title,
        "description": "",
        "kind": draft.kind.value,
        "state": "draft",
        "answers": list(draft.answers),
        "topics": [draft.topic.id],
    }
    head = yaml.safe_dump(front, sort_keys=False, allow_unicode=True, width=110)
    return f"---\n{head}---\n\n{_body(draft)}\n{NOTES}\n\n{_notes(draft)}"


_BODIES = {
    Kind.TROUBLESHOOTING: """\
## Symptom

- [ ] Say what the reader sees, with the exact message.

## Fix

{steps}
## Check it worked

- [ ] Say how the reader can tell.
""",
    Kind.HOW_TO: """\
- [ ] Say in one sentence what the reader will have done.

## Steps

{steps}
## Result

- [ ] Say what the reader sees at the end.
""",
    Kind.FAQ: """\
- [ ] Answer the question in the first sentence.
""",
}


PROMPTS = frozenset(
    line.removeprefix("- [ ] ") for body in _BODIES.values() for line in body.splitlines() if line.startswith("- [ ] ")
)
"""What a draft asks its writer in the text; a ticked one is removed when the draft is accepted."""


def _body(draft: Draft) -> str:
    steps = "".join(f"{number}. {step.text}\n" for number, step in enumerate(draft.steps, start=1))
    return _BODIES[draft.kind].format(steps=steps or "- [ ] Write the steps that help.\n")


def _notes(draft: Draft) -> str:
    topic = draft.topic
    people = f" from {topic.people} people" if topic.people else ""
    days = f", {topic.first} to {topic.last}" if topic.first else ""
    return "\n".join(
        [
            "## Evidence\n",
            f"- {topic.size} tickets{people}{days}.",
            f"- {draft.replies} of them have an agent's answer.",
            f"- What they share: {', '.join(topic.phrases)}.",
            *_support(draft),
            "\n## Open questions\n",
            *(f"- [ ] {question}" for question in _open_questions(draft)),
            "\n## Nearest articles\n",
            *(
                [f"- content/{near.article}: {near.title} (likeness {near.likeness:.2f})" for near in draft.near]
                or ["- None."]
            ),
            "",
        ]
    )


def _support(draft: Draft) -> list[str]:
    return [
        f"- Step {n} stands in the answers to {step.support} tickets." for n, step in enumerate(draft.steps, start=1)
    ]


def _open_questions(draft: Draft) -> list[str]:
    questions = ["Is the title what a customer would look for?"]
    if draft.steps:
        questions.append("Try every step. Is the order right, and is anything missing?")
    else:
        questions.append(f"What is the answer? The {draft.replies} answers of agents agree on no step.")
    questions.append("For which products, plans or versions is it true? Add `applies_to`.")
    questions.append("Do the answer phrases hold anything private? Take out what is not needed.")
    if draft.near and draft.near[0].likeness >= WORTH_A_LOOK:
        questions.append(f"Would it be better to improve content/{draft.near[0].article} instead?")
    return questions
