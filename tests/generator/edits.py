"""Edits: what people do to a help centre between two builds, each by its name.

The number that comes with an edit chooses what it hits, and which of its variants it is.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from edits_of_files import OF_FILES_AND_SETTINGS, Edit, chosen
from project import Entry, Project

SECTIONS = ("start", "billing", "account", "billing/cards", "news")
KINDS = ("how-to", "faq", "troubleshooting")


def _with(project: Project, path: str, entry: Entry) -> Project:
    return replace(project, articles={**project.articles, path: entry})


def _without(project: Project, path: str) -> Project:
    return replace(project, articles={other: entry for other, entry in project.articles.items() if other != path})


def _front(name: str, *values: Any) -> Edit:  # noqa: ANN401 - whatever YAML can hold
    """The edit that gives a key of the front matter one of `values`; `None` takes it out."""

    def edit(project: Project, number: int) -> Project:
        path = chosen(project, number)
        entry = project.articles[path]
        value = values[number // 7 % len(values)]
        front = {key: old for key, old in entry.front.items() if key != name}
        return _with(project, path, replace(entry, front=front if value is None else {**front, name: value}))

    return edit


def _body(change: Callable[[str, int], str]) -> Edit:
    """The edit that changes an article's body."""

    def edit(project: Project, number: int) -> Project:
        path = chosen(project, number)
        entry = project.articles[path]
        return _with(project, path, replace(entry, body=change(entry.body, number)))

    return edit


def _add_text(text: str) -> Edit:
    return _body(lambda body, number: f"{body}\n{text.format(number=number)}\n")


def _drop_heading(body: str, number: int) -> str:
    headings = [line for line in body.splitlines() if line.startswith("## ")]
    return body.replace(f"{headings[number % len(headings)]}\n", "", 1) if headings else body


def _link_more(project: Project, number: int) -> Project:
    path, other = chosen(project, number), chosen(project, number // 5)
    entry = project.articles[path]
    anchor = ("", "#when", "#steps", "#new-7")[number % 4]
    return _with(project, path, replace(entry, body=f"{entry.body}\nSee [[{other}{anchor}]].\n"))


def add(project: Project, number: int) -> Project:
    """A new article, whose title sorts anywhere among the others."""
    path = f"{SECTIONS[number % len(SECTIONS)]}/new-{number}.md"
    title = f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[number % 26]} new card for my account {number}"
    return _with(project, path, Entry(front={"title": title, "kind": KINDS[number % 3], "tags": ["basics"]}))


def _moved(project: Project, path: str, to: str) -> Project:
    """The article in another place, with a redirect from its old one."""
    if to in project.articles:
        return project
    entry = project.articles[path]
    front = {**entry.front, "redirect_from": [*entry.front.get("redirect_from", []), path]}
    return _with(_without(project, path), to, replace(entry, front=front))


def rename(project: Project, number: int) -> Project:
    """Another file name in the same section."""
    path = chosen(project, number)
    return _moved(project, path, f"{posixpath.dirname(path)}/renamed-{number % 3}.md")


def move(project: Project, number: int) -> Project:
    """The same file name in another section."""
    path = chosen(project, number)
    return _moved(project, path, f"{SECTIONS[number // 3 % len(SECTIONS)]}/{posixpath.basename(path)}")


def rename_section(project: Project, number: int) -> Project:
    """A whole folder under another name."""
    old, new = SECTIONS[number % 3], f"{SECTIONS[number % 3]}-{number % 2}"
    for path in [path for path in project.articles if path.startswith(f"{old}/")]:
        project = _moved(project, path, path.replace(old, new, 1))
    return project


def delete(project: Project, number: int) -> Project:
    """One article less."""
    return _without(project, chosen(project, number))


