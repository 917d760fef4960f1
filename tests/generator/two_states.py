"""A help centre that goes back and forth between two states, and what must hold of its site between them."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import unquote, urlsplit

from builds import build_anew, copy_of, difference
from centres import CONFIG, INDEX, TODAY, article, tree

ARTICLES = 60
WORDS = "account invoice refund card plan seat team export import token login browser error report chart filter".split()
_NAMED = re.compile(r'(?:src|href|poster)="([^"#?]+)')
_ASSETS = {".css", ".js", ".png", ".svg", ".webmanifest", ".vtt", ".mp4"}


def _text(number: int, state: str) -> str:
    words = [WORDS[(number * 7 + n * (3 if state == "a" else 5)) % len(WORDS)] for n in range(120)]
    parts = [" ".join(words[n : n + 20]) for n in range(0, 120, 20)]
    return f"![Sketch](../images/{state}.png)\n\n## Steps\n\n1. Open it.\n\n" + ".\n\n".join(parts) + ".\n"


def _article(number: int, state: str) -> dict[str, str]:
    """Every ninth article has another place in each state, every fifth another title."""
    other = {"a": "b", "b": "a"}[state]
    section, renamed = f"content/section-{number % 4}", number % 9 == 0
    title = f"How to {WORDS[number % 16]} {number}" + (f" in state {state}" if number % 5 == 0 else "")
    name = f"article-{number}-{state}.md" if renamed else f"article-{number}.md"
    front = {"redirect_from": f"[section-{number % 4}/article-{number}-{other}.md]"} if renamed else {}
    return {f"{section}/{name}": article(title, _text(number, state), **front)}


def files_of(state: str) -> dict[str, bytes]:
    """The project in a state: in `b` the colours differ and so the folder of styles and scripts, and the footer."""
    files = {"content/index.md": INDEX}
    for number in range(ARTICLES):
        files |= _article(number, state)
    config = CONFIG.replace("name: kbgen", "name: kbgen\n  custom_dir: overrides")
    files["mkdocs.yml"] = config + {"a": "", "b": '    look: {accent: "#8a1c5b"}\n'}[state]
    files["overrides/partials/kbgen/footer.html"] = f"<footer>State {state}</footer>\n"
    picture = {f"content/images/{state}.png": b"\x89PNG\r\n\x1a\n" + state.encode() * 5000}
    return {**{name: text.encode() for name, text in files.items()}, **picture}


def write_state(folder: Path, state: str) -> None:
    """Make the project's sources those of a state."""
    wanted = files_of(state)
    for top in ("content", "overrides"):
        for path in [path for path in (folder / top).rglob("*") if path.is_file()]:
            if path.relative_to(folder).as_posix() not in wanted:
                path.unlink()
    for name, data in wanted.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_bytes() != data:
            path.write_bytes(data)


@dataclass(frozen=True, kw_only=True)
class TwoStates:
    """The site that a build anew makes of each state."""

    sites: Mapping[str, dict[str, bytes]]

    def complaints(self, folder: Path) -> list[str]:
        """What a visitor would stumble over in a site that may stand between the two states."""
        site = tree(folder)
        return [*self._faulty_files(site), *self._missing_pages(site), *_missing_assets(site)]

    def _faulty_files(self, site: Mapping[str, bytes]) -> Iterator[str]:
        for name, data in site.items():
            known = data in [one[name] for one in self.sites.values() if name in one]
            if name.endswith(".html") and not data.rstrip().endswith(b"</html>"):
                yield f"{name} is cut short"
            elif not known and not name.rpartition("/")[2].startswith("."):
                yield f"{name} is of neither state"

    def _missing_pages(self, site: Mapping[str, bytes]) -> list[str]:
        lasting = set.intersection(*({name for name in one if name.endswith(".html")} for one in self.sites.values()))
        return [f"{name} is missing, which both states have" for name in sorted(lasting - set(site))]


def _missing_assets(site: Mapping[str, bytes]) -> Iterator[str]:
    for name, data in site.items():
        for path in _assets(name, data.decode()) if name.endswith(".html") else ():
            if path not in site:
                yield f"{name} names {path}, which does not exist"


def _assets(name: str, html: str) -> Iterator[str]:
    """The styles, scripts and pictures of the site that a page names, by their paths."""
    for target in _NAMED.findall(html):
        parts = urlsplit(target)
        if not parts.scheme and not parts.netloc and posixpath.splitext(parts.path)[1] in _ASSETS:
            yield posixpath.normpath(posixpath.join("/", posixpath.dirname(name), unquote(parts.path))).lstrip("/")


def both_states(folder: Path) -> TwoStates:
    """Build each state anew below an empty folder."""
    sites = {}
    for state in "ab":
        write_state(folder / state / "project", state)
        copy = copy_of(folder / state / "project", folder / state / "anew")
        outcome = build_anew(copy, date.fromisoformat(TODAY))
        assert outcome.error == ""
        sites[state] = outcome.site
    assert difference(sites["a"], sites["b"])
    return TwoStates(sites=sites)
