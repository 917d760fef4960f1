"""The Content-Security-Policy of a page: what its browser may load, run and send to."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from kbgen.articles.adapter import sources
from kbgen.articles.settings import KbgenSettings

_TAG = re.compile(r"""<([a-zA-Z][^\s/>]*)((?:[^"'<>]|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(r"""([^\s"'>/=]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_STYLE_ELEMENT = re.compile(r"<style\b[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_SCRIPT_ELEMENT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_DIRECTIVES = {"iframe": "frame_src", "embed": "frame_src", "script": "script_src", "link": "style_src"}
_LOADED = {
    **dict.fromkeys("img source audio iframe embed script".split(), ("src",)),
    "video": ("src", "poster"),
    "link": ("href",),
}
"""The attributes of each tag from which a browser loads something."""

_PICTURES = frozenset("png jpg jpeg webp gif svg avif".split())

Tag = tuple[str, dict[str, str]]
"""A tag's name and its attributes, as a browser reads them."""


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
    votes = sources(settings.feedback.adapter, settings.feedback.endpoint)
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
    allowed = {name: dict.fromkeys(filter(None, [*of, *votes.get(name, ())])) for name, of in directives.items()}
    return "; ".join(f"{name} {' '.join(of)}" for name, of in allowed.items() if of)


def _tags(content: str, attribute: str) -> Iterator[Tag]:
    """The tags of a text in which the word `attribute` stands."""
    for match in _TAG.finditer(content):
        if attribute in match[2].lower():
            yield (
                match[1].lower(),
                {name.lower(): html.unescape(a or b or c) for name, a, b, c in _ATTRIBUTE.findall(match[2])},
            )


def _styles(content: str) -> list[str]:
    """What lets the styles of a text through: the hash of each, and the word that extends hashes to attributes."""
    attributes = [attributes["style"] for _, attributes in _tags(content, "style") if "style" in attributes]
    hashes = [content_hash(text) for text in [*attributes, *_STYLE_ELEMENT.findall(content)]]
    return ["'unsafe-hashes'", *hashes] if attributes else hashes


def refused(settings: KbgenSettings, content: str, site_url: str = "") -> Iterator[str]:
    """A complaint for each thing in a text that the policy of its page, at `site_url`, would keep from working."""
    own = urlsplit(site_url).netloc
    for tag, attributes in _tags(content, "//"):
        for url in (attributes.get(name, "") for name in _LOADED.get(tag, ())):
            host = urlsplit(url).netloc if url.startswith(("http://", "https://", "//")) else ""
            name = _directive(tag, url)
            if host not in {"", own} and not any(_allows(source, host) for source in getattr(settings.csp, name)):
                hint = f"keep a copy beside the article, or name {host} under 'csp.{name}'"
                yield f"browsers will not load {url}: {hint}"
    handlers = (name for _, attributes in _tags(content, "on") for name in attributes if name.startswith("on"))
    for handler in dict.fromkeys(handlers):
        yield f"browsers will not run '{handler}=…': put the script into a file and name it under 'extra_javascript'"
    for attributes, script in _SCRIPT_ELEMENT.findall(content):
        if (
            "src=" not in attributes
            and "json" not in attributes
            and content_hash(script) not in settings.csp.script_src
        ):
            yield "browsers will not run a script in the text: put it into a file named under 'extra_javascript'"


def _allows(source: str, host: str) -> bool:
    """Whether a source of the settings, such as `https://*.example.com`, lets a host through."""
    own = source.partition("://")[2] or source
    own = own.partition("/")[0].lower()
    return own in {"*", "https:", host.lower()} or (own.startswith("*.") and host.lower().endswith(own[1:]))


def _directive(tag: str, url: str) -> str:
    if tag in _DIRECTIVES:
        return _DIRECTIVES[tag]
    picture = tag == "img" or urlsplit(url).path.rpartition(".")[2].lower() in _PICTURES
    return "img_src" if picture else "media_src"
