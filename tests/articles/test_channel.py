"""Channels and the other settings under `extra.kbgen`, with the line of each fault."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kbgen.articles.address import Address
from kbgen.articles.channel import Channel, ContactSettings, Means
from kbgen.articles.settings import SiteSettings, load_settings, read_kbgen_settings
from kbgen.channels.hours import Hours, Zone
from kbgen.errors import KbgenError
from kbgen.look.colour import Colour


def settings_text(yaml: str) -> str:
    """A mkdocs.yml that says `yaml` under `extra.kbgen`, from line 3 on."""
    return "extra:\n  kbgen:\n" + "".join(f"    {line}\n" for line in yaml.splitlines())


def problem(yaml: str) -> KbgenError:
    """The first fault of what stands under `extra.kbgen`."""
    with pytest.raises(KbgenError) as caught:
        read_kbgen_settings(settings_text(yaml), "mkdocs.yml")
    return caught.value


@pytest.mark.parametrize(
    ("url", "means"),
    [
        ("mailto:help@example.com", Means.EMAIL),
        ("MAILTO:help@example.com", Means.EMAIL),
        ("tel:+4930123", Means.PHONE),
        ("sms:+4930123", Means.PHONE),
        ("sip:help@example.com", Means.PHONE),
        ("https://chat.example.com/", Means.LINK),
        ("contact/", Means.LINK),
        ("", Means.LINK),
    ],
)
def test_means_guessed(url: str, means: Means) -> None:
    """What reaching somebody takes is guessed from the address."""
    assert Channel(id="a", name="A", url=Address(url)).means is means


def test_means_said() -> None:
    """A kind that the settings name wins over the address."""
    assert Channel(id="a", name="A", url=Address("tel:+4930123"), kind=Means.CHAT).means is Means.CHAT


def test_read() -> None:
    """Channels and the contact page are read, with hours, zones and days of their own."""
    settings = read_kbgen_settings(
        settings_text(
            "channels:\n"
            "  - {id: chat, name: Chat, url: 'https://chat.example.com/', kind: chat, hours: Mon-Fri 9:00-17:00,"
            " time_zone: Europe/Berlin, reply: at once}\n"
            "contact: {intro: Write to us., endpoint: /receiver, reply: soon, time_zone: Europe/Madrid,"
            " holidays: [2026-12-25]}"
        ),
        "mkdocs.yml",
    )
    assert settings.channels == (
        Channel(
            id="chat",
            name="Chat",
            url=Address("https://chat.example.com/"),
            kind=Means.CHAT,
            hours=Hours.parse("Mon-Fri 9:00-17:00"),
            time_zone=Zone(name="Europe/Berlin"),
            reply="at once",
        ),
    )
    assert settings.contact == ContactSettings(
        intro="Write to us.",
        endpoint=Address("/receiver"),
        reply="soon",
        time_zone=Zone(name="Europe/Madrid"),
        holidays=(date(2026, 12, 25),),
    )


def test_defaults() -> None:
    """Without settings there are no channels, and clocks show UTC."""
    settings = read_kbgen_settings("", "mkdocs.yml")
    assert settings.channels == ()
    assert settings.contact.time_zone == Zone(name="UTC")


@pytest.mark.parametrize(
    ("yaml", "line", "says"),
    [
        ("channels:\n  - {id: a, name: A}\n  - id: b\n    name: B\n    hours: Mon-Fry 9-17", 7, "unknown word 'fry'"),
        ("channels:\n  - id: a\n    name: A\n    hours: Mon 9-5", 6, "two ways"),
        ("channels:\n  - id: a\n    name: A\n    time_zone: Europe/Berlyn", 6, "Europe/Berlyn"),
        ("channels:\n  - id: a\n    name: A\n    url: javascript:alert(1)", 6, "not an address"),
        ("channels:\n  - id: a\n    name: A\n    kind: fone", 6, "'fone' is not a kind"),
        ("channels:\n  - id: a\n    url: tel:1", 4, "'name' is missing"),
        ("contact:\n  endpoint: data:x", 4, "not an address"),
        ("contact:\n  time_zone: Mars/Base", 4, "Mars/Base"),
        ("contact:\n  holidays:\n    - 2026-12-25\n    - 2026-13-01", 6, "not a date"),
        ("feedback:\n  service: file:///x", 4, "not an address"),
        ("announcements:\n  - text: Hello\n    url: a b", 5, "white space"),
        ("announcements:\n  - text: Hello\n    severity: awful", 5, "'awful' is not a severity"),
        ("look:\n  accent: '#12345'", 4, "is no colour"),
        ("look:\n  accent_dark: tael", 4, "is no colour"),
        ("csp:\n  scriptsrc: [x]", 4, "unknown key 'scriptsrc'"),
        ("words:\n  - Search", 4, "words"),
    ],
)
def test_faults_have_a_line(yaml: str, line: int, says: str) -> None:
    """A setting that cannot be read is refused at its line, with a way to mend it."""
    error = problem(yaml)
    assert error.where
    assert (error.where.path, error.where.line) == ("mkdocs.yml", line)
    assert says in error.problem


def test_look_policy_and_words() -> None:
    """Brand, policy and words are read; a colour may be written in several ways."""
    settings = read_kbgen_settings(
        settings_text(
            "look: {accent: teal, accent_dark: 'rgb(108, 199, 214)', mermaid: assets/mermaid.min.js}\n"
            "csp: {script_src: ['https://a.example.com'], frame_src: ['https://b.example.com']}\n"
            "words: {search: Find, home: }"
        ),
        "mkdocs.yml",
    )
    assert (settings.look.accent, settings.look.accent_dark) == (Colour.parse("#008080"), Colour.parse("#6cc7d6"))
    assert settings.look.mermaid == "assets/mermaid.min.js"
    assert settings.csp.script_src == ("https://a.example.com",)
    assert settings.csp.frame_src == ("https://b.example.com",)
    assert settings.words == {"search": "Find"}


CONFIG = """\
site_name: Acme
extra:
  kbgen:
    channels:
      - id: a
        name: A
      - id: b
        name: B
    look:
      accent: teal
