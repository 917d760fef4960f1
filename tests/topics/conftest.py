"""What tests of topics share: one real embedding with its cache, and invented tickets on nine subjects."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from kbgen.tickets.ticket import Ticket
from kbgen.topics.embedding.interface import CachedEmbedding, Vectors
from kbgen.topics.embedding.minilm import MiniLM

SUBJECTS = {
    "pdf": """\
How do I export the whole help centre as a PDF?
Is there a PDF export of all articles?
A customer wants every article as one PDF file.
Can I print all articles into a single PDF?
Where is the button for the PDF export?
We need a PDF of the articles for an audit.
How can I download the full documentation as a PDF?
Exporting articles to PDF, how does that work?
How do I make a PDF of one section?
Our auditor asks for the articles as a PDF.
Can the PDF export have page numbers?""",
    "password": """\
I forgot my password, how do I reset it?
The password reset mail does not arrive.
How can I change my password?
The password reset link has expired, what now?
The password reset does not work for me.
My password is refused, how do I reset the password?
Where do I set a new password?
I cannot sign in, please reset my password.
How long is a password reset link good for?
Can I reset the password of a colleague?
Why was my password reset without my doing?""",
    "captions": """\
The captions of the video are missing.
How do I add captions to a video?
The video shows no captions.
Which format do video captions need?
Can I add captions in two languages to a video?
The captions of my video appear too late.
Where do I upload the caption file of a video?
How do I turn video captions off?
Can viewers search in the captions of a video?
The captions cover the video on a phone.
Are automatic video captions possible?""",
    "invoice": """\
Where do I find the invoice of last month?
The invoice has the wrong billing address.
Can you send the invoice to our accountant?
How do I download an old invoice?
I need an invoice with our tax number.
The monthly invoice did not arrive.
Can we pay the invoice by bank transfer?
Why is there a second invoice this month?
Can the invoice show our order text?
Who receives the invoice by mail?
How do I change who gets the monthly invoice?""",
    "dark": """\
Is there a dark mode?
How do I switch dark mode on?
Dark mode makes the logo invisible.
Can dark mode follow the system setting?
The colours of dark mode are hard to read.
Dark mode resets to light after every visit.
How do I turn dark mode off for everybody?
Our designers ask for dark mode colours of our brand.
Can dark mode be the default?
Dark mode does not reach the search box.
Where is the switch for dark mode?""",
    "delete": """\
How do I delete my account?
Please delete my account and everything in it.
Can I delete the account of a former employee?
What happens to my articles when I delete my account?
The button that deletes an account is grey.
I want my account deleted, how long does that take?
Can a deleted account be restored?
How do I close and delete our company account?
I deleted my account by mistake.
Does deleting the account cancel the contract?
Where is the button to delete an account?""",
    "calendar": """\
How do I connect my Google calendar?
The calendar sync shows appointments twice.
Calendar events appear one hour late.
Can I share my calendar with the team?
The calendar sync stopped yesterday.
How do I subscribe to the calendar from Outlook?
Public holidays are missing in the calendar.
Can the calendar start on Monday?
Why does the calendar sync miss events?
How do I remove a shared calendar?
The calendar shows the wrong time zone for events.""",
    "shipping": """\
When will my parcel be delivered?
The parcel tracking has not changed for days.
My parcel was delivered to the wrong neighbour.
Can you deliver the parcel to a pick-up shop?
The parcel arrived damaged.
How much does delivery of a parcel abroad cost?
I was not at home, where is my parcel now?
Can I change the delivery day of my parcel?
The parcel is lost, what now?
Does somebody have to sign for the parcel?
Why is the delivery of my parcel late?""",
    "printer": """\
The printer does not print labels.
How do I add a label printer?
The printer prints labels too small.
Which label printer do you recommend?
The label printer prints blank labels.
Labels come out of the printer crooked.
How do I set the label size of the printer?
The printer is offline and prints no label.
Can two people share one label printer?
Why does the printer skip every second label?
How do I install the driver of the label printer?""",
}
EARLIER = 8
"""Questions of each subject that are there from the first import on; the rest comes later."""

ANSWERS = {
    "pdf": (
        "Open Settings. Press Export as PDF. Greetings to the audit.",
        "Please press Export as PDF. It takes a while.",
    ),
    "password": (
        "Click the link Forgot password. Check the spam folder.",
        "Click the link Forgot password, it is quick.",
    ),
}
"""What agents answered: both answers hold one instruction in common."""

ONE_OFFS = """\
The coffee machine on your stand at the fair leaks.
Is the company picnic on Friday?
My keyboard has no Euro sign.
Do you ship tea to Iceland?
How tall is the tower on your logo?
Which train goes to the fair?
Can I get the slides of the webinar?
The lift is stuck on the third floor.
Who won the photo contest?
I found a typo in the imprint.
What is the weather like in Bergen?
My cat walked over the router.
Are you hiring a gardener?
The parking garage closes too early.
Your newsletter comes twice.
The alarm clock rings at night.""".splitlines()

Asked = Callable[..., Ticket]


def asked_ticket(
    id_: str, text: str, *, subject: str = "", replies: Sequence[str] = (), requester: str | None = None, day: str = ""
) -> Ticket:
    return Ticket(
        id=id_,
        subject=subject,
        text=text,
        replies=tuple(replies),
        requester=f"person of {id_}" if requester is None else requester,
        created=day,
        tags=(),
    )


class Words:
    """A fake embedding: texts are alike by the words they share."""

    name = "words"

    def __init__(self) -> None:
        """Know no word yet, and have seen no text."""
        self.places: dict[str, int] = {}
        self.seen: list[str] = []

    def embed(self, texts: Sequence[str]) -> Vectors:
        """One unit vector a text: its words."""
        self.seen += texts
        result = np.zeros((len(texts), 512), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.casefold().replace("?", " ").replace(".", " ").split() or ["…"]:
                result[row, self.places.setdefault(word, len(self.places))] = 1
        return result / np.linalg.norm(result, axis=1, keepdims=True)


@pytest.fixture
def asked() -> Asked:
    """Makes a ticket from an id and a text."""
    return asked_ticket


@pytest.fixture
def words() -> Words:
    return Words()


@pytest.fixture(scope="session")
def embedding(tmp_path_factory: pytest.TempPathFactory) -> CachedEmbedding:
    """The real model, computing each text once for all tests."""
    return CachedEmbedding(MiniLM(), tmp_path_factory.mktemp("vectors"))


def _subject_tickets(start: int, stop: int) -> tuple[Ticket, ...]:
    return tuple(
        asked_ticket(f"{name}-{n:02}", text, replies=ANSWERS.get(name, ())[n % 2 :][:1], day=f"2026-03-{1 + n:02}")
        for name, questions in SUBJECTS.items()
        for n, text in enumerate(questions.splitlines())
        if start <= n < stop
    )


@pytest.fixture(scope="session")
def one_offs() -> tuple[Ticket, ...]:
    """Sixteen tickets of which no two ask the same."""
    return tuple(asked_ticket(f"oneoff-{n:02}", text) for n, text in enumerate(ONE_OFFS))


@pytest.fixture(scope="session")
def recurring() -> tuple[Ticket, ...]:
    """Nine subjects, eight tickets each; the subject stands in the id."""
    return _subject_tickets(0, EARLIER)


@pytest.fixture(scope="session")
def later() -> tuple[Ticket, ...]:
    """Three more tickets on each of the nine subjects."""
    return _subject_tickets(EARLIER, 99)
