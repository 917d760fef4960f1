"""Facts about the rubric of `benchmarks/drafts.py`: drafts pass it, and faults do not."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import replace
from types import ModuleType

import pytest
from centres import ROOT

from kbgen.drafts.draft import Draft
from kbgen.drafts.markdown import as_markdown
from kbgen.tickets.ticket import Ticket
from kbgen.topics.embedding.interface import CachedEmbedding, Embedding
from kbgen.topics.embedding.minilm import MiniLM

Answered = Callable[..., tuple[Ticket, ...]]


@pytest.fixture(scope="module")
def rubric() -> ModuleType:
    """The benchmark as a module."""
    spec = importlib.util.spec_from_file_location("drafts_benchmark", ROOT / "benchmarks/drafts.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def draft(drafted: Callable[..., Draft], answered: Answered) -> Draft:
    tickets = answered(*["Open Settings. Press Export."] * 6)
    asked = ["How do I export the pdf?"] * 3 + ["Is there a button to print pages as pdf?"] * 3
    return drafted(tuple(replace(t, text=text) for t, text in zip(tickets, asked, strict=True)))


def test_good_draft_passes(rubric: ModuleType, draft: Draft, words: Embedding) -> None:
    """Nothing is found in a draft of tickets that agree; there are at least twelve checks."""
    assert rubric.failures(draft, as_markdown(draft), words) == []
    assert len(rubric.RUBRIC) >= 12


@pytest.mark.parametrize(
    ("spoil", "check"),
    [
        (lambda t: t.replace("1. Open Settings.", "1. Dance."), "each line has its source in a ticket"),
        (lambda t: t.replace("- [ ]", "- [x]"), "boxes where evidence is missing"),
        (lambda t: t.replace("Open Settings.", "Write to anna@example.com."), "nothing personal in it"),
        (lambda t: t.replace("kind: how-to", "kind: howto"), "front matter without a fault"),
        (lambda t: t.replace("1. Open", "Open").replace("2. Press", "Press"), "the kind fits what is in it"),
        (lambda t: t.replace("Press Export.", "Press Export. " + "word " * 500), "short enough"),
        (lambda t: t.replace("## When to contact us", "## More"), "says when to contact a person"),
    ],
)
def test_fault_in_the_text_is_found(
    rubric: ModuleType, draft: Draft, words: Embedding, spoil: Callable[[str], str], check: str
) -> None:
    """Each fault that is put into the text fails its check."""
    assert check in rubric.failures(draft, spoil(as_markdown(draft)), words)


def test_fault_in_the_draft_is_found(rubric: ModuleType, draft: Draft, words: Embedding) -> None:
    """So do a title of nobody, phrases that say the same, a doubled step, the wrong order and thin support."""
    found = draft.material
    first, second = found.steps
    weak = replace(first, agreed=replace(first.agreed, support=2))
    spoilt = {
        "the title is a customer's sentence or message": replace(draft, title="All about exports"),
        "answer phrases differ": replace(draft, answers=("print the pdf", "print the pdf now")),
        "no step stands twice": replace(draft, material=replace(found, steps=(first, first))),
        "each line rests on 3 tickets of 2 people": replace(draft, material=replace(found, steps=(weak, second))),
        "at least 2 answer phrases": replace(draft, answers=("one",)),
        "the title has 3 to 14 words": replace(draft, title="Export"),
    }
    for check, bad in spoilt.items():
        assert check in rubric.failures(bad, as_markdown(bad), words), check


@pytest.mark.slow
def test_drafts_of_the_sample_tickets_pass(rubric: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Of the sample tickets' topics, no draft holds anything private, unsupported, doubled or out of order."""
    embedding = CachedEmbedding(MiniLM(), tmp_path_factory.mktemp("vectors"))
    labels = rubric.labels_of(rubric.SAMPLE, None)
    at = rubric.labelled_desk(rubric.tickets_of(rubric.SAMPLE, labels), labels, embedding, mined=False)
    assert len(at.registry.topics) >= 20
    about_titles = {name for name in rubric.RUBRIC if "title" in name or "phrases" in name}
    for topic in at.registry.topics:
        draft = at.draft(topic)
        failed = rubric.failures(draft, as_markdown(draft), embedding)
        assert set(failed) <= about_titles, (topic.label, failed)