"""


@pytest.fixture
def site(tmp_path: Path) -> SiteSettings:
    """The settings of a small mkdocs.yml."""
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    return load_settings(tmp_path / "mkdocs.yml")


@pytest.mark.parametrize(
    ("names", "place"),
    [
        ((), "mkdocs.yml:4:5"),
        (("look",), "mkdocs.yml:10:7"),
        (("look", "accent"), "mkdocs.yml:10:15"),
        (("channels", 0), "mkdocs.yml:5:9"),
        (("channels", 1, "name"), "mkdocs.yml:8:15"),
        (("channels", 2), "mkdocs.yml"),
        (("channels", 2, "name"), "mkdocs.yml"),
        (("channels", 0, "url"), "mkdocs.yml"),
        (("look", 0), "mkdocs.yml"),
        (("home", "sections", 0), "mkdocs.yml"),
    ],
)
def test_place(site: SiteSettings, names: tuple[str | int, ...], place: str) -> None:
    """A setting is found by keys and numbers of items; what is not written has the whole file for its place."""
    assert str(site.place(*names)) == place


def test_place_without_settings(tmp_path: Path) -> None:
    """A file without `extra.kbgen` has no lines to point at."""
    (tmp_path / "mkdocs.yml").write_text("site_name: Acme\n")
    assert str(load_settings(tmp_path / "mkdocs.yml").place("look", "accent")) == "mkdocs.yml"


def test_shown(tmp_path: Path) -> None:
    """A path is shown from the folder of mkdocs.yml; a content folder elsewhere is shown whole."""
    (tmp_path / "here").mkdir()
    file = tmp_path / "here/mkdocs.yml"
    file.write_text("docs_dir: content\n")
    assert load_settings(file).shown("a.md") == "content/a.md"
    file.write_text(f"docs_dir: {tmp_path}/elsewhere\n")
    assert load_settings(file).shown("a.md") == f"{tmp_path}/elsewhere/a.md"
