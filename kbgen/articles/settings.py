"""Site settings: what `mkdocs.yml` says, read without MkDocs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import yaml

from kbgen.articles.adapter import Adapter, MailAddress, Receiver, Repository
from kbgen.articles.address import Address
from kbgen.articles.announcement import Announcement
from kbgen.articles.channel import Channel, ContactSettings
from kbgen.articles.encoding import Encoding
from kbgen.articles.schema import Reader, key
from kbgen.articles.yaml_tree import child, compose, is_null, place
from kbgen.errors import KbgenError, Where
from kbgen.look.colour import Colour


@dataclass(frozen=True, kw_only=True)
class FeedbackSettings:
    """Where votes go, and whether searches are reported there."""

    service: Address = key("address of the vote service; leave it out and no vote is asked for", Address())
    adapter: Adapter | None = key("who takes the votes where there is no vote service", None)
    endpoint: Receiver = key("where a form is sent, or where your own analytics server is", Receiver())
    repository: Repository = key("repository on GitHub whose issues readers open", Repository())
    address: MailAddress = key("mailbox that readers write to", MailAddress())
    sections: bool = key("true also asks below each section of an article", False)
    searches: bool = key("true also reports to it, without names, what is searched for and how much is found", False)

    @property
    def search_reports(self) -> str:
        """Where reports of searches go, or `""` where nobody asked for them."""
        return f"{self.service.rstrip('/')}/v1/searches" if self.service and self.searches else ""

    @property
    def takes_queries(self) -> bool:
        """Whether a vote may say which search led to the article."""
        return bool(self.service) and not self.adapter

    def tried_at(self, service: Address) -> FeedbackSettings:
        """The settings for trying out: what would reach somebody's inbox goes to `service` instead."""
        return replace(self, service=service, adapter=None if self.adapter is Adapter.FORM else self.adapter)

    def fault(self) -> tuple[str, KbgenError] | None:
        """The key that contradicts the adapter or is missing for it, and what is wrong."""
        if self.adapter and self.service:
            hint = "leave out 'service' or 'adapter'"
            return "adapter", KbgenError("votes go to a vote service or to an adapter, not to both", hint=hint)
        for name, (adapters, example) in _PARTS.items():
            if getattr(self, name) and self.adapter not in adapters:
                wanted = " or ".join(f"'adapter: {adapter}'" for adapter in adapters)
                return name, KbgenError(f"'{name}' says nothing without an adapter that uses it", hint=f"add {wanted}")
            if self.adapter is adapters[0] and not getattr(self, name):
                problem = f"'adapter: {self.adapter}' needs '{name}'"
                return "adapter", KbgenError(problem, hint=f"add a line '{name}: {example}' below 'feedback'")
        return None


_PARTS = {
    "endpoint": (
        (Adapter.FORM, Adapter.GA4, Adapter.PLAUSIBLE, Adapter.UMAMI, Adapter.MATOMO),
        "https://formspree.io/f/abcdwxyz",
    ),
    "repository": ((Adapter.ISSUE,), "https://github.com/acme/help"),
    "address": ((Adapter.MAILTO,), "help@example.com"),
}
"""The adapters that use a key, first the one that cannot do without, and what the key may look like."""


@dataclass(frozen=True, kw_only=True)
class HomeSettings:
    """What the home page shows beside search and sections."""

    intro: str = key("one sentence below the title", "")
    sections: tuple[str, ...] = key("folders of the sections that come first, in their order", ())
    articles: tuple[str, ...] = key("paths of the most useful articles; else those that others link to most", ())
    videos: tuple[str, ...] = key("paths of video articles for getting started", ())


@dataclass(frozen=True, kw_only=True)
class LookSettings:
    """What the looks take from the brand; diagrams are the lean look's."""

    accent: Colour | None = key("colour of links and buttons, as in '#0b5c6b'", None)
    accent_dark: Colour | None = key("the same on dark paper; found from `accent` where it is left out", None)
    mermaid: str = key("path below `content/` of a copy of mermaid.min.js; it draws the diagrams", "")


@dataclass(frozen=True, kw_only=True)
class PolicySettings:
    """What the Content-Security-Policy allows beside the site itself; the names are those of its directives."""

    script_src: tuple[str, ...] = key("where scripts may come from", ())
    style_src: tuple[str, ...] = key("where styles may come from", ())
    img_src: tuple[str, ...] = key("where pictures may come from", ())
    media_src: tuple[str, ...] = key("where video and sound may come from", ())
    font_src: tuple[str, ...] = key("where fonts may come from", ())
    connect_src: tuple[str, ...] = key("what scripts may talk to", ())
    frame_src: tuple[str, ...] = key("what frames may show", ())
    form_action: tuple[str, ...] = key("where forms may lead", ())


