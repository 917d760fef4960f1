"""Facts about continuation: topics and decisions over months of imports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kbgen.errors import KbgenError
from kbgen.tickets.ticket import Ticket
from kbgen.topics import decisions
from kbgen.topics.continuation import continued, rearranged
from kbgen.topics.embedding.interface import CachedEmbedding, Embedding
from kbgen.topics.mining import MiningSettings
from kbgen.topics.registry import Registry, read_registry, write_registry
from kbgen.topics.topic import Topic

Asked = Callable[..., Ticket]
Tickets = tuple[Ticket, ...]
MINING = MiningSettings()
DAY = "2026-01-01"
NOUNS = ("invoice", "calendar", "printer", "password", "parcel")
VERBS = "lost broken late wrong missing again slow empty old double".split()


def after(registry: Registry, tickets: Sequence[Ticket], embedding: Embedding, *, refit: bool = False) -> Registry:
    return continued(registry, tickets, embedding, MINING, day=DAY, refit=refit)


def about(asked: Asked, *nouns: str, start: int = 0, stop: int = 10) -> list[Ticket]:
    """Tickets on each noun: the noun thrice, and one word that tickets on other nouns have, too."""
    return [
        asked(f"{noun}-{n}", f"{noun} {noun}s my{noun} {VERBS[n % len(VERBS)]}")
        for noun in nouns
        for n in range(start, stop)
    ]


def main(registry: Registry) -> dict[str, str]:
    """The id of the topic that holds most tickets on each noun."""
    counts: dict[str, Counter[str]] = {}
    for topic in registry.topics:
        for id_ in topic.tickets:
            counts.setdefault(id_.split("-")[0], Counter())[topic.id] += 1
    return {noun: count.most_common(1)[0][0] for noun, count in counts.items()}


def test_new_tickets_join_their_topic(asked: Asked, words: Embedding) -> None:
    """A ticket that asks the same joins the topic that is known; one that asks nothing known joins none."""
    known = after(Registry(), about(asked, *NOUNS), words)
    more = [
        *about(asked, *NOUNS),
        asked("invoice-late", "invoice invoices myinvoice funny"),
        asked("whale-1", "whales sing"),
    ]
    grown = after(known, more, words)
    assert main(grown) == main(known)
    place = {id_: topic.id for topic in grown.topics for id_ in topic.tickets}
    assert place["invoice-late"] == main(known)["invoice"]
    assert "whale-1" not in place


def test_new_questions_form_a_new_topic(asked: Asked, words: Embedding) -> None:
    """What fits no topic is grouped among itself, and the topics that were known stay as they are."""
    known = after(Registry(), about(asked, *NOUNS[:4]), words)
    grown = after(known, about(asked, *NOUNS, stop=10), words)
    assert set(main(grown).values()) > set(main(known).values())
    assert main(grown)["parcel"] not in main(known).values()


def test_six_months_of_imports_keep_ids(embedding: CachedEmbedding, recurring: Tickets, later: Tickets) -> None:
    """Each month more tickets come; a topic that was found has the same id half a year later."""
    everything = sorted((*recurring, *later), key=lambda ticket: (ticket.id.split("-")[1], ticket.id))
    registry = Registry()
    seen: dict[str, str] = {}
    for month in range(1, 7):
        registry = after(registry, everything[: len(everything) * month // 6], embedding)
        assert len({topic.id for topic in registry.topics}) == len(registry.topics)
        if month == 4:
            seen = {id_: topic.id for topic in registry.topics for id_ in topic.tickets}
    now = {id_: topic.id for topic in registry.topics for id_ in topic.tickets}
    assert len(seen) > 30
    assert sum(registry.resolve(id_) == now.get(ticket) for ticket, id_ in seen.items()) >= 0.92 * len(seen)


def test_regrouping_keeps_ids(embedding: CachedEmbedding, recurring: Tickets, later: Tickets) -> None:
    """Grouped anew, topics that hold the same tickets keep their ids, and those that are gone say where they went."""
    known = after(Registry(), recurring, embedding)
    anew = after(known, (*recurring, *later), embedding, refit=True)
    assert all(main(anew).get(noun) == id_ for noun, id_ in main(known).items())
    gone = {topic.id for topic in known.topics} - {topic.id for topic in anew.topics}
    assert gone <= set(anew.history)


def test_order_of_tickets_changes_nothing(asked: Asked, words: Embedding, tmp_path: Path) -> None:
    """The same tickets in another order give the same bytes of the lock file."""
    tickets = about(asked, *NOUNS)
    files = []
    for n, order in enumerate((tickets, tickets[::-1])):
        root = tmp_path / str(n)
        registry = after(after(Registry(), order[10:], words), order, words)
        write_registry(root, root / ".kbgen", registry, embedding="words", settings=MINING)
        files.append((root / "topics.lock").read_bytes() + (root / ".kbgen/topics.json").read_bytes())
    assert files[0] == files[1]


@pytest.fixture
def known(asked: Asked, words: Embedding) -> Registry:
    """Topics on five nouns."""
    registry = after(Registry(), about(asked, *NOUNS), words)
    assert len(set(main(registry).values())) == len(NOUNS)
    return registry


def test_merged_topics_stay_together(known: Registry, asked: Asked, words: Embedding) -> None:
    """After a merge, later imports and regroupings keep both subjects in one topic, under the id that was chosen."""
    ids = main(known)
    changed = decisions.merged(known, ids["invoice"], [ids["parcel"]])
    one = rearranged(changed, about(asked, *NOUNS), words, day=DAY)
    assert main(one)["parcel"] == main(one)["invoice"] == ids["invoice"]
    assert one.topic(ids["parcel"]).id == ids["invoice"]
    for refit in (False, True):
        again = after(one, about(asked, *NOUNS, stop=12), words, refit=refit)
        assert main(again)["parcel"] == main(again)["invoice"] == ids["invoice"]


def test_merge_carries_the_answer_over(known: Registry) -> None:
    """The article that answers a topic answers the one it is merged into, unless a person said otherwise."""
    ids = main(known)
    answered = decisions.answered(known, ids["parcel"], "content/a.md", {"a.md"})
    assert decisions.merged(answered, ids["invoice"], [ids["parcel"]]).answered == {ids["invoice"]: "a.md"}
    with pytest.raises(KbgenError, match="with itself"):
        decisions.merged(known, ids["invoice"], [ids["invoice"]])


def test_split_topics_stay_apart(known: Registry, asked: Asked, words: Embedding) -> None:
    """Tickets that hold the phrase have a topic of their own, and later ones follow, also when all are grouped anew."""
    taxed = (asked(f"invoice-{n}", f"invoice invoices myinvoice {VERBS[n - 20]} tax number") for n in range(20, 26))
    tickets = [*about(asked, *NOUNS), *taxed]
    grown = after(known, tickets, words, refit=True)
    source = main(grown)["invoice"]
    others = {t.id for t in grown.topics if any(id_.startswith("invoice") for id_ in t.tickets)} - {source}
    if others:
        grown = rearranged(decisions.merged(grown, source, sorted(others)), tickets, words, day=DAY)
    changed, new = decisions.split(grown, source, "Tax  Number", tickets)
    apart = rearranged(changed, tickets, words, day=DAY)
    assert set(apart.topic(new).tickets) == {f"invoice-{n}" for n in range(20, 26)}
    more = [*tickets, asked("invoice-30", "invoice invoices myinvoice old tax number")]
    for refit in (False, True):
        again = after(apart, more, words, refit=refit)
        assert "invoice-30" in again.topic(new).tickets
        assert again.topic(source).id == source


@pytest.mark.parametrize("phrase", ["whale", "lost", "invoice", ""])
def test_split_that_leaves_too_little_is_refused(known: Registry, asked: Asked, phrase: str) -> None:
    """A phrase that nobody, one person or everybody says makes no topic."""
    with pytest.raises(KbgenError, match="tickets of"):
        decisions.split(known, main(known)["invoice"], phrase, about(asked, *NOUNS))


@pytest.mark.parametrize("text", ["call jane.doe@example.com", "x" * 200])
def test_what_a_person_writes_into_the_lock_file_passes_privacy(known: Registry, text: str) -> None:
    """Labels and reasons are committed: personal data and long texts are refused."""
    id_ = known.topics[0].id
    for decide in (decisions.renamed, decisions.dismissed):
        with pytest.raises(KbgenError):
            decide(known, id_, text)


def test_decisions_can_be_taken_back(known: Registry) -> None:
    """A dismissed topic is open again; where nothing was decided, that is said."""
    id_ = known.topics[0].id
    aside = decisions.dismissed(known, id_, "one account only")
    assert decisions.undecided(aside, id_).dismissed == {}
    with pytest.raises(KbgenError, match="nobody has"):
        decisions.undecided(known, id_)
    with pytest.raises(KbgenError, match="no reason"):
        decisions.dismissed(known, id_, " ")
    with pytest.raises(KbgenError, match=r"no published article 'b\.md'"):
        decisions.answered(known, id_, "b.md", {"a.md"})


def test_fresh_clone_honours_decisions(known: Registry, asked: Asked, words: Embedding, tmp_path: Path) -> None:
    """Without .kbgen/ topics are known again by their phrases, and what people decided about them holds."""
    ids = main(known)
    tickets = about(asked, *NOUNS)
    decided = decisions.dismissed(known, ids["printer"], "hardware")
    decided = decisions.renamed(decided, ids["calendar"], "Calendar trouble")
    decided = rearranged(decisions.merged(decided, ids["invoice"], [ids["parcel"]]), tickets, words, day=DAY)
    write_registry(tmp_path, tmp_path / "here", decided, embedding="words", settings=MINING)
    clone = after(read_registry(tmp_path, tmp_path / "elsewhere"), tickets, words)
    assert main(clone) == main(decided)
    assert clone.topic(ids["calendar"]).label == "Calendar trouble"
    assert clone.dismissed == {ids["printer"]: "hardware"}


def test_dismissed_topic_that_comes_back_is_still_dismissed(asked: Asked, words: Embedding) -> None:
    """A topic that an import does not find, and a later one does, has its id and its decision again."""
    known = after(Registry(), about(asked, *NOUNS), words)
    id_ = main(known)["printer"]
    aside = decisions.dismissed(known, id_, "hardware")
    few = [t for t in about(asked, *NOUNS) if not t.id.startswith("printer") or t.id == "printer-1"]
    without = after(aside, few, words, refit=True)
    assert id_ not in {topic.id for topic in without.topics}
    again = after(without, about(asked, *NOUNS), words, refit=True)
    assert main(again)["printer"] == id_
    assert again.dismissed == {id_: "hardware"}


steps = st.lists(
    st.tuples(st.sampled_from(["import", "refit", "rename", "dismiss", "answer", "merge"]), st.integers(0, 9)),
    min_size=1,
    max_size=7,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps)
def test_any_sequence_keeps_what_people_decided(asked: Asked, words: Embedding, some: list[tuple[str, int]]) -> None:
    """Whatever is imported and decided: ids are unique, no ticket is in two topics, and decisions are still there."""
    stop = 6
    registry = after(Registry(), about(asked, *NOUNS, stop=stop), words)
    for kind, number in some:
        topic = registry.topics[number % len(registry.topics)]
        registry, stop = _step(registry, kind, topic, stop, asked, words)
        ids = [topic.id for topic in registry.topics]
        placed = [id_ for topic in registry.topics for id_ in topic.tickets]
        assert len(set(ids)) == len(ids)
        assert len(set(placed)) == len(placed)
        assert all(t.label == registry.labels[t.id] for t in registry.topics if t.id in registry.labels)
        _assert_is_written_and_read(registry)


def _step(
    registry: Registry, kind: str, topic: Topic, stop: int, asked: Asked, words: Embedding
) -> tuple[Registry, int]:
    tickets = about(asked, *NOUNS, stop=stop)
    if kind in {"import", "refit"}:
        decided = (registry.answered, registry.dismissed, registry.labels, registry.merged)
        later = after(registry, about(asked, *NOUNS, stop=stop + 2), words, refit=kind == "refit")
        assert (later.answered, later.dismissed, later.labels, later.merged) == decided
        return later, stop + 2
    if kind == "merge":
        into = registry.topics[0].id
        if into == topic.id:
            return registry, stop
        return rearranged(decisions.merged(registry, into, [topic.id]), tickets, words, day=DAY), stop
    decide = {
        "rename": lambda: decisions.renamed(registry, topic.id, "A name"),
        "dismiss": lambda: decisions.dismissed(registry, topic.id, "a reason"),
        "answer": lambda: decisions.answered(registry, topic.id, "a.md", {"a.md"}),
    }
    changed = decide[kind]()
    labelled = tuple(replace(t, label=changed.labels.get(t.id, t.label)) for t in changed.topics)
    return replace(changed, topics=labelled), stop


def _assert_is_written_and_read(registry: Registry) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        write_registry(root, root / ".kbgen", registry, embedding="words", settings=MINING)
        first = (root / "topics.lock").read_bytes()
        known = read_registry(root, root / ".kbgen")
        assert known == registry
        write_registry(root, root / ".kbgen", known, embedding="words", settings=MINING)
        assert (root / "topics.lock").read_bytes() == first
