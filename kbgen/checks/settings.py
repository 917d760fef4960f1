"""Settings that name what is not there, contradict each other or make text hard to read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urlsplit

import yaml

from kbgen.articles.article import Article, posix
from kbgen.checks.interface import Finding, HelpCentre, Level, finding
from kbgen.errors import KbgenError, Where, nearest
from kbgen.look.tokens import read_tokens, theme_folder

ID = "settings"
Place = tuple[str | int, ...]
"""Keys, and numbers for items of a list, from `extra.kbgen` on."""


def check(centre: HelpCentre) -> Iterator[Finding]:
    """One error for each setting that cannot be meant, one warning for each name that leads nowhere."""
    yield from _accent(centre)
    yield from _channels(centre)
    yield from _receivers(centre)
    yield from _announcements(centre)
    yield from _names(centre)
    yield from _words(centre)


def _found(centre: HelpCentre, message: str, hint: str, *names: str | int, level: Level = Level.WARNING) -> Finding:
    return finding(ID, KbgenError(message, where=centre.settings.place(*names), hint=hint), level)


def _accent(centre: HelpCentre) -> Iterator[Finding]:
    look = centre.settings.kbgen.look
    tokens = read_tokens(theme_folder() / "tokens.yml")
    for name, pair in {"accent": (look.accent, None), "accent_dark": (None, look.accent_dark)}.items():
        try:
            tokens.branded(*pair)
        except KbgenError as error:
            yield _found(centre, error.problem, error.hint, "look", name, level=Level.ERROR)


def _channels(centre: HelpCentre) -> Iterator[Finding]:
    ids = [channel.id for channel in centre.settings.kbgen.channels]
    for id_, times in Counter(ids).items():
        if times > 1:
            place = ids.index(id_, ids.index(id_) + 1)
            yield _found(
                centre,
                f"two channels have the id '{id_}'",
                "give each its own",
                "channels",
                place,
                "id",
                level=Level.ERROR,
            )
    for article in centre.library.articles:
        for unknown in sorted(set(article.meta.channels) - set(ids)):
            yield _unknown_channel(centre, article, unknown, ids)


def _unknown_channel(centre: HelpCentre, article: Article, unknown: str, ids: list[str]) -> Finding:
    near = nearest(unknown, ids)
    hint = f"did you mean '{near}'?" if near else f"channels in mkdocs.yml: {', '.join(ids) or 'none'}"
    where = Where(path=centre.shown(article.path), line=1)
    return finding(ID, KbgenError(f"there is no channel '{unknown}'", where=where, hint=hint))


def _receivers(centre: HelpCentre) -> Iterator[Finding]:
    """Votes and messages are posted, which mailto: and its kind cannot take."""
    own = centre.settings.kbgen
    for place, address in {
        ("contact", "endpoint"): own.contact.endpoint,
        ("feedback", "service"): own.feedback.service,
    }.items():
        if urlsplit(address).scheme not in {"", "http", "https"}:
            hint = "begin it with https://; an address for mail or a telephone is a channel"
            yield _found(centre, f"a form cannot send to '{address}'", hint, *place, level=Level.ERROR)


def _announcements(centre: HelpCentre) -> Iterator[Finding]:
    for number, item in enumerate(centre.settings.kbgen.announcements):
        if item.starts and item.ends and item.ends < item.starts:
            message = f"the announcement ends on {item.ends}, before it starts on {item.starts}"
            yield _found(centre, message, "swap the two days", "announcements", number, "ends", level=Level.ERROR)


def _words(centre: HelpCentre) -> Iterator[Finding]:
    known = yaml.safe_load((theme_folder() / "words/en.yml").read_text(encoding="utf-8"))
    for name in centre.settings.kbgen.words:
        if name not in {*known, "language", "direction"}:
            near = nearest(name, known)
            hint = f"did you mean '{near}'?" if near else "the names are those of theme/words/en.yml"
            yield _found(centre, f"the interface has no word '{name}'", hint, "words", name)


def _names(centre: HelpCentre) -> Iterator[Finding]:
    settings, library = centre.settings.kbgen, centre.library
    folders = {"/".join(a.path.split("/")[: depth + 1]) for a in library.articles for depth in range(a.path.count("/"))}
    sections: dict[Place, str] = {("home", "sections", n): name for n, name in enumerate(settings.home.sections)}
    for number, item in enumerate(settings.announcements):
        sections |= {("announcements", number, "sections", n): name for n, name in enumerate(item.sections)}
    for place, name in sections.items():
        if name.strip("/") not in folders:
            near = nearest(name, folders)
            hint = f"did you mean '{near}'?" if near else "name a folder below the content folder"
            yield _found(centre, f"there is no section '{name}'", hint, *place)
    for key, paths in {"articles": settings.home.articles, "videos": settings.home.videos}.items():
        for number, path in enumerate(paths):
            if posix("", path) not in library.by_path:
                hint = "name its path below the content folder"
                yield _found(centre, f"there is no article '{path}'", hint, "home", key, number)
    if settings.look.mermaid and not (centre.settings.content / settings.look.mermaid).is_file():
        hint = "put a copy of mermaid.min.js there"
        yield _found(centre, f"there is no file '{settings.look.mermaid}'", hint, "look", "mermaid", level=Level.ERROR)
