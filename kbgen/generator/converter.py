"""The converter: one Markdown instance for all articles, which notes what had a say in each.

It does what MkDocs' `Page.render` does, with the processors of MkDocs, but sets Markdown up once instead of once for
each article.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import markdown
from markdown.treeprocessors import InlineProcessor
from mkdocs.structure.pages import (  # the processors that MkDocs gives Markdown; they have no public name
    _ExtractAnchorsTreeprocessor,
    _RawHTMLPreprocessor,
    _RelativePathTreeprocessor,
)
from mkdocs.structure.toc import get_toc

from kbgen.generator.inputs import file_digest

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page

_PACKAGES = tuple({sys.prefix, sys.base_prefix})
_CODE = (".py", ".pyc", ".so", ".pyi")


class Lookups:
    """The files of a site, with a note of who was asked for."""

    def __init__(self, files: Files) -> None:
        """Begin with nobody asked for."""
        self.files = files
        self.asked: dict[str, str] = {}

    def get_file_from_path(self, path: str) -> File | None:
        """The file at a path below `content/`."""
        file = self.files.get_file_from_path(path)
        self.asked[path] = found(file)
        return file


def found(file: File | None) -> str:
    """What a link learns of the file that it leads to."""
    if file is None:
        return ""
    excluded: bool = file.inclusion.is_excluded()  # type: ignore[no-untyped-call]
    return f"{file.url} {'excluded' if excluded else file.src_uri}"


class _Reads:
    """Notes the files that extensions read while Markdown works; Python reports every file that it opens."""

    def __init__(self) -> None:
        self.files: dict[str, None] | None = None
        sys.addaudithook(self._heard)

    def _heard(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "open" and self.files is not None:
            path = arguments[0]
            if isinstance(path, str) and not path.startswith(_PACKAGES) and not path.endswith(_CODE):
                self.files[path] = None


_reads: list[_Reads] = []


def _listener() -> _Reads:
    if not _reads:
        _reads.append(_Reads())  # an audit hook stays for ever, so one is enough
    return _reads[0]


_KNOWN_PATTERNS = frozenset(
    "backtick arithmatex-inline keys-custom escape footnote reference link image_link image_reference short_reference "
    "short_image_ref autolink automail linebreak html entity emoji keys delimiter not_strong em_strong "
    "em_strong2".split()
)
"""Inline patterns that match nothing in plain text."""
_PLAIN = re.compile(r"(?:[^\W_]|[ .,;?%()/'\"-]|(?<!  )\n)*\Z")
"""Text without any character that begins a match of those."""


class _Inline(InlineProcessor):
    """Markdown's own, made faster: it passes plain text over, and patterns are sorted once a page, not at each use."""

    def run(self, tree: Element, ancestors: list[str] | None = None) -> Element:
        """Settle on the patterns that there are now, and run."""
        registry = self.md.inlinePatterns
        self.inlinePatterns: Any = tuple(registry)
        self.all_known = all(item.name in _KNOWN_PATTERNS for item in registry._priority)  # type: ignore[attr-defined]  # noqa: SLF001
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - its name
        if patternIndex == 0 and self.all_known and _PLAIN.match(data):
            return data
        handle: Callable[[str, int], str] = super()._InlineProcessor__handleInline  # type: ignore[misc]
        return handle(data, patternIndex)


class Converter:
    """Turns the Markdown of pages into HTML."""

    def __init__(self, config: MkDocsConfig, files: Files) -> None:
        """Set Markdown up."""
        self.root = Path(config.config_file_path).parent
        self.lookups = Lookups(files)
        self.reads = _listener()
        self.md = markdown.Markdown(
            extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"] or {}
        )
        any_file = next(iter(files))
        self.raw = _RawHTMLPreprocessor()
        self.anchors = _ExtractAnchorsTreeprocessor(any_file, files, config)
        self.paths = _RelativePathTreeprocessor(any_file, self.lookups, config)  # type: ignore[arg-type]
        for processor in (self.raw, self.anchors, self.paths):
            processor._register(self.md)  # noqa: SLF001 - as MkDocs does
        self.md.treeprocessors.register(_Inline(self.md), "inline", 20)  # in the place of Markdown's own
        self._watch_snippets()

    def convert(self, page: Page) -> dict[str, str]:
        """Give the page its content, headings and anchors; the files that were read, with their digests."""
        self.md.reset()
        self.raw.present_anchor_ids = set()
        self.anchors.present_anchor_ids = set()
        self.paths.file = page.file
        self.paths.links_to_anchors = {}
        self.lookups.asked = {}
        self.reads.files = {}
        try:
            page.content = self.md.convert(page.markdown or "")
        finally:
            read, self.reads.files = self.reads.files, None
        page.toc = get_toc(getattr(self.md, "toc_tokens", []))
        page.present_anchor_ids = self.anchors.present_anchor_ids | self.raw.present_anchor_ids
        page.links_to_anchors = self.paths.links_to_anchors
        return {os.path.relpath(path, self.root): file_digest(path) for path in read}

    def _watch_snippets(self) -> None:
        """Note where `pymdownx.snippets` looks for files that are not there: one may come."""
        if "snippet" not in self.md.preprocessors:
            return
        snippets: Any = self.md.preprocessors["snippet"]
        look: Callable[[str], str | None] = snippets.get_snippet_path

        def watched(path: str) -> str | None:
            if self.reads.files is not None:
                self.reads.files.update({os.path.join(base, path): None for base in snippets.base_path})  # noqa: PTH118
            return look(path)

        snippets.get_snippet_path = watched
