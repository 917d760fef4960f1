"""The Content-Security-Policy: what a browser may load, run and send to."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from centres import CONFIG, Centre, article, build_site
from hypothesis import given
from hypothesis import strategies as st

from kbgen.articles.address import Address
from kbgen.articles.channel import ContactSettings
from kbgen.articles.settings import FeedbackSettings, KbgenSettings, PolicySettings, read_kbgen_settings
from kbgen.errors import KbgenError
from kbgen.pages.policy import content_hash, policy, refused


def directives(text: str) -> dict[str, list[str]]:
    """A policy taken apart: each directive with its sources."""
    parts = [part.split() for part in text.split("; ")]
    return {name: sources for name, *sources in parts}


def of(
    settings: KbgenSettings | None = None, *scripts: str, content: str = "", diagrams: bool = False
) -> dict[str, list[str]]:
    return directives(policy(settings or KbgenSettings(), scripts, content=content, diagrams=diagrams))


def sha256(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_hash() -> None:
    """A hash is that of the text's UTF-8, in base64: the example of CSP Level 3, and letters beyond ASCII."""
    assert content_hash("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"
    assert content_hash("größe") == sha256("größe")


def test_nothing_from_elsewhere() -> None:
    """By default a page loads, runs and sends to nothing but the site itself."""
    assert of() == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "media-src": ["'self'"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
    }


def test_inline_scripts() -> None:
    """An inline script is named by its hash."""
    assert of(None, "a()", "b()")["script-src"] == ["'self'", sha256("a()"), sha256("b()")]


@pytest.mark.parametrize(
    ("content", "styles"),
    [
        ('<p style="color: red">x</p>', ["color: red"]),
        ("<p style='color: red'>x</p>", ["color: red"]),
        ('<td style="text-align: right;">1</td><td style="text-align: right;">2</td>', ["text-align: right;"]),
        ('<p\n  id="a"\n  style="color:\n red">x</p>', ["color:\n red"]),
        ('<p style="font-family: &quot;A &amp; B&quot;">x</p>', ['font-family: "A & B"']),
        ('<p style="">x</p>', [""]),
        ('<img alt="a > b" style="width: 1em">', ["width: 1em"]),
        ('<p STYLE="color: red">x</p>', ["color: red"]),
        ('<p style = "color: red">x</p>', ["color: red"]),
        ('<br style="clear: both"/>', ["clear: both"]),
    ],
)
def test_style_attributes(content: str, styles: list[str]) -> None:
    """A style attribute is named by the hash of what the browser reads in it, once."""
    assert of(content=content)["style-src"] == ["'self'", "'unsafe-hashes'", *map(sha256, styles)]


def test_style_elements() -> None:
    """A style element is named by its hash, for which hashes need no extension to attributes."""
    content = "<style>a > b { c: d }</style>\n<style media='print'>\ne</style>"
    assert of(content=content)["style-src"] == ["'self'", sha256("a > b { c: d }"), sha256("\ne")]


@pytest.mark.parametrize(
    "content",
    [
        "<p>x</p>",
        '<code>&lt;p style="color: red"&gt;</code>',
        '<p data-style="color: red">x</p>',
        '<a title="a style=b" href="c">x</a>',
        "style='x'",
    ],
)
def test_what_is_no_style(content: str) -> None:
    """A text about styles needs no permission."""
    assert of(content=content)["style-src"] == ["'self'"]


def test_diagrams() -> None:
    """Only a page with diagrams, which are styled while they are drawn, allows styles of any kind."""
    assert of(content='<p style="a: b">', diagrams=True)["style-src"] == ["'self'", "'unsafe-inline'"]
    assert of(diagrams=True)["script-src"] == ["'self'"]


@pytest.mark.parametrize(
    ("service", "origin"),
    [
        ("https://votes.example.com/sub/", ["https://votes.example.com"]),
        ("https://votes.example.com:8443", ["https://votes.example.com:8443"]),
        ("/", []),
        ("/votes/", []),
        ("", []),
    ],
)
def test_vote_service(service: str, origin: list[str]) -> None:
    """Scripts and forms may send votes to the origin of the service; that of the site itself is allowed already."""
    found = of(KbgenSettings(feedback=FeedbackSettings(service=Address(service))))
    assert found["connect-src"] == found["form-action"] == ["'self'", *origin]


def test_contact_form() -> None:
    """The contact form may be sent to its endpoint; one origin is named once."""
    settings = KbgenSettings(
        feedback=FeedbackSettings(service=Address("https://api.example.com/votes")),
        contact=ContactSettings(endpoint=Address("https://api.example.com/contact")),
    )
    assert of(settings)["form-action"] == of(settings)["connect-src"] == ["'self'", "https://api.example.com"]


@pytest.mark.parametrize(
    "name", ["script_src", "style_src", "img_src", "media_src", "font_src", "connect_src", "frame_src", "form_action"]
)
def test_declared_sources(name: str) -> None:
    """What the settings declare is added to its own directive and to no other."""
    settings = read_kbgen_settings(
        f"extra: {{kbgen: {{csp: {{{name}: [https://a.example, https://b.example]}}}}}}", "m"
    )
    directive = name.replace("_", "-")
    found, plain = of(settings), of()
    assert found.pop(directive) == [*plain.pop(directive, []), "https://a.example", "https://b.example"]
    assert found == plain


def test_frames() -> None:
    """Without a declaration there is no directive for frames, so that `default-src` forbids them."""
    assert "frame-src" not in of()
    settings = KbgenSettings(csp=PolicySettings(frame_src=("https://video.example",)))
    assert of(settings)["frame-src"] == ["https://video.example"]


@given(st.text(), st.text())
def test_any_content(script: str, content: str) -> None:
    """No text of a page opens its policy: without diagrams nothing inline runs unless its hash is named."""
    clean = (script + content).encode(errors="ignore").decode()
    found = of(None, clean, content=clean)
    assert "'unsafe-inline'" not in str(found)
    assert found["default-src"] == ["'none'"]
    assert list(found) == list(of())


def complaints(content: str, **csp: tuple[str, ...]) -> list[str]:
    return list(refused(KbgenSettings(csp=PolicySettings(**csp)), content))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        ('<img src="https://cdn.example/a">', "img_src"),
        ("<img alt='a' src='//cdn.example/a.png'>", "img_src"),
        ('<img src="https://cdn.example/a.png?x=1">', "img_src"),
        ('<video src="https://cdn.example/a.mp4"></video>', "media_src"),
        ('<video poster="https://cdn.example/a.webp"></video>', "img_src"),
        ('<video><source src="https://cdn.example/a.mp4"></video>', "media_src"),
        ('<audio controls src="https://cdn.example/a.mp3"></audio>', "media_src"),
        ('<iframe width="1"\n src="https://cdn.example/a"></iframe>', "frame_src"),
        ('<script async src="https://cdn.example/a.js"></script>', "script_src"),
        ('<link rel="stylesheet" href="https://cdn.example/a.css">', "style_src"),
    ],
)
def test_what_is_refused(content: str, name: str) -> None:
    """What a text would load from elsewhere is a complaint that names the setting which allows it."""
    (complaint,) = complaints(content)
    assert "browsers will not load" in complaint
    assert f"name cdn.example under 'csp.{name}'" in complaint
    for source in ("https://cdn.example", "cdn.example", "https://cdn.example/", "*.example", "*"):
        assert complaints(content, **{name: (source,)}) == []


