"""The Markdown twin: an article as Markdown beside its page, and the llms.txt that lists the twins.

Both are for machines and for readers who would rather have the text; llms.txt has the form of https://llmstxt.org/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kbgen.articles.article import Article

Entry = tuple[str, str, str]
"""Title, address of the twin, and description of an article."""
EntryList = tuple[str, str, list[Entry]]
"""Title, description and articles of a section."""

_HASH = re.compile(r"^\#(?!\#)[^\n]*\n?", re.MULTILINE)
"""An H1 as Python-Markdown has it, with a blank behind the sign or none."""
_UNDERLINED = re.compile(r"(?:(?<=\n\n)|\A)[^\n]*\S[^\n]*\n=+[ ]*(?:\n|\Z)")


def twin(article: Article, url: str) -> str:
    """An article as Markdown: title, description, body, and last its lasting address `url`, if it has one.

    As on the page, the title stands in for the first H1 of the body. Links stay as they are written, so a twin
    belongs at the path of its source.
    """
    parts = [
        f"# {_line(article.title)}",
        f"> {_line(article.meta.description)}" if article.meta.description else "",
        _body(article),
        f"<{url}>" if url else "",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def llms_txt(site_name: str, description: str, sections: Iterable[EntryList]) -> str:
    """The llms.txt of a site: its name, what it is about, and every section with its articles.

    A section holds nothing but its list, so what sections are about stands above them, as the form wants it. A section
    without articles is left out.
    """
    listed = [section for section in sections if section[2]]
    parts = [
        f"# {_line(site_name)}",
        f"> {_line(description)}" if description else "",
        "\n".join(f"- {_line(title)}: {_line(about)}" for title, about, _ in listed if about),
        *(part for title, _, entries in listed for part in (f"## {_line(title)}", "\n".join(map(_entry, entries)))),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _body(article: Article) -> str:
    found = _first_h1(article.prose)  # blanked code keeps its place, so positions hold in the body
    body = f"{article.body[: found.start()]}\n{article.body[found.end() :]}" if found else article.body
    return body.strip("\n").rstrip()


def _first_h1(prose: str) -> re.Match[str] | None:
    underlined = _UNDERLINED.search(prose) if "\n=" in prose else None
    return min(filter(None, (_HASH.search(prose), underlined)), key=lambda found: found.start(), default=None)


def _entry(entry: Entry) -> str:
    title, url, description = entry
    about = f": {_line(description)}" if description else ""
    return f"- [{_link_text(title)}]({_link_target(url)}){about}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _link_text(text: str) -> str:
    """A title without the brackets that would end it; simple readers of llms.txt know no backslash."""
    return _line(text).replace("[", "&#91;").replace("]", "&#93;")


def _link_target(url: str) -> str:
    return url.replace(" ", "%20").replace("(", "%28").replace(")", "%29")
