"""Facts about coverage: when an article answers a topic, how well, and what shows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest

from kbgen.articles.library import load
from kbgen.outputs.redirects import redirects
from kbgen.tickets.ticket import Ticket
from kbgen.topics.coverage import Contradicted, Coverage, PartlyAnswered, Surroundings, coverage
from kbgen.topics.embedding.interface import Embedding
from kbgen.topics.lock import Change
from kbgen.topics.registry import Registry
from kbgen.topics.topic import Topic

Asked = Callable[..., Ticket]
Covered = Callable[..., Coverage]


def topic(*tickets: str, id_: str = "t-1") -> Topic:
    return Topic(id=id_, label="x", phrases=(), examples=(), tickets=tickets, people=0, first="", last="")


@pytest.fixture
def covered(tmp_path: Path, words: Embedding, asked: Asked) -> Covered:
    """How far a help centre of the given articles (name → front matter and text) answers a question or tickets."""

    def of(
        question: str, *, registry: Registry | None = None, tickets: Sequence[Ticket] = (), **articles: str
    ) -> Coverage:
        (tmp_path / "index.md").write_text("---\ntitle: Home\n---\n", encoding="utf-8")
        for name, text in articles.items():
            (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
        own = tickets or [asked("1", question)]
        known = registry or Registry(topics=(topic(*(ticket.id for ticket in own)),))
        library = load(tmp_path, date(2026, 11, 23))
        beside = Surroundings(
            site_url="https://help.example.com/en/", redirects=redirects(library, tmp_path / "redirects.yml")
        )
        return coverage(known, own, library, words, beside)["t-1"]

    return of


def article(title: str, front: str = "", body: str = "Words.") -> str:
    return f"---\ntitle: {title}\n{front}---\n\n{body}\n"


def test_article_that_says_the_same_answers(covered: Covered) -> None:
    """An article whose title is the question answers the topic; likeness and search are the evidence."""
    state = covered("export as pdf", pdf=article("Export as pdf"), tax=article("Tax"))
    assert (state.status, state.article) == ("answered", "pdf.md")
    assert state.near[0].likeness == pytest.approx(1)
    assert [near.article for near in state.near] == ["pdf.md", "tax.md"]
    assert [(each.kind, each.number) for each in state.evidence] == [("likeness", 1.0), ("search", 1.0)]


def test_answer_phrase_counts_like_a_title(covered: Covered) -> None:
    """An article is found by the phrases it says customers use."""
    state = covered("print everything", pdf=article("Export as pdf", "answers: [print everything]\n"))
    assert (state.status, state.article) == ("answered", "pdf.md")


def test_article_that_is_near_answers_partly_at_most(covered: Covered) -> None:
    """An article that shares words, but not enough of them, is no answer; nothing is said to be missing from it."""
    files = {f"o{n}": article(f"Something {n} else {n}") for n in range(6)}
    state = covered("alpha beta gamma delta", pdf=article("alpha beta gamma epsilon"), **files)
    assert (state.status, state.near[0].article) == ("answered", "pdf.md")
    state = covered("alpha beta gamma delta", pdf=article("alpha beta one two three"), **files)
    assert state.status in {"partly", "unanswered"}


def test_another_topic_that_is_nearer_keeps_the_article(covered: Covered, asked: Asked) -> None:
    """An article answers the topic that it is nearest to, not its neighbour."""
    tickets = [asked("1", "delete the green account"), asked("2", "delete the account")]
    known = Registry(topics=(topic("1"), topic("2", id_="t-2")))
    alone = covered("delete the green account", acc=article("Delete the account"))
    beside = covered("", registry=known, tickets=tickets, acc=article("Delete the account"))
    assert (alone.status, beside.status) == ("answered", "partly")


def test_unrelated_articles_answer_nothing(covered: Covered) -> None:
    """An article on something else leaves the topic unanswered."""
    state = covered("export as pdf", tax=article("Tax"))
    assert (state.status, state.article) == ("unanswered", "")


def test_help_centre_without_articles_answers_nothing(covered: Covered) -> None:
    """Where there is no article there is nothing near either; a section's own page is no answer."""
    state = covered("home")
    assert (state.status, state.near) == ("unanswered", ())


def test_draft_article_answers_nothing(covered: Covered) -> None:
    """Only what is on the site answers."""
    assert covered("export as pdf", pdf=article("Export as pdf", "state: draft\n")).status == "unanswered"


def test_topics_key_goes_before_likeness(covered: Covered) -> None:
    """An article that names the topic answers it; where search does not find it, its words are not the customers'."""
    state = covered("export as pdf", tax=article("Tax", "topics: [t-1]\n"), pdf=article("Export as pdf"))
    assert (state.status, state.article, state.evidence[0].kind) == ("findable", "tax.md", "front matter")


def test_decision_goes_before_everything(covered: Covered) -> None:
    """A person's decision counts before what articles say of themselves, and dismissed is dismissed, for a reason."""
    accepted = Registry(topics=(topic("1"),), answered={"t-1": "tax.md"})
    files = {"tax": article("Tax"), "pdf": article("Export as pdf", "topics: [t-1]\n")}
    state = covered("export as pdf", registry=accepted, **files)
    assert (state.article, state.evidence[0].kind) == ("tax.md", "decision")
    dismissed = Registry(topics=(topic("1"),), dismissed={"t-1": "one account only"})
    state = covered("export as pdf", registry=dismissed, **files)
    assert (state.status, "one account only" in state.evidence[0].text) == ("dismissed", True)


