"""The navigation: each section is called by the title of its own page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.structure.nav import Navigation, Section
from mkdocs.utils import dirname_to_title

from kbgen.articles.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mkdocs.structure import StructureItem


def trail(library: Library, folder: str) -> list[str]:
    """The titles of the sections that a folder lies in, outermost first, its own last."""
    names = folder.split("/") if folder else []
    folders = ("/".join(names[:count]) for count in range(1, len(names) + 1))
    return [library.sections[path].title for path in folders if path in library.sections]


def chain(titles: Iterable[str]) -> Section | None:
    """The innermost of sections that lie in one another, outermost first."""
    inner = None
    for title in titles:
        section = Section(title=title, children=[])
        section.parent, inner = inner, section
    return inner


def name_sections(nav: Navigation, library: Library) -> None:
    """Call the sections that bear the names of their folders by their titles; what somebody named stays."""
    by_title = {section.path: section.title for section in library.sections.values()}
    for item in _sections(nav.items):
        page = next((child for child in item.children if child.is_page), None)
        folder = page.file.src_uri.rpartition("/")[0] if page else ""  # type: ignore[attr-defined]
        if item.title == dirname_to_title(folder.rpartition("/")[2]):
            item.title = by_title.get(folder, item.title)


def _sections(items: list[StructureItem]) -> Iterator[Section]:
    for item in items:
        if isinstance(item, Section):
            yield item
            yield from _sections(item.children)