@pytest.mark.parametrize(
    "content",
    [
        '<img src="a.png"><img src="/a.png"><img src="data:image/png;base64,x">',
        '<a href="https://example.com/">x</a>',
        '<code>&lt;img src="https://cdn.example/a.png"&gt;</code>',
        '<img alt="onclick=" src="a.png">',
        '<p>onclick="x"</p>',
    ],
)
def test_what_is_not_refused(content: str) -> None:
    """Files of the site, links to elsewhere and text about markup are no complaint."""
    assert complaints(content) == []


def test_a_host_that_is_part_of_another_is_refused() -> None:
    """A declared source allows its own host, not one whose name is found in it."""
    assert complaints('<img src="https://cdn.example/a">', img_src=("https://mycdn.example.org",))


def test_handlers_are_refused() -> None:
    """A handler within a tag will not run; each kind is one complaint."""
    (complaint,) = complaints('<a href="#" onclick="a()">x</a><p id="a" onclick=\'b()\'>')
    assert complaint.startswith("browsers will not run 'onclick=…'")


def test_scripts_in_the_text_are_refused() -> None:
    """A script that stands in an article will not run, unless the settings name its hash."""
    (complaint,) = complaints("<script>a()</script>")
    assert "browsers will not run" in complaint
    assert complaints("<script>a()</script>", script_src=(sha256("a()"),)) == []
    assert complaints('<script type="application/json">{}</script>') == []


def test_refused_on_the_page(centre: Centre) -> None:
    """What a page of the lean look cannot load is a warning with the article's path."""
    folder = centre({"g/a.md": article("A", "![a](https://cdn.example/a.png)\n")})
    with pytest.raises(KbgenError, match=r"g/a\.md: browsers will not load https://cdn\.example/a\.png"):
        build_site(folder, strict=True)
    build_site(folder)


def page_policy(page: Path) -> dict[str, list[str]]:
    """The policy of a page as it stands in its file."""
    import html

    (content,) = re.findall(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page.read_text())
    return directives(html.unescape(content))


def test_policy_of_every_page(centre: Centre) -> None:
    """Each page has one policy, before anything that it loads, and its inline scripts and styles are allowed by it."""
    body = '| a | b |\n|--:|---|\n| 1 | 2 |\n\n<p style="color: red">x</p>\n'
    files = {"a.md": article("A", body), "b.md": article("B"), "c.md": article("C", state="archived")}
    config = f"{CONFIG}markdown_extensions: [tables]\n"
    site = build_site(centre(files, config=config))
    for page in site.rglob("*.html"):
        found, text = page_policy(page), page.read_text()
        assert text.index("Content-Security-Policy") < min(text.index("<script"), text.index("<link"))
        assert "'unsafe-inline'" not in str(found)
        for script in re.findall(r"<script>(.*?)</script>", text, re.DOTALL):
            assert sha256(script) in found["script-src"], page
        for style in re.findall(r'\sstyle="([^"]*)"', text):
            assert sha256(style) in found["style-src"], page
        assert not re.search(r"\son[a-z]+=\"", text), "no inline handlers"
        assert found["connect-src"] == ["'self'", "https://votes.example.com"]
    assert "'unsafe-hashes'" in page_policy(site / "a/index.html")["style-src"]
    assert page_policy(site / "b/index.html")["style-src"] == ["'self'"]


def test_a_vote_service_for_trying_out(centre: Centre) -> None:
    """A vote service that a build is given instead of the site's own is one that its pages may send votes to."""
    site = build_site(centre({"a.md": article("A")}), vote_service="https://try.example.com/")
    page = site / "a/index.html"
    assert 'action="https://try.example.com/v1/votes"' in page.read_text()
    assert "https://try.example.com" in page_policy(page)["form-action"]
    assert "https://try.example.com" in page_policy(page)["connect-src"]
