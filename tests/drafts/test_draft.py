"""Facts about the draft: what a proposed article says, and what it leaves open."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from kbgen.articles import front_matter
from kbgen.articles.front_matter import State
from kbgen.articles.kinds import Kind
from kbgen.drafts.draft import Draft, ThinDraft, unusable
from kbgen.drafts.markdown import NOTES, as_markdown, escaped
from kbgen.drafts.notes import questions
from kbgen.drafts.wording import LANGUAGES, wording
from kbgen.tickets.ticket import Ticket
from kbgen.topics.coverage import Near

Answered = Callable[..., tuple[Ticket, ...]]
Drafted = Callable[..., Draft]
NEAR = (Near(article="a/print.md", title="Print", likeness=0.43), Near(article="b.md", title="B", likeness=0.1))
REPLY = "Open Settings. Press Export."


def test_front_matter_is_that_of_an_article(drafted: Drafted, answered: Answered) -> None:
    """A draft has title, answer phrases, related articles, topic and the state draft; nothing in it is a problem."""
    problems: list[Exception] = []
    text = as_markdown(drafted(answered(*[REPLY] * 3, question="How do I export the pdf?"), NEAR))
    meta = front_matter.read(front_matter.split(text), "draft.md", problems.append)
    assert problems == []
    assert meta is not None
    assert (meta.title, meta.state, meta.topics) == ("How do I export the pdf?", State.DRAFT, ("t-abc123",))
    assert (meta.answers, meta.related) == (("How do I export the pdf?",), ("a/print.md",))


@pytest.mark.parametrize("question", ["Why: 'no' pdf export?", "# no pdf export?", "Pdf export @home --- x?"])
def test_any_question_is_a_valid_title(drafted: Drafted, answered: Answered, question: str) -> None:
    """Whatever customers wrote, the front matter can be read."""
    source = front_matter.split(as_markdown(drafted(answered(*[REPLY] * 3, question=question))))
    assert front_matter.read(source, "draft.md", lambda problem: pytest.fail(str(problem))) is not None


@pytest.mark.parametrize(
    ("question", "reply", "kind"),
    [
        ("How do I export?", REPLY, Kind.HOW_TO),
        ("How do I export?", None, Kind.FAQ),
        ("The export fails with error 502", REPLY, Kind.TROUBLESHOOTING),
        ("Can I get it on paper?", "The paper version costs two euros.", Kind.FAQ),
        ("Der Export geht nicht mehr und ist weg", "Öffnen Sie die Einstellungen.", Kind.TROUBLESHOOTING),
    ],
)
def test_kind_follows_questions_and_answers(
    drafted: Drafted, answered: Answered, question: str, reply: str | None, kind: Kind
) -> None:
    """Complaints make a troubleshooting article, agreed steps a how-to, and the rest a question with its answer."""
    draft = drafted(answered(*[reply] * 3, question=question))
    assert draft.kind is kind
    assert as_markdown(draft).count("\nkind: ") == 1


def test_agreed_steps_are_numbered_and_counted(drafted: Drafted, answered: Answered) -> None:
    """Steps stand in the body, and the notes say how many tickets and people each rests on."""
    text = as_markdown(drafted(answered(*[REPLY] * 3)))
    assert "\n1. Open Settings.\n2. Press Export.\n" in text
    assert "- Step 1: said in the answers to 3 tickets from 3 people, always in the same words." in text


def test_messages_are_shown_letter_for_letter(drafted: Drafted, answered: Answered) -> None:
    """What three customers quote stands under the symptom as code, and is the title where most do."""
    draft = drafted(answered(*[REPLY] * 3, question='It fails: "Export failed: disk full"'))
    assert draft.title == "Export failed: disk full"
    assert "You see this message:\n\n- `Export failed: disk full`" in as_markdown(draft)


def test_step_of_one_plan_says_so(drafted: Drafted, answered: Answered) -> None:
    """A step that only answers to one plan hold begins with the plan, where chance would hardly do that."""
    replies = [f"{REPLY} Tick the monthly box."] * 5 + [REPLY] * 5
    text = as_markdown(drafted(answered(*replies, plans=["Team"] * 5 + ["Starter"] * 5)))
    assert "3. On the Team plan: Tick the monthly box." in text
    assert "1. Open Settings." in text
    few = as_markdown(drafted(answered(*replies[1:4], *replies[5:7], plans=["Team"] * 3 + ["Starter"] * 2)))
    assert "On the Team plan" not in few


def test_what_support_wants_to_know_stands_with_the_contact(drafted: Drafted, answered: Answered) -> None:
    """When to contact a person, and with what, is said at the end, and is no step."""
    text = as_markdown(drafted(answered(*[f"{REPLY} Send us the invoice number."] * 3)))
    assert "## When to contact us\n\nContact us if this does not help.\n\n- Send us the invoice number." in text
    assert "3. " not in text


def test_nothing_to_draft_from_is_said(drafted: Drafted, answered: Answered) -> None:
    """Where answers agree on nothing, the draft says so with two to four questions, and holds no filler."""
    draft = drafted(answered("Press Export.", "Open the menu.", "Save the page."))
    text = as_markdown(draft)
    assert isinstance(draft, ThinDraft)
    assert "\n1. " not in text
    assert "- [ ] Not enough to draft from: the 3 answers of agents agree on nothing that a reader could do." in text
    assert 2 <= len(questions(draft)) <= 4
    assert "Contact us" not in text


@pytest.mark.parametrize(("replies", "why"), [([None] * 3, "unanswered"), ([REPLY, None, None], "few")])
def test_why_it_is_thin(drafted: Drafted, answered: Answered, replies: list[str | None], why: str) -> None:
    """Unanswered tickets and too few answers are told apart."""
    draft = drafted(answered(*replies))
    assert isinstance(draft, ThinDraft)
    assert draft.why == why


def test_rare_agreement_is_thin(drafted: Drafted, answered: Answered) -> None:
    """Steps that only three of twelve answers hold are no answer to the topic."""
    others = [f"Word{n} thing{n} other{n} tells{n}." for n in range(9)]
    assert isinstance(drafted(answered(*[REPLY] * 3, *others)), ThinDraft)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        ("We have refunded the amount.", "refund"),
        ("I have booked your appointment for the demo call.", "scheduling"),
        ("I have unlocked it for you.", "account"),
        ("Wir haben den Betrag erstattet.", "refund"),
        (REPLY, None),
    ],
)
def test_topics_about_one_customer_are_named(
    drafted: Drafted, answered: Answered, reply: str, reason: str | None
) -> None:
    """Where agents did it themselves, the topic has no answer that others could use, and the reason says why."""
    found = unusable(drafted(answered(*[reply] * 3)).material)
    assert (found.reason if found else None) == reason


def test_every_draft_has_open_boxes(drafted: Drafted, answered: Answered) -> None:
    """No draft is finished when it is written: a person has to look at the text and at the notes."""
    for replies in ([REPLY] * 3, [None] * 3):
        body, notes = as_markdown(drafted(answered(*replies))).split(NOTES)
        assert "- [ ] " in body
        assert "- [ ] " in notes


def test_different_numbers_are_asked_about(drafted: Drafted, answered: Answered) -> None:
    """Where three answers say 10 and three say 25, the draft asks which is right today."""
    tickets = answered(*["Choose the limit 10 MB there."] * 3, *["Choose the limit 25 MB there."] * 3)
    assert "Step 1: the answers name different numbers (10 and 25). Which is right today?" in questions(
        drafted(tickets)
    )


def test_evidence_is_counts_without_tickets(drafted: Drafted, answered: Answered) -> None:
    """The notes give numbers, days and phrases, but no ticket and no person."""
    text = as_markdown(drafted(answered(REPLY, None, REPLY)))
    assert "- 3 tickets from 2 people, 2026-03-01 to 2026-03-05." in text
    assert "- 2 of them have an agent's answer." in text
    assert "- What they share: pdf, export." in text
    assert "p0" not in text


def test_near_article_is_offered_instead(drafted: Drafted, answered: Answered) -> None:
    """Where an article comes near, the draft asks whether it should be improved instead."""
    tickets = answered(*[REPLY] * 3)
    text = as_markdown(drafted(tickets, NEAR))
    assert "- [ ] Would it be better to improve content/a/print.md instead?" in text
    assert "- content/b.md: B (likeness 0.10)" in text
    assert "improve content" not in as_markdown(drafted(tickets, NEAR[1:]))


def test_german_tickets_make_a_german_draft(drafted: Drafted, answered: Answered) -> None:
    """Headings and questions are in the language of most tickets, which the front matter names."""
    replies = ["Öffnen Sie die Einstellungen. Drücken Sie auf Export."] * 3
    text = as_markdown(drafted(answered(*replies, question="Wie kann ich das PDF für mich drucken?")))
    assert "\nlang: de\n" in text
    assert "## Schritte\n\n1. Öffnen Sie die Einstellungen." in text
    assert "lang:" not in as_markdown(drafted(answered(*replies, question="Wie kann ich das drucken?")), "de-AT")


def test_languages_say_the_same_things() -> None:
    """Each sentence is there in each language, with the same places to fill."""
    first, *others = (wording(lang) for lang in LANGUAGES)
    for other in others:
        assert other.names == first.names
        for name in first.names:
            places = [set(re.findall(r"\{\w+\}", say._sentences[name])) for say in (first, other)]
            assert places[0] == places[1], name


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Press <b> & `<i>`", r"Press \<b> & `<i>`"),
        ("See [here](x) *now*", r"See \[here](x) \*now\*"),
        ("Set redirect_from and _this_", r"Set redirect_from and \_this\_"),
        (r"Run .venv\Scripts", r"Run .venv\Scripts"),
        ("one ` tick", r"one \` tick"),
    ],
)
def test_customers_words_are_no_markup(text: str, shown: str) -> None:
    """What looks like Markdown or HTML is shown as it is; code stays code."""
    assert escaped(text) == shown


def test_same_topic_gives_the_same_text(drafted: Drafted, answered: Answered) -> None:
    """A draft has no date and no chance in it: made twice it is the same, byte for byte."""
    tickets = answered(REPLY, "Open it. Press Export.", REPLY, None)
    texts = {as_markdown(drafted(tickets, NEAR)) for _ in range(2)}
    assert len(texts) == 1
