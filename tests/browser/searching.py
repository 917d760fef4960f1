"""A small help centre to search in, and its parts as a reader finds them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from centres import CONFIG, INDEX, ROOT, article, write_files
from playwright.sync_api import Locator, Page, Route

SCRIPT = "<img src=x onerror=alert(1)><script>alert(2)</script>"
CHANNELS = """\
    channels:
      - {id: mail, name: help@example.com, url: "mailto:help@example.com", reply: within a day}
"""
BODY = """\
Every {name} has an owner. Only the owner sees this page.

## Change the {name}

Open the settings and choose the {name}. The portal asks for your passphrase.

## Remove the {name}

Choose the bin beside it.
"""
THINGS = (
    "alias badge calendar device export folder group holiday invoice keyring ledger mailbox note "
    "office printer quota receipt schedule template upload wallet"
).split()
FOUND = len(THINGS) + 2
"""Articles that the search for a passphrase finds: every thing, the password, and the section that it lies in."""
CAPTIONS = """\
WEBVTT

00:00:01.000 --> 00:00:04.000
Welcome to the tour.

00:01:23.400 --> 00:01:27.000
A subtitle says what you hear.

01:02:03.900 --> 01:02:06.000
Thank you, and goodbye.
"""


def make_centre(folder: Path, *, more: str = "", url: str = "https://help.example.com/", theme: str = "kbgen") -> Path:
    """A help centre of a few articles, with votes and a channel; `more` are lines under `feedback`."""
    config = CONFIG.replace("https://votes.example.com", "/").replace("https://help.example.com/", url)
    config = config.replace("    feedback:", f"{CHANNELS}    feedback:").replace("name: kbgen", f"name: {theme}")
    files = {
        "index.md": INDEX,
        "account/index.md": article("Account", description="Names and passwords."),
        "account/password.md": article(
            "Change your password",
            "Open **Account**.\n\n## On a phone\n\nTap the gear. Your password has twelve letters or more.\n",
            kind="how-to",
            description="Choose a new password in your account.",
            answers="[I forgot my password]",
        ),
        "markup/index.md": article(f"'{SCRIPT}'"),
        "markup/paste.md": article(
            f"'Paste {SCRIPT} safely'",
            f"Read on.\n\n## Write `{SCRIPT}` there\n\nA zebra field takes `{SCRIPT}` as it is.\n",
            kind="faq",
        ),
        "videos/tour.md": article(
            "Watch the tour",
            kind="video",
            video="{src: tour.mp4, captions: {en: tour.vtt}, duration: 1:02:10}",
        ),
        "videos/tour.vtt": CAPTIONS,
        "account/arabic.md": article("كيف أغير كلمة المرور", "افتح الإعدادات ثم اختر كلمة المرور.\n", kind="faq"),
    }
    for thing in THINGS:
        body = BODY.format(name=thing)
        files[f"things/{thing}.md"] = article(f"Manage your {thing}", body, description=f"All about the {thing}.")
    write_files(folder, {"mkdocs.yml": config + more} | {f"content/{path}": text for path, text in files.items()})
    shutil.copy(ROOT / "content/getting-started/first-help-centre.mp4", folder / "content/videos/tour.mp4")
    return folder


@contextmanager
def held_back(page: Page, files: str) -> Iterator[None]:
    """Meanwhile what the page asks for of these files is on its way; then it arrives."""
    routes: list[Route] = []

    def hold(route: Route) -> None:
        routes.append(route)

    page.route(files, hold)
    yield
    for route in routes:
        route.continue_()
    page.unroute(files)


def field(page: Page) -> Locator:
    """The search field of a page."""
    return page.get_by_role("combobox")


def options(page: Page) -> Locator:
    """What the list below the field offers."""
    return page.get_by_role("listbox").get_by_role("option")


def chosen(page: Page) -> Locator:
    """The active option, as the field names it for screen readers."""
    return page.locator(f"#{field(page).get_attribute('aria-activedescendant') or 'none'}")


def spoken(page: Page) -> Locator:
    """What the field says politely."""
    return page.locator("[data-kb-search] [role=status]")


def results(page: Page) -> Locator:
    """The titles on the results page."""
    return page.locator("[data-kb-results] li a")


def said(page: Page) -> Locator:
    """What the results page says of its results."""
    return page.locator("[data-kb-results] [role=status]")
