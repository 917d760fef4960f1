"""A small help centre to vote in, and the parts of the question as a reader finds them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from centres import CONFIG, INDEX, article, wait_until, write_files
from hosting import Server
from playwright.sync_api import Locator, Page, expect

Sites = Callable[..., Server]
"""The host of the help centre, by its settings of feedback."""

ARTICLE = "/guides/export/"
PATH = "guides/export.md"
CHANNELS = """\
    channels:
      - {id: mail, name: help@example.com, url: "mailto:help@example.com", reply: within a day}
"""
BODY = """\
Exports hold everything that you may see.

## Start an export

Choose **Export** in the menu. It takes a minute.

## Open the file

Open it with a spreadsheet.
"""


def make_centre(folder: Path, feedback: str, *, more: str = "") -> Path:
    """A help centre of two articles; `feedback` are its settings as YAML, `more` other lines of mkdocs.yml."""
    config = CONFIG[: CONFIG.index("    feedback:")] + f"{CHANNELS}    feedback: {{{feedback}}}\n{more}"
    files = {
        "index.md": INDEX,
        "guides/index.md": article("Guides"),
        "guides/export.md": article("Export your data", BODY, kind="how-to", description="Get a copy of your data."),
        "guides/import.md": article("Import your data", "Choose **Import**.\n", kind="how-to"),
    }
    write_files(folder, {"mkdocs.yml": config} | {f"content/{path}": text for path, text in files.items()})
    return folder


def asked(page: Page) -> Locator:
    """The question below an article."""
    return page.locator("[data-kb-vote]")


def ready(page: Page) -> None:
    """Return when the question answers in place."""
    expect(asked(page).locator(".kb-vote__buttons button[aria-pressed]")).to_have_count(2)


def answer(page: Page, name: str, *, script: bool = True) -> None:
    """Choose Yes or No, with `script` once that is answered in place."""
    if script:
        ready(page)
    asked(page).locator(".kb-vote__buttons").get_by_role("button", name=name, exact=True).click()


def waiting(page: Page) -> list[dict[str, object]]:
    """The votes that wait on the device."""
    entries = page.evaluate("JSON.parse(localStorage.getItem('kbgen.votes') || '[]')")
    return [entry["vote"] for entry in entries]


def tried(page: Page) -> None:
    """Return when what was being sent has been answered."""
    page.evaluate("navigator.locks.request('kbgen.votes', () => {})")


def settled(page: Page) -> None:
    """Return when nothing waits on the device any more; votes that change meanwhile go out as they were left."""
    wait_until(lambda: not waiting(page))
