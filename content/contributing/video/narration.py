"""What is said and shown in the onboarding video, slide by slide."""

from __future__ import annotations

from dataclasses import dataclass

QUESTION = "how do i make subtitles"
ARTICLE = "/writing/write-an-article/"


@dataclass(frozen=True, kw_only=True)
class View:
    """A page of the help centre, as a reader comes to see it."""

    path: str
    ask: str = ""
    """Typed into the first search field."""
    send: bool = False
    """Whether Enter follows the question."""
    press: str = ""
    """Selector of a button to press."""
    shows: str = "h1"
    """Selector of what must be there before the picture is taken."""
    top: str = ""
    """Selector of what stands at the top of the picture; empty for the top of the page."""


@dataclass(frozen=True, kw_only=True)
class Terminal:
    """Lines as they stand in a terminal: commands begin with `$`, remarks with `#`."""

    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Sentence:
    """What is said in one go, and what is seen meanwhile."""

    words: str
    picture: View | Terminal


@dataclass(frozen=True, kw_only=True)
class Slide:
    """A chapter of the video."""

    title: str
    sentences: tuple[Sentence, ...]


HOME = View(path="/")
FRONT_MATTER = View(path=ARTICLE, top=".highlight:has-text('answers:')")
RESULTS = View(path="/", ask=QUESTION, send=True, shows="[data-kb-results] a")
VOTE = View(path=ARTICLE, top=".kb-vote")
REASONS = View(path=ARTICLE, press=".kb-vote__buttons button[value=false]", top=".kb-vote")
BEGIN = (
    "$ kbgen init my-help",
    "# a new help centre with example articles",
    "",
    "$ cd my-help",
    "$ kbgen serve",
    "# see it at http://127.0.0.1:8000",
)
TOPICS = (
    "$ kbgen topics import tickets.csv",
    "# removes personal data, finds recurring topics",
    "",
    "$ kbgen topics draft",
    "# a draft for each topic without an article",
    "",
    "# you read it, answer its questions, accept it",
)

SLIDES = (
    Slide(
        title="From a folder to a help centre",
        sentences=(
            Sentence(words="With kbgen, you write articles as Markdown files in a folder.", picture=HOME),
            Sentence(words="kbgen turns that folder into a help centre with search.", picture=HOME),
        ),
    ),
    Slide(
        title="Two commands to begin",
        sentences=(
            Sentence(
                words="In a terminal, kbgen init makes a new help centre, with examples.",
                picture=Terminal(lines=BEGIN[:2]),
            ),
            Sentence(
                words="kbgen serve shows it on your own machine while you write.",
                picture=Terminal(lines=BEGIN),
            ),
        ),
    ),
    Slide(
        title="One article, one question",
        sentences=(
            Sentence(words="Each article answers one question.", picture=View(path=ARTICLE)),
            Sentence(words="At the top of the file, add the phrases your customers use.", picture=FRONT_MATTER),
        ),
    ),
    Slide(
        title="Search in your customers' words",
        sentences=(
            Sentence(words="A customer asks for subtitles.", picture=RESULTS),
            Sentence(words="Your article says captions, and search still finds it.", picture=RESULTS),
        ),
    ),
    Slide(
        title="Was this helpful?",
        sentences=(
            Sentence(words="At the end of each article, readers say whether it helped.", picture=VOTE),
            Sentence(words="After a no, they can tell you what was wrong.", picture=REASONS),
        ),
    ),
    Slide(
        title="From tickets to articles",
        sentences=(
            Sentence(words="Some questions still reach you as tickets.", picture=Terminal(lines=TOPICS[:1])),
            Sentence(
                words="Import them: kbgen removes personal data and finds the topics that come back.",
                picture=Terminal(lines=TOPICS[:2]),
            ),
            Sentence(
                words="For each topic without an article, it writes a draft.",
                picture=Terminal(lines=TOPICS[:5]),
            ),
            Sentence(words="You check the draft and answer its open questions.", picture=Terminal(lines=TOPICS)),
            Sentence(words="Nothing is published until a person accepts it.", picture=Terminal(lines=TOPICS)),
            Sentence(words="Now make your first help centre.", picture=HOME),
        ),
    ),
)
