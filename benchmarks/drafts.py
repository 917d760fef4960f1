"""A rubric of yes/no checks on the drafts of many topics, as a table of checks and one of topics.

usage: python benchmarks/drafts.py [TICKETS] [--labels FILE.csv] [--show N] [--mined]

TICKETS is an export that `kbgen topics import` reads (default: the sample tickets); the labels, a CSV whose first two
columns are a ticket's id and its topic, stand beside it as NAME.labels.csv or are named. Topics are those of the
labels, so that drafting is measured, not finding; with --mined they are found. --show N prints the first N drafts.
"""

from __future__ import annotations

import argparse
import csv
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from kbgen.articles import front_matter
from kbgen.articles.article import Article
from kbgen.articles.kinds import Kind
from kbgen.articles.structure import missing_structure
from kbgen.drafts.acceptance import for_review
from kbgen.drafts.agreement import ALIKE, likeness
from kbgen.drafts.desk import Desk, desk
from kbgen.drafts.draft import SAME, Draft, ThinDraft, title_is_said, unusable
from kbgen.drafts.instruction import instruction
from kbgen.drafts.markdown import NOTES, as_markdown, escaped
from kbgen.drafts.notes import questions
from kbgen.drafts.order import disputed, precedence
from kbgen.drafts.substance import is_trouble
from kbgen.drafts.wording import language_of, wording
from kbgen.tickets.door import Door
from kbgen.tickets.privacy import MARK, scrub
from kbgen.tickets.sources.table import read_tickets
from kbgen.tickets.ticket import RawTicket, Ticket
from kbgen.topics.coverage import Unanswered
from kbgen.topics.embedding.interface import CachedEmbedding, Embedding
from kbgen.topics.embedding.minilm import MiniLM
from kbgen.topics.finding import find_topics
from kbgen.topics.mining import UNPLACED, MiningSettings
from kbgen.topics.registry import Registry
from kbgen.topics.topic import asks, topics_of
from kbgen.topics.vectors import question_vectors, ticket_vectors

SAMPLE = Path(__file__).parents[1] / "tests/data/sample-tickets.csv"
NO_TOPIC = {"", "oneoff"}
MOST_WORDS = 450
_WORD = re.compile(r"\w+")
_BOX = re.compile(r"^\s*- \[ \]", re.MULTILINE)


def body_of(text: str) -> str:
    return text.split(NOTES, maxsplit=1)[0].split("\n---\n", 1)[1]


def meta_of(text: str) -> tuple[front_matter.FrontMatter | None, list[Exception]]:
    problems: list[Exception] = []
    return front_matter.read(front_matter.split(text), "draft.md", problems.append), problems


