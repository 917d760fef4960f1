"""The showcase: kbgen's own manual with everything switched on, so that every page type and part of it is there."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from centres import ROOT, article, write_files

PAGES: Mapping[str, str] = {
    "home": "/",
    "section": "/writing/",
    "how-to": "/writing/write-an-article/",
    "troubleshooting": "/writing/article-missing-from-site/",
    "faq": "/writing/front-matter/",
    "kitchen-sink": "/writing/markdown-kitchen-sink/",
    "video": "/getting-started/first-help-centre/",
    "course": "/getting-started/tour/",
    "search": "/search.html?q=vote",
    "contact": "/contact.html?article=Write+an+article&searched=draft&reason=A+step+is+missing",
    "all": "/all/",
    "404": "/404.html",
    "retired": "/writing/fax-us/",
}
"""One address of each page type."""

EXTRA = {
    "contact": {
        "intro": "Choose what suits you. A person reads every message.",
        "endpoint": "/receiver",
        "reply": "within one working day",
        "time_zone": "Europe/Berlin",
        "holidays": ["2026-12-25", "2026-12-26"],
    },
    "channels": [
        {
            "id": "mail",
            "name": "help@example.com",
            "url": "mailto:help@example.com",
            "hours": "Mon-Fri 9:00-17:00",
            "reply": "within one working day",
        },
        {"id": "phone", "name": "+49 30 1234567", "url": "tel:+49301234567", "hours": "Mon-Fri 10-16; Sat 10-12"},
        {"id": "chat", "name": "Chat with us", "url": "https://chat.example.com/", "kind": "chat", "hours": "24/7"},
        {"id": "forum", "name": "Ask other writers", "url": "https://forum.example.com/", "kind": "community"},
        {"id": "status", "name": "status.example.com", "url": "https://status.example.com/", "kind": "status"},
    ],
    "announcements": [
        {
            "text": "Sign-in is slow for some of you today. We are on it.",
            "url": "https://status.example.com/",
            "severity": "warning",
        },
        {"text": "The office moves on Friday. Calls take a little longer.", "sections": ["writing"]},
    ],
}

ARTICLES = {
    "writing/fax-us.md": article("Send us a fax", "Dial the number.\n", kind="faq", state="archived"),
    "feedback/say-thanks.md": article(
        "Can I thank a writer?",
        "Yes. Vote on the article; writers read every answer.\n",
        kind="faq",
        description="Votes and comments reach the people who write.",
        applies_to="[Cloud, Server 4 and later]",
        verified_on="2026-11-20",
        improved="{date: 2026-11-18, what: Says now where a comment goes.}",
    ),
}


def make_showcase(folder: Path, *, language: str = "en", feedback: str = "", **kbgen: Any) -> Path:  # noqa: ANN401 - settings
    """Write the showcase into `folder`, in the language of Material's translations; returns the folder."""
    shutil.copytree(ROOT / "content", folder / "content", ignore=shutil.ignore_patterns("drafts"))
    write_files(folder / "content", ARTICLES)
    own = (ROOT / "mkdocs.yml").read_text()
    extra = yaml.safe_load(own[own.index("\nextra:") :])["extra"]
    extra["kbgen"].update(EXTRA | {"feedback": {"service": feedback}} | kbgen)
    settings = {
        "site_name": "kbgen help",
        "site_url": "https://help.example.com/",
        "site_description": "How to build a help centre.",
        "docs_dir": "content",
        "exclude_docs": "*.py",
        "theme": {"name": "kbgen", "language": language},
        "extra": extra,
    }
    plugins_and_extensions = own[own.index("\nplugins:") : own.index("\nextra:")]
    text = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False) + plugins_and_extensions
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return folder
