"""The articles of a large help centre, invented, the same in every run."""

from __future__ import annotations

import random
from functools import cache
from itertools import accumulate
from pathlib import Path

from peers import SMALL, front_matter, write

SECTIONS = 20
RESERVED = 5
"""Nobody links to the last articles, so they can be renamed and no link breaks."""
VOCABULARY = 6000
ONSETS = "b br c cl d dr f fl g gr h j k l m n p pl pr r s sh st t th tr v w".split()
VOWELS = "a e i o u ai ea ou".split()
CODAS = ("", "", "", "l", "m", "n", "nd", "r", "rt", "s", "st", "t")
PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 90" width="160" height="90">
  <rect width="160" height="90" rx="8" fill="hsl({0} 40% 90%)"/>
  <circle cx="80" cy="45" r="{1}" fill="hsl({0} 50% 40%)"/>
</svg>
"""


@cache
def vocabulary() -> tuple[list[str], list[float]]:
    """Small English words and thousands of invented ones, and how often each comes, summed up: after Zipf."""
    pick = random.Random("vocabulary")  # noqa: S311 - text, not secrets
    words = dict.fromkeys(SMALL)
    while len(words) < VOCABULARY:
        syllables = range(pick.choice((1, 2, 2, 2, 3, 3, 4)))
        words["".join(pick.choice(ONSETS) + pick.choice(VOWELS) for _ in syllables) + pick.choice(CODAS)] = None
    return list(words), list(accumulate(1 / (rank + 2.7) for rank in range(1, len(words) + 1)))


def phrase(pick: random.Random, count: int) -> str:
    words, frequencies = vocabulary()
    return " ".join(pick.choices(words, cum_weights=frequencies, k=count)).capitalize()


def title(pick: random.Random) -> str:
    """Rare words come as often as common ones, so that no two articles have the same title."""
    return f"How to {' '.join(pick.choices(vocabulary()[0][len(SMALL) :], k=4))}"


def paragraph(pick: random.Random, count: int) -> str:
    return " ".join(f"{phrase(pick, 14)}." for _ in range(count // 14)) + "\n"


def numbered(pick: random.Random) -> str:
    return "".join(f"{step}. {phrase(pick, 16)}.\n" for step in range(1, 6))


def bulleted(pick: random.Random) -> str:
    return "".join(f"- {phrase(pick, 6)}, **{phrase(pick, 2).lower()}**.\n" for _ in range(5))


def table(pick: random.Random) -> str:
    rows = [f"| {phrase(pick, 1)} | {phrase(pick, 3)} | {phrase(pick, 3)} |\n" for _ in range(5)]
    return "".join([rows[0], "|---|---|---|\n", *rows[1:]])


def code(pick: random.Random) -> str:
    lines = "\n".join(f'  "{phrase(pick, 1).lower()}": {pick.randrange(1000)},' for _ in range(5))
    return f'```json\n{{\n{lines}\n  "last": true\n}}\n```\n'


def picture(pick: random.Random) -> str:
    return f"![{phrase(pick, 5)}](picture.svg)\n"


def links(pick: random.Random, number: int, count: int) -> str:
    """Three links to other articles."""
    others = [other for other in pick.sample(range(count - RESERVED), k=4) if other != number][:3]
    return "".join(f"- [{phrase(pick, 4)}](../{place(other)})\n" for other in others)


def place(number: int) -> str:
    """The path of an article below the folder of all articles."""
    return f"section-{number % SECTIONS:02}/article-{number:05}.md"


def article(number: int, count: int) -> str:
    """About 800 words under three to five headings, with lists, a table, code, a picture and links."""
    pick = random.Random(number)  # noqa: S311 - text, not secrets
    head = front_matter(title(pick), phrase(pick, 14)).replace("---\n", "---\nkind: faq\n", 1)
    blocks = [block(pick) for block in (numbered, table, bulleted, code, picture)]
    headings = pick.randint(3, 5)
    parts = [head, paragraph(pick, 60)]
    for heading in range(headings):
        parts += [f"## {phrase(pick, 4)}\n", paragraph(pick, 280 // headings), *blocks[heading::headings]]
        parts += [paragraph(pick, 280 // headings)]
    return "\n".join([*parts, links(pick, number, count), paragraph(pick, 14)])


def write_articles(folder: Path, count: int) -> None:
    """Articles in twenty sections, each with a page and a picture of its own, and a home page."""
    pick = random.Random("home")  # noqa: S311 - text, not secrets
    files = {"index.md": front_matter("Help", phrase(pick, 16)) + "\n" + paragraph(pick, 42)}
    for number in range(SECTIONS):
        section = f"section-{number:02}"
        files[f"{section}/index.md"] = front_matter(phrase(pick, 3), phrase(pick, 12)) + "\n" + paragraph(pick, 28)
        files[f"{section}/picture.svg"] = PICTURE.format(number * 18, 20 + number)
    write(folder, files | {place(number): article(number, count) for number in range(count)})