def swap(project: Project, number: int) -> Project:
    """Two articles change places."""
    one, other = chosen(project, number), chosen(project, number // 3)
    articles = dict(project.articles)
    articles[one], articles[other] = articles[other], articles[one]
    return replace(project, articles=articles)


def toggle_index(project: Project, number: int) -> Project:
    """A section's own page comes or goes."""
    path = ("start/index.md", "billing/index.md", "account/index.md", "index.md")[number % 4]
    if path in project.articles:
        return _without(project, path)
    return _with(project, path, Entry(front={"title": f"About {number % 3}", "description": "Own page."}, body="Hi.\n"))


def edit_index(project: Project, number: int) -> Project:
    """A section's own page changes what its articles call their section."""
    path = ("start/index.md", "billing/index.md", "index.md")[number % 3]
    front = {"title": f"Section {number % 5}", "icon": (None, "own/star", "material/cash")[number % 3] or ""}
    return _with(project, path, Entry(front=front, body=f"Words {number % 2}.\n"))


def break_it(project: Project, number: int) -> Project:
    """Something makes the site impossible to build; the next edit, whatever it is, mends it."""
    hit = chosen(project, number)
    path = f"content/{'start/bad.md' if hit.startswith('drafts/') else hit}"  # nobody minds a faulty link in a draft
    faults = (
        (path, b"---\ntitle: [a\n---\n"),
        (path, b"---\ntitle: A\n---\n\nSee [b](nowhere.md).\n"),
        (path, b"---\ntitle: Caf\xe9\n---\n"),
        ("content/start/bad.md", b"# No front matter\n"),
        ("mkdocs.yml", b"site_name: A\ndocs_dir: content\n"),
        ("redirects.yml", b"legacy/a.md: nowhere/b.md\n"),
        ("overrides/main.html", b"{% if %}\n"),
    )
    return replace(project, broken=faults[number // 3 % len(faults)])


EDITS: Mapping[str, Edit] = {
    "add an article": add,
    "rename an article": rename,
    "move an article": move,
    "rename a section": rename_section,
    "delete an article": delete,
    "swap two articles": swap,
    "retitle": _front("title", "A card & <b>more</b>", "Zebra account", "Refund: when?", "Watch the tour"),
    "describe": _front("description", "All about cards.", None, "Money & more."),
    "change the kind": _front("kind", *KINDS),
    "change answers": _front("answers", ["my card is refused", "refund me"], None, ["how do i begin"]),
    "change tags": _front("tags", ["basics"], ["cards", "money"], None),
    "change related": _front("related", ["billing/refund.md"], ["start/tour.md", "account/close.md"], None),
    "change its channels": _front("channels", ["phone"], ["mail", "phone"], None),
    "ask for no vote": _front("feedback", False, None),
    "keep out of search": _front("search", {"exclude": True}, None),
    "change its state": _front("state", "draft", "archived", None),
    "schedule": _front("publish_on", "2026-11-24", "2026-11-25", None),
    "let expire": _front("expires_on", "2026-11-24", "2026-11-29", None),
    "verify": _front("verified_on", "2026-11-22", None),
    "redirect from elsewhere": _front("redirect_from", ["old/place.md"], ["legacy/page-1.html"], None),
    "add a heading": _add_text("## New {number}\n\n1. More words."),
    "drop a heading": _body(_drop_heading),
    "add words": _add_text("Another API paragraph {number}."),
    "change one letter": _body(lambda body, _: body.swapcase() if len(body) < 20 else f"X{body[1:]}"),
    "add a picture": _add_text("![[images/b.png]]"),
    "add a formula and a table": _add_text("$a_{number}$\n\n| A |\n|---|\n| b |"),
    "add a block": _add_text('!!! warning\n    Mind this "quote".'),
    "link to another": _link_more,
    "come and go of a section's page": toggle_index,
    "edit a section's page": edit_index,
    **OF_FILES_AND_SETTINGS,
    "break it": break_it,
}
"""Every edit by its name. What one leaves is a help centre without errors, but for `break it`."""


def edited(project: Project, edit: str, number: int, history: Sequence[Project]) -> Project:
    """The project after an edit; `revert` brings back how it stood at some point of `history`."""
    mended = replace(project, broken=None)
    stood = replace(history[number % len(history)], broken=None)
    after = stood if edit == "revert" else EDITS[edit](mended, number)
    return replace(after, known=project.known | set(after.articles))
