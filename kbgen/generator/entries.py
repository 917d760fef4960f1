"""The file of search entries: a few that changed take the place of the old ones, or all are joined anew."""

from __future__ import annotations

from pathlib import Path

from kbgen.generator.outputs import Outputs
from kbgen.generator.store import News, Store
from kbgen.search.entry import FILE, joined

FEW = 20
"""Entries that are worth looking for in the old file."""


def put_entries(outputs: Outputs, store: Store | None, news: News, paths: set[str] | None = None) -> None:
    """Let the site hold the entries of the given pages, or of those that had one, in the order of their paths."""
    new = {path: text for path, _, _, text in news.pages if text}
    if paths is None and store and outputs.has(FILE):
        if not new:
            return outputs.keep(FILE)
        edited = _edited(outputs.staging.site / FILE, store, news.site, new) if len(new) <= FEW else None
        if edited is not None:
            return outputs.put(FILE, edited)
    texts = (store.entries(news.site) if store else {}) | new
    wanted = texts.keys() if paths is None else paths
    return outputs.put(FILE, joined(texts[path] for path in sorted(wanted)).encode())


def _edited(file: Path, store: Store, site: str, new: dict[str, str]) -> bytes | None:
    """The file with its new entries; `None` where an old one is not found in it."""
    data = file.read_bytes()
    for path, text in new.items():
        old = store.entry(site, path)
        if old == text:
            continue
        place = data.find(old.encode()) if old else -1
        if place < 0:
            return None
        data = b"".join((data[:place], text.encode(), data[place + len(old.encode()) :]))
    return data
