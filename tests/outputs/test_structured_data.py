"""Structured data for search engines."""

from __future__ import annotations

import json
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from kbgen.outputs.structured_data import ArticleFacts, article_data, breadcrumb_list, json_ld

HOME = "https://help.example.com/"


class Scripts(HTMLParser):
    """Keeps what script elements hold, and how many elements there are."""

    def __init__(self) -> None:
        """Begin with nothing."""
        super().__init__()
        self.elements = 0
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - the interface's
        """Count the element."""
        self.elements += 1

    def handle_data(self, data: str) -> None:
        """Keep the text."""
        self.text += data


def test_breadcrumb() -> None:
    """The steps of a way are numbered from 1, and the last may lack its address."""
    assert breadcrumb_list([("Home", HOME), ("Refunds", "")]) == {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": 1, "name": "Home", "item": HOME},
            {"@type": "ListItem", "position": 2, "name": "Refunds"},
        ],
    }


def test_no_breadcrumb() -> None:
    """No way is no data."""
    assert breadcrumb_list([]) == {}


def test_article() -> None:
    """An article carries what search engines show of it, under schema.org's names."""
    facts = ArticleFacts(
        title="Refunds",
        description="Money back",
        url=f"{HOME}refunds/",
        date_modified="2026-11-23",
        image=f"{HOME}refunds.webp",
        site_name="Acme help",
        lang="en",
    )
    assert article_data(facts) == {
        "@type": "Article",
        "headline": "Refunds",
        "description": "Money back",
        "url": f"{HOME}refunds/",
        "mainEntityOfPage": f"{HOME}refunds/",
        "dateModified": "2026-11-23",
        "image": f"{HOME}refunds.webp",
        "inLanguage": "en",
        "isPartOf": {"@type": "WebSite", "name": "Acme help"},
    }


def test_bare_article() -> None:
    """What is not known of an article is left out, not said to be empty."""
    assert article_data(ArticleFacts(title="Refunds")) == {"@type": "Article", "headline": "Refunds"}


def test_graph() -> None:
    """Everything a page says is one graph; things without data are left out, and a page may say nothing."""
    text = json_ld(breadcrumb_list([]), article_data(ArticleFacts(title="Ä")))
    assert text == '{"@context":"https://schema.org","@graph":[{"@type":"Article","headline":"Ä"}]}'
    assert json_ld() == json_ld({}) == ""


titles = st.text(min_size=1) | st.text(alphabet="<>&/!-script\"'\\\u2028\u2029]", min_size=1)


@given(titles)
def test_safe_in_a_script(title: str) -> None:
    """Whatever a title holds, it stays inside the script element and is read as it was written."""
    text = json_ld(article_data(ArticleFacts(title=title)))
    assert not set(text) & set("<>&\u2028\u2029")
    page = Scripts()
    page.feed(f'<script type="application/ld+json">{text}</script>')
    page.close()
    assert page.elements == 1
    assert json.loads(page.text)["@graph"][0]["headline"] == title
