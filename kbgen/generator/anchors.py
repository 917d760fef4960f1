"""Anchors: links to headings that are not there, told as MkDocs tells them."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping

from kbgen.generator.manifest import PageFacts
from kbgen.generator.site import Site


def broken_anchors(site: Site, facts: Mapping[str, PageFacts]) -> Iterator[str]:
    """A warning for each link to a heading that is not there; none where the settings do not make that a warning."""
    if site.config.validation.links.anchors < logging.WARNING:
        return
    present = {path: set(known.anchors) for path, known in facts.items()}
    for file in site.pages:
        for target, links in facts[file.src_uri].links.items():
            for anchor, link in links.items():
                if target in present and anchor not in present[target]:
                    yield _warning(file.src_uri, target, anchor, link)


def _warning(path: str, target: str, anchor: str, link: str) -> str:
    if target == path:
        problem = "there is no such anchor on this page"
        context = " This seems to be a footnote that is never referenced." if anchor.startswith("fnref:") else ""
        return f"Doc file '{path}' contains a link '{link}', but {problem}.{context}"
    return f"Doc file '{path}' contains a link '{link}', but the doc '{target}' does not contain an anchor '#{anchor}'."