@pytest.mark.parametrize("gone", ["", article("Tax", "state: archived\n")], ids=["deleted", "archived"])
def test_accepted_article_that_is_gone_answers_nothing(covered: Covered, gone: str) -> None:
    """A topic is open again when the article that answered it is off the site."""
    accepted = Registry(topics=(topic("1"),), answered={"t-1": "tax.md"})
    files = {"tax": gone} if gone else {"other": article("Other")}
    assert covered("export as pdf", registry=accepted, **files).status == "unanswered"


def test_front_matter_may_name_a_former_id(covered: Covered) -> None:
    """An article that names a topic by the id it had before a merge answers the topic that it became."""
    became = {"t-0": Change(kind="merged_into", topic="t-1", on="2026-01-01")}
    state = covered(
        "the tax", registry=Registry(topics=(topic("1"),), history=became), tax=article("Tax", "topics: [t-0]\n")
    )
    assert (state.status, state.article) == ("answered", "tax.md")


def test_decision_on_a_part_answers_a_part(covered: Covered) -> None:
    """Where an answered topic went into a larger one, its article answers a part of that."""
    became = {"t-0": Change(kind="merged_into", topic="t-1", on="2026-01-01")}
    known = Registry(topics=(topic("1"),), history=became, answered={"t-0": "tax.md"})
    state = covered("export as pdf", registry=known, tax=article("Tax"))
    assert (state.status, state.article) == ("partly", "tax.md")


def linked(asked: Asked, address: str, count: int = 3, more: int = 2) -> list[Ticket]:
    tickets = [asked(str(n), "strange question", replies=["Look there."]) for n in range(count + more)]
    return [Ticket(**{**vars(t), "articles": (address,) if n < count else ()}) for n, t in enumerate(tickets)]


@pytest.mark.parametrize(
    "address",
    [
        "https://help.example.com/en/tax/",
        "https://help.example.com/en/tax.html",
        "http://www.help.example.com/en/tax",
        "/en/tax/",
        "/tax/",
        "/old/place/",
    ],
)
def test_article_that_agents_link_is_the_answer(covered: Covered, asked: Asked, address: str) -> None:
    """Where agents link an article in a good part of their answers it answers, at its present or a former address."""
    state = covered("", tickets=linked(asked, address), tax=article("Tax", "redirect_from: [old/place.md]\n"))
    assert (state.article, state.evidence[0].kind, state.evidence[0].number) == ("tax.md", "linked", 0.6)
    assert state.status == "findable"


@pytest.mark.parametrize(("address", "count"), [("https://shop.example.com/en/tax/", 3), ("/en/tax/", 2)])
def test_other_sites_and_single_links_are_no_evidence(covered: Covered, asked: Asked, address: str, count: int) -> None:
    """A link to another host is none of ours, and two tickets are too few."""
    assert covered("", tickets=linked(asked, address, count), tax=article("Tax")).status == "unanswered"


def answered_by_agents(asked: Asked, *replies: str, count: int = 4) -> list[Ticket]:
    return [asked(str(n), "export as pdf", replies=replies) for n in range(count)]


def test_what_agents_add_is_missing_from_the_article(covered: Covered, asked: Asked) -> None:
    """An instruction that several agents give and the article lacks makes it a part of the answer."""
    tickets = answered_by_agents(asked, "Open the settings. Clear your browser cache before exporting.")
    state = covered("", tickets=tickets, pdf=article("Export as pdf", body="Open the settings."))
    assert isinstance(state, PartlyAnswered)
    assert [(gap.text, gap.tickets) for gap in state.missing] == [("Clear your browser cache before exporting.", 4)]
    whole = article("Export as pdf", body="Open the settings. First clear the cache of your browser before exporting.")
    assert covered("", tickets=tickets, pdf=whole).status == "answered"


def test_what_one_agent_says_is_not_missing(covered: Covered, asked: Asked) -> None:
    """Two tickets are too few to say that an article lacks something; manners are nothing to lack."""
    tickets = [
        *answered_by_agents(asked, "Thank you for contacting us. Hope this helps, kind regards."),
        asked("8", "export as pdf", replies=["Restart the grey computer twice."]),
    ]
    assert covered("", tickets=tickets, pdf=article("Export as pdf")).status == "answered"


def test_agents_who_give_another_number_contradict_the_article(covered: Covered, asked: Asked) -> None:
    """Both sentences are shown where agents agree on a limit that is not the article's."""
    tickets = answered_by_agents(asked, "The export holds up to 50 MB of files.")
    state = covered("", tickets=tickets, pdf=article("Export as pdf", body="The export holds up to 20 MB of files."))
    assert isinstance(state, Contradicted)
    (found,) = state.contradictions
    assert (found.agents, found.tickets) == ("The export holds up to 50 MB of files.", 4)
    assert found.article == "The export holds up to 20 MB of files."
    same = article("Export as pdf", body="The export holds up to 50 MB of files.")
    assert covered("", tickets=tickets, pdf=same).status == "answered"


def test_person_who_decided_is_not_contradicted(covered: Covered, asked: Asked) -> None:
    """After a decision agents' answers change nothing any more."""
    tickets = answered_by_agents(asked, "The export holds up to 50 MB of files.")
    decided = Registry(topics=(topic(*(t.id for t in tickets)),), answered={"t-1": "pdf.md"})
    body = "The export holds up to 20 MB of files."
    assert covered("", registry=decided, tickets=tickets, pdf=article("Export as pdf", body=body)).status == "answered"