def words(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def own_sentences(draft: Draft) -> set[str]:
    """What kbgen itself says in a draft of this topic: sentences of its wording, and names of products and plans."""
    found, say = draft.material, wording(draft.material.lang)
    plain = {words(say(name)) for name in say.names if not say.asks_for_values(name)}
    names = {name for step in found.steps for name in (step.product, step.plan)} | {found.product, found.plan}
    places = {words(say(f"on_{kind}", name=name)) for kind in ("product", "plan") for name in names}
    return plain | places | {words(say(f"for_{kind}", name=name)) for kind in ("product", "plan") for name in names}


def has_source(draft: Draft, text: str) -> bool:
    """Every line of the body is kbgen's own, or its words stand in a row in a ticket that was read."""
    own = own_sentences(draft)
    said = [words(" ".join([ticket.question, *ticket.replies])) for ticket in draft.material.tickets]

    def known(part: str) -> bool:
        told = words(re.sub(r"\\(?=[\W_])", "", part))
        return not told or told in own or any(told in source for source in said)

    lines = [re.sub(r"^(?:#+ |\d+\. |- (?:\[.\] )?)", "", line) for line in body_of(text).splitlines()]
    return all(known(line) or all(map(known, re.split(r"(?<=[.:]) ", line))) for line in lines)


def boxes_fit(draft: Draft, text: str) -> bool:
    found, body = draft.material, body_of(text)
    missing = (not found.steps and draft.kind is not Kind.FAQ) + (not found.results and draft.kind is not Kind.FAQ)
    missing += draft.kind is Kind.FAQ and not (found.facts or found.causes or found.results)
    return len(_BOX.findall(body)) >= missing and len(_BOX.findall(text)) >= 2


def in_order(draft: Draft) -> bool:
    steps = [step.agreed for step in draft.material.steps]
    before = precedence(steps)
    asked = {pair.first - 1 for pair in disputed(steps)}
    return all(before[n, n + 1] >= before[n + 1, n] or n in asked for n in range(len(steps) - 1))


def no_step_twice(draft: Draft, embedding: Embedding) -> bool:
    texts = [step.agreed.text for step in draft.material.steps]
    alike = likeness(texts, embedding.embed(texts)) if texts else np.zeros((0, 0))
    return not (np.triu(alike, 1) >= ALIKE + 0.15).any()


def phrases_differ(draft: Draft, embedding: Embedding) -> bool:
    vectors = embedding.embed(list(draft.answers)) if draft.answers else np.zeros((0, 1))
    return len(draft.answers) <= 6 and not (np.triu(vectors @ vectors.T, 1) >= SAME).any()


def structure_fits(draft: Draft, text: str) -> bool:
    """Once its boxes are answered, `kbgen check` has nothing to say of its structure."""
    steps = f"- [ ] {wording(draft.material.lang)('ask_steps')}"
    answered = re.sub(r"^- \[ \] .*", "Answered.", text.replace(steps, "1. Answered."), flags=re.MULTILINE)
    source = front_matter.split(for_review(answered))
    meta = front_matter.read(source, "draft.md", lambda _: None)
    return meta is not None and not missing_structure(Article(path="a.md", meta=meta, body=source.body, body_line=1))


def clean(draft: Draft, text: str) -> bool:
    return not MARK.search(text) and scrub(text.replace(draft.topic.id, ""))[0] == text.replace(draft.topic.id, "")


def right_language(draft: Draft) -> bool:
    langs = Counter(lang for ticket in draft.material.tickets if (lang := language_of(ticket)))
    return not langs or wording(langs.most_common(1)[0][0]).lang == wording(draft.material.lang).lang


Check = Callable[[Draft, str, Embedding], bool]

RUBRIC: dict[str, Check] = {
    "the title is a customer's sentence or message": lambda d, _, __: title_is_said(d.title, d.material),
    "the title asks, names a task or what goes wrong": lambda d, _, __: (
        asks(d.title) or is_trouble(d.title) or d.kind is Kind.TROUBLESHOOTING or bool(instruction(d.title))
    ),
    "the title has 3 to 14 words": lambda d, _, __: 3 <= len(d.title.split()) <= 14,
    "the kind fits what is in it": lambda d, t, __: structure_fits(d, t),
    "no answer contradicts the order, or it is asked": lambda d, _, __: in_order(d),
    "each line rests on 3 tickets of 2 people": lambda d, _, __: all(a.enough for a in d.material.said),
    "no step stands twice": lambda d, _, e: no_step_twice(d, e),
    "nothing personal in it": lambda d, t, __: clean(d, t),
    "boxes where evidence is missing": lambda d, t, __: boxes_fit(d, t),
    "each line has its source in a ticket": lambda d, t, __: has_source(d, t),
    "short enough": lambda d, t, __: len(body_of(t).split()) <= MOST_WORDS and len(d.material.steps) <= 9,
    "answer phrases differ": lambda d, _, e: phrases_differ(d, e),
    "at least 2 answer phrases": lambda d, _, __: len(d.answers) >= 2,
    "front matter without a fault": lambda _, t, __: meta_of(t)[0] is not None and not meta_of(t)[1],
    "says when to contact a person": lambda d, t, __: (
        isinstance(d, ThinDraft) or wording(d.material.lang)("contact") in t
    ),
    "2 to 7 open questions, 4 where thin": lambda d, _, __: (
        2 <= len(questions(d)) <= (4 if isinstance(d, ThinDraft) else 7)
    ),
    "in the language of its tickets": lambda d, _, __: right_language(d),
    "customers' words are shown as they are": lambda d, t, __: all(
        escaped(step.agreed.text) in t for step in d.material.steps
    ),
}


def tickets_of(file: Path, labels: dict[str, dict[str, str]]) -> list[Ticket]:
    """The tickets of an export; product, plan and language as the labels say where the export does not."""
    door = Door(b"benchmark" * 4)
    kept = []
    for raw in read_tickets(file):
        if isinstance(raw, RawTicket):
            admitted = door.admit(raw)
            ticket = admitted[0] if isinstance(admitted, tuple) else admitted.ticket
            if ticket:
                known = labels.get(raw.id, {})
                kept.append(replace(ticket, **{k: known[k] for k in ("product", "plan", "lang") if known.get(k)}))
    return sorted(kept, key=lambda ticket: ticket.id)


def labels_of(file: Path, named: Path | None) -> dict[str, dict[str, str]]:
    beside = named or (SAMPLE.with_name("sample-labels.csv") if file == SAMPLE else file.with_suffix(".labels.csv"))
    with beside.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        head = [name if n > 1 else ("id", "topic")[n] for n, name in enumerate(next(reader))]
        return {row[0]: dict(zip(head, row, strict=True)) for row in reader}


def labelled_desk(
    tickets: Sequence[Ticket], labels: dict[str, dict[str, str]], embedding: Embedding, *, mined: bool
) -> Desk:
    """The desk for topics as people labelled the tickets, or as kbgen finds them; no article answers any."""
    if mined:
        topics = find_topics(tickets, embedding, MiningSettings()).topics
    else:
        names = [labels.get(ticket.id, {}).get("topic", "") for ticket in tickets]
        known = sorted(set(names) - NO_TOPIC)
        groups = np.array([known.index(name) if name in known else UNPLACED for name in names])
        questions_ = question_vectors(tickets, embedding)
        vectors = ticket_vectors(tickets, questions_, embedding)
        topics = topics_of(tickets, groups, vectors, questions_, embedding)
    registry = Registry(topics=topics)
    return desk(registry, {topic.id: Unanswered(near=()) for topic in topics}, tickets, embedding)


def failures(draft: Draft, text: str, embedding: Embedding) -> list[str]:
    """The checks that a draft does not pass."""
    return [name for name, holds in RUBRIC.items() if not holds(draft, text, embedding)]


def told(draft: Draft, failed: Sequence[str]) -> str:
    found = draft.material
    sort = "thin" if isinstance(draft, ThinDraft) else draft.kind.value
    single = unusable(found)
    sort = f"not reusable: {single.reason}" if single else sort
    held = f"{found.holding}/{found.replies}"
    return (
        f"{draft.topic.size:4} {len(found.steps):5} {len(found.facts):5} {held:>8} {len(RUBRIC) - len(failed):3}/"
        f"{len(RUBRIC)}  {sort:22} {draft.title[:60]}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=Path, default=SAMPLE)
    parser.add_argument("--labels", type=Path)
    parser.add_argument("--cache", type=Path, help="folder where vectors are kept from run to run")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--mined", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        embedding = CachedEmbedding(MiniLM(), asked.cache or Path(folder))
        labels = labels_of(asked.file, asked.labels)
        at = labelled_desk(tickets_of(asked.file, labels), labels, embedding, mined=asked.mined)
        missed: Counter[str] = Counter()
        print(" n   steps facts  held     checks  kind                   title")
        for topic in at.registry.topics:
            draft = at.draft(topic)
            failed = failures(draft, as_markdown(draft), embedding)
            missed.update(failed)
            print(told(draft, failed), *(f"\n{'':33}no: {name}" for name in failed), sep="")
        count = len(at.registry.topics)
        print(f"\n{count} topics\n" + "\n".join(f"{count - missed[name]:4} of {count}  {name}" for name in RUBRIC))
        for topic in at.registry.topics[: asked.show]:
            print(f"\n{'=' * 80}\n{as_markdown(at.draft(topic))}")


if __name__ == "__main__":
    main()