@dataclass(frozen=True, kw_only=True)
class KbgenSettings:
    """Everything under `extra.kbgen`."""

    channels: tuple[Channel, ...] = key("ways to reach a person", ())
    contact: ContactSettings = key("the contact page", ContactSettings())
    announcements: tuple[Announcement, ...] = key("banners for a while", ())
    feedback: FeedbackSettings = key("where votes go", FeedbackSettings())
    home: HomeSettings = key("what the home page shows", HomeSettings())
    look: LookSettings = key("colours of the brand", LookSettings())
    csp: PolicySettings = key("what pages may load from elsewhere", PolicySettings())
    compression: tuple[Encoding, ...] = key("gzip, brotli or both: text files are packed beside themselves", ())
    words: dict[str, str] = key("words of the interface that you would rather say in your own way", {})


@dataclass(frozen=True, kw_only=True)
class SiteSettings:
    """Where a help centre's files are, and what its pages say."""

    config_file: Path
    site_name: str
    site_url: str
    content: Path
    site: Path
    kbgen: KbgenSettings
    language: str = "en"
    """The code that `theme.language` gives, such as `de` or `pt-BR`."""

    @property
    def root(self) -> Path:
        """The folder of mkdocs.yml."""
        return self.config_file.parent

    def shown(self, path: str = "") -> str:
        """A path below `content/` as a person finds it from the folder of mkdocs.yml."""
        folder = self.content.relative_to(self.root) if self.content.is_relative_to(self.root) else self.content
        return (folder / path).as_posix()

    def place(self, *names: str | int) -> Where:
        """Where the settings file says something under `extra.kbgen`: keys, and numbers for items of a list."""
        tree = compose(_config_text(self.config_file), self.config_file.name)
        return place(tree, ("extra", "kbgen", *names), self.config_file.name)

    @property
    def state(self) -> Path:
        """The folder for caches and tickets: ignored by git, safe to delete."""
        return self.root / ".kbgen"


def read_kbgen_settings(text: str, path: str) -> KbgenSettings:
    """What stands under `extra.kbgen`; raises the first problem as a `KbgenError`."""
    problems: list[KbgenError] = []
    reader = Reader(path=path, first_line=1, report=problems.append)
    root = compose(text, path)
    for outer in (root, child(root, "extra")):
        reader.refuse_doubled_keys(outer)
    node = child(root, "extra", "kbgen")
    if node is not None and is_null(node):
        node = None
    settings = reader.read(node, KbgenSettings) or KbgenSettings()
    if problems:
        raise problems[0]
    if fault := settings.feedback.fault():
        name, error = fault
        error.where = place(root, ("extra", "kbgen", "feedback", name), path)
        raise error
    return settings


def load_settings(config_file: Path) -> SiteSettings:
    """Read a `mkdocs.yml`; a tag that belongs to somebody else is passed over."""
    text = _config_text(config_file)
    node = compose(text, config_file.name)
    root = config_file.absolute().parent

    def setting(*names: str, default: str) -> str:
        found = child(node, *names)
        return str(found.value) if isinstance(found, yaml.ScalarNode) and not is_null(found) else default

    return SiteSettings(
        config_file=config_file.absolute(),
        site_name=setting("site_name", default="Help centre"),
        site_url=setting("site_url", default=""),
        content=root / setting("docs_dir", default="docs"),
        site=root / setting("site_dir", default="site"),
        kbgen=read_kbgen_settings(text, config_file.name),
        language=setting("theme", "language", default="en"),
    )


def _config_text(config_file: Path) -> str:
    try:
        return config_file.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise KbgenError(
            f"there is no {config_file.name} in '{config_file.absolute().parent}'",
            hint="go to the folder of your help centre, or make one with 'kbgen init my-help'",
        ) from error
    except UnicodeDecodeError as error:
        raise KbgenError(
            "the file is not UTF-8", where=Where(path=config_file.name), hint="save it as UTF-8"
        ) from error
    except OSError as error:
        raise KbgenError(f"cannot be read: {error.strerror}", where=Where(path=str(config_file))) from error
