"""Structured data: what a page says of itself to search engines, in the words of https://schema.org/."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Data = dict[str, object]
"""One thing, ready for JSON; it holds no empty values."""

_ESCAPES = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
"""What could end the script element, or a line in old JavaScript; in JSON these stand only inside texts."""


@dataclass(frozen=True, kw_only=True)
class ArticleFacts:
    """What a search engine is told of an article; what is empty is left out."""

    title: str
    description: str = ""
    url: str = ""
    date_modified: str = ""
    """The day of the last change, as in 2026-11-23."""
    image: str = ""
    """Full address of a picture."""
    site_name: str = ""
    lang: str = ""


def breadcrumb_list(items: Sequence[tuple[str, str]]) -> Data:
    """The way to a page: names and full addresses from the home page on; the last may lack its address.

    Nothing where there is no way.
    """
    steps = [
        _filled({"@type": "ListItem", "position": place, "name": name, "item": url})
        for place, (name, url) in enumerate(items, start=1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": steps} if steps else {}


def article_data(facts: ArticleFacts) -> Data:
    """An article, by schema.org's Article."""
    return _filled(
        {
            "@type": "Article",
            "headline": facts.title,
            "description": facts.description,
            "url": facts.url,
            "mainEntityOfPage": facts.url,
            "dateModified": facts.date_modified,
            "image": facts.image,
            "inLanguage": facts.lang,
            "isPartOf": {"@type": "WebSite", "name": facts.site_name} if facts.site_name else {},
        }
    )


def json_ld(*data: Data) -> str:
    """One JSON text of all the data, safe inside `<script type="application/ld+json">`; `""` where there is none."""
    graph = [thing for thing in data if thing]
    if not graph:
        return ""
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


def _filled(data: Mapping[str, object]) -> Data:
    return {key: value for key, value in data.items() if value}
