"""The small help centre that edits begin with: a dozen articles in three sections, each kind of page, each stage."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from project import EXTENSIONS, Entry, Project

DAY = date(2026, 11, 23)
VTT = "WEBVTT\n\n00:00.000 --> 00:02.000\nWelcome to Acme.\n\n00:02.000 --> 00:05.000\nChoose Start.\n"

INDEXES = {
    "index.md": Entry(front={"title": "How can we help?", "description": "Answers."}, body=""),
    "start/index.md": Entry(front={"title": "Getting started", "icon": "own/star"}, body="Begin here.\n"),
    "billing/index.md": Entry(front={"title": "Billing", "description": "Money.", "icon": "material/cash"}, body=""),
}
ARTICLES = {
    "start/first-steps.md": Entry(
        front={"title": "Take your first steps", "answers": ["how do i begin"], "tags": ["basics"]},
        body="# Take your first steps\n\n![[images/a.png]]\n\n## Steps\n\n1. Open **Start**.\n\n"
        "See [[billing/refund.md#when]].\n\n## Result\n\nYou are in. [[start/tour.md]]\n",
    ),
    "start/tour.md": Entry(
        front={
            "title": "Watch the tour",
            "kind": "video",
            "video": {"src": "video/tour.mp4", "poster": "images/a.png", "captions": {"en": "video/tour.vtt"}},
        },
        body="Two minutes.\n",
    ),
    "start/course.md": Entry(
        front={
            "title": "Learn Acme in an hour",
            "kind": "course",
            "course": ["start/first-steps.md", "start/tour.md", "billing/refund.md"],
        }
    ),
    "start/what-is-it.md": Entry(
        front={"title": "What is Acme?", "kind": "faq", "tags": ["basics"], "channels": ["mail"]},
        body="A tool. The API is open. [[account/password.md#result]] and [[start/index.md]].\n",
    ),
    "billing/refund.md": Entry(
        front={
            "title": "Get a refund",
            "kind": "faq",
            "description": "Money back within 30 days.",
            "answers": ["money back", "cancel my order"],
        },
        body="Yes, within 30 days.\n\n## When\n\nAt once.\n\n## How\n\n"
        "By [[billing/invoice.md#steps]].[^1]\n\n[^1]: Note.\n",
    ),
    "billing/invoice.md": Entry(
        front={"title": "Find an invoice", "redirect_from": ["old/invoice.md"], "related": ["billing/refund.md"]},
        body="## Steps\n\n1. Open **Billing**.\n2. See ![[images/b.png]].\n",
    ),
    "billing/card-declined.md": Entry(
        front={"title": "The card is declined", "kind": "troubleshooting", "answers": ["my card does not work"]},
        body="## Symptom\n\nA red line.\n\n!!! note\n    Banks sleep.\n\n"
        "## Fix\n\n```python\nprint(1)\n```\n\n[[billing/refund.md#how]]\n",
    ),
    "billing/sale.md": Entry(
        front={"title": "Summer sale", "kind": "faq", "publish_on": "2026-11-25", "expires_on": "2026-12-20"},
        body="Half price. [[billing/invoice.md]]\n",
    ),
    "billing/fax.md": Entry(front={"title": "Send a fax", "kind": "faq", "state": "archived"}),
    "account/password.md": Entry(
        front={"title": "Change your password", "verified_on": "2026-11-20", "related": ["account/close.md"]},
        body="| A | B |\n|---|---|\n| 1 | $x^2$ |\n\n1. Open it.\n\n## Result\n\nDone. [[billing/index.md]]\n",
    ),
    "account/close.md": Entry(
        front={"title": "Close your account", "improved": {"date": "2026-11-18", "what": "Says more."}},
        body="1. Leave.\n\n## What we keep\n\nInvoices. [[account/ümlaut page.md#top]]\n",
    ),
    "account/ümlaut page.md": Entry(front={"title": 'Namen & "Zeichen" <ändern>', "kind": "faq", "lang": "de"}),
    "account/expiring.md": Entry(front={"title": "Use the old app", "kind": "faq", "expires_on": "2026-11-27"}),
    "account/later.md": Entry(front={"title": "Later", "state": "draft"}, body="zyzzyva\n"),
    "drafts/idea.md": Entry(front={"title": "An idea"}),
}
FILES = {
    "content/images/a.png": b"\x89PNG\r\n\x1a\nA",
    "content/images/b.png": b"\x89PNG\r\n\x1a\nB",
    "content/video/tour.mp4": b"moving pictures",
    "content/video/tour.vtt": VTT.encode(),
    "content/look/extra.css": b".own { color: red }\n",
    "includes/terms.md": b"*[API]: How programs talk\n",
    "overrides/.icons/own/star.svg": b'<svg viewBox="0 0 24 24"><path d="M1 1h9"/></svg>\n',
    "base.yml": b"site_description: Help\ncopyright: !ENV [HELP_HOLDER, Nobody]\n",
}
KBGEN: dict[str, Any] = {
    "channels": [{"id": "mail", "name": "E-mail", "url": "mailto:help@example.com", "hours": "Mon-Fri 9-17"}],
    "announcements": [{"text": "We move.", "starts": "2026-11-24", "ends": "2026-11-28", "sections": ["billing"]}],
    "feedback": {"service": "https://votes.example.com"},
    "home": {"articles": ["billing/refund.md", "billing/sale.md"], "videos": ["start/tour.md"]},
}
CONFIG: dict[str, Any] = {
    "INHERIT": "base.yml",
    "site_name": "Acme help",
    "site_url": "https://help.example.com/",
    "docs_dir": "content",
    "theme": {"name": "kbgen", "custom_dir": "overrides"},
    "plugins": ["kbgen/articles", "kbgen/search", "kbgen/redirects"],
    "validation": {"anchors": "warn"},
    "extra": {"kbgen": KBGEN},
}
START = Project(articles={**INDEXES, **ARTICLES}, files=FILES, config=CONFIG, day=DAY)
_SNIPPETS = "  - pymdownx.snippets: {base_path: [!relative $config_dir/includes], auto_append: [terms.md]}\n"
PLAIN = replace(
    START,
    config={key: value for key, value in CONFIG.items() if key != "validation"},
    extensions=EXTENSIONS.replace(_SNIPPETS, ""),
)
"""The same without warnings of anchors and without text that every article includes: only so, the quick way is open."""
