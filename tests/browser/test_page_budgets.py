"""What a first visit costs: bytes as sent, requests, movement while the page loads; and how long its lines are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from statistics import mean

import pytest
from centres import CONFIG, INDEX, article, build_site, write_files
from chromium import Open
from hosting import Answer, Hosts, Server, serving
from showcase import PAGES

pytestmark = pytest.mark.browser

SECTIONS = ("billing", "devices", "mail", "sign-in", "teams")
CHANNELS = """\
    channels:
      - {id: mail, name: help@example.com, url: "mailto:help@example.com", hours: Mon-Fri 9-17, reply: within a day}
      - {id: phone, name: +49 30 1234567, url: "tel:+49301234567", hours: Mon-Fri 10-16; Sat 10-12}
    contact: {time_zone: Europe/Berlin}
"""
ARTICLE = "/mail/article-007/"
LIMITS = {"text/javascript": 8_000, "text/css": 10_000}

SHIFTS = """() => new Promise((resolve) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach(({ value }) => (sum += value)))
    .observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => setTimeout(() => resolve(sum)));
})"""

FULL_LINES = """() => {
  const lengths = [];
  for (const paragraph of document.querySelectorAll(".kb-prose > p")) {
    const column = paragraph.getBoundingClientRect().width;
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    let line = { length: 0, start: 0, end: 0 };
    while (walker.nextNode()) {
      for (let place = 0; place < walker.currentNode.length; place++) {
        range.setStart(walker.currentNode, place);
        range.setEnd(walker.currentNode, place + 1);
        const [box] = range.getClientRects();
        if (!box) continue;
        if (box.left < line.end - column / 2) {
          if (line.end - line.start > 0.8 * column) lengths.push(line.length);
          line = { length: 0, start: box.left, end: box.right };
        }
        line.length += 1;
        line.start ||= box.left;
        line.end = box.right;
      }
    }
  }
  return lengths;
}"""
"""Characters of each line that runs into another and over the whole column: none beside a picture."""

BODY = """\
You need the right to manage {topic}. Ask the owner of your team if the menu does not show it.

## Before you start

Choose a quiet moment. While you do this, nobody else can change {topic}, and their screens say so.

## Do it

1. Open **Settings** and choose **{topic}**.
2. Choose **Change**. The page shows what is set now, and who set it last.
3. Type the new value. It may hold letters, digits and hyphens, and is at most forty characters long.
4. Choose **Check first** to see what would change. Nothing changes yet.
5. Choose **Save**.

## Check that it worked

Sign out and in again. The top of the page names the new value. When it still shows the old one, wait for five minutes,
because other devices fetch {topic} now and then and not at once.

!!! warning

    Those who work without a connection keep the old value until they are back. Tell them before you start.

## Undo it

Open the same page, choose **History**, and choose **Bring back** beside the line you want.
"""


def make_centre(folder: Path, count: int) -> Path:
    """A help centre of `count` how-to articles in five sections, with votes and channels."""
    config = CONFIG.replace("https://votes.example.com", "/").replace("    feedback:", f"{CHANNELS}    feedback:")
    files = {"index.md": INDEX} | {f"{name}/index.md": article(name.capitalize()) for name in SECTIONS}
    for number in range(count):
        topic = f"{SECTIONS[number % len(SECTIONS)]} {number:03}"
        title = f"Change {topic} for the whole team"
        description = f"How to change {topic}, check it, and undo it."
        files[f"{SECTIONS[number % len(SECTIONS)]}/article-{number:03}.md"] = article(
            title, BODY.format(topic=topic), kind="how-to", description=description, answers=f"[set {topic}]"
        )
    write_files(folder, {"mkdocs.yml": config} | {f"content/{path}": text for path, text in files.items()})
    return folder


@pytest.fixture(scope="module")
def centres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    """The host of a help centre, by the number of its articles."""
    with ExitStack() as hosts:

        @cache
        def of(count: str) -> Server:
            folder = make_centre(tmp_path_factory.mktemp(count), int(count))
            return hosts.enter_context(serving(build_site(folder)))

        yield of


@pytest.fixture
def cold(centres: Hosts, visit: Open) -> Callable[..., list[Answer]]:
    """What a browser with nothing in its cache is sent for a path."""

    def of(path: str, count: int = 20) -> list[Answer]:
        host = centres(str(count))
        host.forget()
        page = visit(host.url + path)
        page.wait_for_load_state("networkidle")
        return host.answers

    return of


def size(answers: Iterable[Answer], kind: str = "") -> int:
    """Bytes of the answers of a type."""
    return sum(answer.size for answer in answers if answer.kind.startswith(kind))


@pytest.mark.parametrize("count", [20, 300])
@pytest.mark.parametrize(("path", "most"), [("/", 30_000), (ARTICLE, 35_000)])
def test_a_first_visit_is_light(cold: Callable[..., list[Answer]], path: str, most: int, count: int) -> None:
    """Home takes at most 30 kB and an article 35 kB in six requests, of them 8 kB scripts and 10 kB styles."""
    answers = cold(path, count)
    weights = {kind: size(answers, kind) for kind in ("", "text/javascript", "text/css")}
    assert len({answer.path for answer in answers}) == len(answers) <= 6, answers
    assert all(weights[kind] <= limit for kind, limit in {"": most, **LIMITS}.items()), weights


def test_an_article_weighs_the_same_in_a_large_help_centre(cold: Callable[..., list[Answer]]) -> None:
    """With 300 articles the bytes of an article's page are within 5 % of those with 20."""
    small, large = (size(cold(ARTICLE, count), "text/html") for count in (20, 300))
    assert large == pytest.approx(small, rel=0.05)


@pytest.mark.parametrize("path", ["/", ARTICLE])
@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_moves_while_a_page_loads(centres: Hosts, visit: Open, path: str, width: int) -> None:
    """The layout shifts by at most 0.01 from the first paint until everything has arrived."""
    page = visit(centres("20").url + path, viewport={"width": width, "height": 800})
    page.wait_for_load_state("networkidle")
    assert page.evaluate(SHIFTS) <= 0.01


@pytest.mark.parametrize("font", ["DejaVu Sans", "Arial"])
def test_lines_are_as_long_as_the_eye_likes(open_showcase: Open, font: str) -> None:
    """On a wide screen full lines hold 60 to 75 characters on average, in a broad font and in one of usual width."""
    page = open_showcase(PAGES["kitchen-sink"], viewport={"width": 1280, "height": 900})
    page.evaluate("font => document.documentElement.style.setProperty('--kb-font', `'${font}'`)", font)
    lengths = page.evaluate(FULL_LINES)
    assert len(lengths) >= 10
    assert 60 <= mean(lengths) <= 75
