"""The Content-Security-Policy of a page: what its browser may load, run and send to."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from kbgen.articles.settings import KbgenSettings

_STYLE_ATTRIBUTE = re.compile(r"""<[a-zA-Z][^<>]*?\sstyle=(?:"([^"]*)"|'([^']*)')""")
_LOADED = re.compile(
    r"""<(?P<tag>img|source|video|audio|iframe|embed|script|link)\b[^<>]*?\s(?:src|href|poster)=["'](?P<url>(?:https?:)?//[^"']+)"""
)
_HANDLER = re.compile(r"""<[a-zA-Z][^<>]*?\s(on[a-z]+)\s*=\s*["']""")
_DIRECTIVES = {"iframe": "frame_src", "embed": "frame_src", "script": "script_src", "link": "style_src"}
_STYLE_ELEMENT = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL)


def content_hash(text: str) -> str:
    """A text as a policy names it: `'sha256-…'` (CSP Level 3)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(settings: KbgenSettings, scripts: Iterable[str], *, content: str = "", diagrams: bool = False) -> str:
    """The policy of a page whose inline scripts are `scripts`.

    Styles that stand in `content` are named by their hash; a page with diagrams, which are styled while they are
    drawn, allows all inline styles. Everything else from elsewhere wants a declaration in `settings.csp`.
    """
    own = settings.csp
    service = settings.feedback.service.origin
    endpoint = settings.contact.endpoint.origin
    styles = ["'unsafe-inline'"] if diagrams else _styles(content)
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *map(content_hash, scripts), *own.script_src],
        "style-src": ["'self'", *styles, *own.style_src],
        "img-src": ["'self'", "data:", *own.img_src],
        "media-src": ["'self'", *own.media_src],
        "font-src": ["'self'", *own.font_src],
        "connect-src": ["'self'", service, endpoint, *own.connect_src],
        "frame-src": own.frame_src,
        "manifest-src": ["'self'"],
        "form-action": ["'self'", service, endpoint, *own.form_action],
        "base-uri": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(dict.fromkeys(filter(None, of)))}" for name, of in directives.items() if of)


def _styles(content: str) -> list[str]:
    """What lets the styles of a text through: the hash of each, and the word that extends hashes to attributes."""
    attributes = [html.unescape(double or single) for double, single in _STYLE_ATTRIBUTE.findall(content)]
    hashes = [content_hash(text) for text in [*attributes, *_STYLE_ELEMENT.findall(content)]]
    return ["'unsafe-hashes'", *hashes] if attributes else hashes


def refused(settings: KbgenSettings, content: str) -> Iterator[str]:
    """A complaint for each thing in a text that its page's policy would keep from working."""
    for match in _LOADED.finditer(content):
        host = urlsplit(match["url"], scheme="https").netloc
        name = _directive(match["tag"], match["url"])
        if not any(host in source or source in {"*", "https:"} for source in getattr(settings.csp, name)):
            hint = f"keep a copy beside the article, or name {host} under 'csp.{name}'"
            yield f"browsers will not load {match['url']}: {hint}"
    for handler in dict.fromkeys(_HANDLER.findall(content)):
        yield f"browsers will not run '{handler}=…': put the script into a file and name it under 'extra_javascript'"


def _directive(tag: str, url: str) -> str:
    if tag in _DIRECTIVES:
        return _DIRECTIVES[tag]
    picture = tag == "img" or url.rpartition(".")[2].lower() in {"png", "jpg", "jpeg", "webp", "gif", "svg", "avif"}
    return "img_src" if picture else "media_src"
