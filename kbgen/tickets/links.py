"""Links: which pages agents linked, and where a ticket is shown, without what a link may say of a person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import SplitResult, unquote, urlsplit

from kbgen.tickets.privacy import scrub

MOST = 10
"""Pages of a ticket that are kept."""
LONGEST = 300

_LINK = re.compile(r"https?://[^\s<>\"')\]]+", re.IGNORECASE)
_HELP_HOST = re.compile(r"(?:^|\.)(?:help|support|docs?|kb|knowledge|faq|hilfe|aide|ayuda|aiuto|guide|learn)\d*\.")
_HELP_PATH = re.compile(
    r"/(?:hc|articles?|help|docs?|kb|faqs?|support|guides?|hilfe|aide|ayuda|aiuto|solutions?|manual)/"
)
_PERSONAL_PATH = re.compile(
    r"/(?:u|users?|accounts?|profiles?|orders?|invoices?|reset|verify|confirm|invite|magic|login|unsubscribe|tickets?|"
    r"requests?|conversations?|customers?|members?|people|attachments?|token|share)(?:/|\Z)"
)
_ARTICLE_NUMBER = re.compile(r"\d{4,16}(?=-|/|\Z)")
_TICKET_PATH = re.compile(
    r"(?i:[/#](?:a/)?(?:tickets?|issues?|requests?|conversations?|conversation|cases?|inbox|zoom)/(?:[\w-]+/){0,3}\d+)"
)
_TICKET_NUMBER = re.compile(r"(?<=/)\d{1,18}(?=/|\Z)")
_ZAMMAD = re.compile(r"ticket/zoom/\d{1,12}")


def pages_linked(replies: Iterable[str], sites: Iterable[str], names: frozenset[str]) -> tuple[str, ...]:
    """Addresses of pages of a help centre that answers link, without query, in the order in which they come.

    Pages below one of `sites`; without sites, pages whose address says that it is an article.
    """
    known = tuple(host_and_path(site) for site in sites)
    found = {page: None for reply in replies for link in _LINK.findall(reply) if (page := _page(link, known, names))}
    return tuple(found)[:MOST]


def host_and_path(site: str) -> tuple[str, str]:
    """Host and path of the address of a site, to compare with those of links."""
    parts = _split(site)
    return (parts.hostname or "", parts.path.rstrip("/") + "/") if parts else ("", "/")


def shown_at(url: str, names: frozenset[str]) -> str:
    """The address at which a help desk shows a ticket, without query; `""` where it shows something else."""
    parts = _split(url.strip())
    if not parts or parts.scheme not in {"http", "https"} or len(url) > LONGEST:
        return ""
    path = parts.path + (f"#{parts.fragment}" if _ZAMMAD.fullmatch(parts.fragment) else "")
    if not _TICKET_PATH.search(path) or not _is_plain(_TICKET_NUMBER.sub("", path), names):
        return ""
    return f"{parts.scheme}://{parts.netloc}{path}"


def _page(link: str, known: tuple[tuple[str, str], ...], names: frozenset[str]) -> str:
    parts = _split(link.rstrip(".,;:!?*_"))
    if not parts or len(link) > LONGEST:
        return ""
    host, path = (parts.hostname or "").lower(), parts.path or "/"
    ours = any(host == site and f"{path.rstrip('/')}/".startswith(below) for site, below in known)
    looks = not known and (_HELP_HOST.search(host) or _HELP_PATH.search(path.lower()))
    if path == "/" or not (ours or looks) or _PERSONAL_PATH.search(path.lower()):
        return ""
    return f"{parts.scheme.lower()}://{host}{path}" if _is_plain(_ARTICLE_NUMBER.sub("", path), names) else ""


def _is_plain(path: str, names: frozenset[str]) -> bool:
    """Whether nothing in a path looks personal: no name of the conversation, no key, no address, no number."""
    words = re.sub(r"[/._~-]+", " ", unquote(path))
    lowered = {name.lower() for name in names if len(name) > 2}
    if lowered & set(words.lower().split()) or "@" in words:
        return False
    return all(not scrub(text)[1] for text in (words, *(part for part in unquote(path).split("/") if part)))


def _split(link: str) -> SplitResult | None:
    """The parts of a link without user and password; None where they are given or it is no link."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    return None if parts.username or parts.password or not parts.hostname else parts
