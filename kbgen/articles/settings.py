"""Site settings: what `mkdocs.yml` says, read without MkDocs."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from kbgen.articles.schema import Reader, child, compose, is_null, key
from kbgen.errors import KbgenError, Where


@dataclass(frozen=True, kw_only=True)
class Channel:
    """A way to reach a person."""

    id: str = key("short name that articles use under `channels:`")
    name: str = key("what customers call it, for example E-mail")
    url: str = key("where it leads: an address, mailto: or tel:", "")
    hours: str = key("when somebody is there, with the time zone", "")
    reply: str = key("when an answer comes, for example 'within one working day'", "")


@dataclass(frozen=True, kw_only=True)
class FeedbackSettings:
    """Where votes go."""

    service: str = key("address of the vote service; leave it out and no vote is asked for", "")


@dataclass(frozen=True, kw_only=True)
class HomeSettings:
    """What the home page shows beside search and sections."""

    intro: str = key("one sentence below the title", "")
    sections: tuple[str, ...] = key("folders of the sections that come first, in their order", ())
    videos: tuple[str, ...] = key("paths of video articles for getting started", ())


@dataclass(frozen=True, kw_only=True)
class KbgenSettings:
    """Everything under `extra.kbgen`."""

    channels: tuple[Channel, ...] = key("ways to reach a person", ())
    feedback: FeedbackSettings = key("where votes go", FeedbackSettings())
    home: HomeSettings = key("what the home page shows", HomeSettings())


@dataclass(frozen=True, kw_only=True)
class SiteSettings:
    """Where a help centre's files are, and what its pages say."""

    config_file: Path
    site_name: str
    site_url: str
    content: Path
    site: Path
    kbgen: KbgenSettings

    @property
    def root(self) -> Path:
        """The folder of mkdocs.yml."""
        return self.config_file.parent

    def shown(self, path: str = "") -> str:
        """A path below `content/` as a person finds it from the folder of mkdocs.yml."""
        folder = self.content.relative_to(self.root) if self.content.is_relative_to(self.root) else self.content
        return (folder / path).as_posix()

    @property
    def state(self) -> Path:
        """The folder for caches and tickets: ignored by git, safe to delete."""
        return self.root / ".kbgen"


def read_kbgen_settings(text: str, path: str) -> KbgenSettings:
    """What stands under `extra.kbgen`; raises the first problem as a `KbgenError`."""
    problems: list[KbgenError] = []
    reader = Reader(path=path, first_line=1, report=problems.append)
    node = child(compose(text, path), "extra", "kbgen")
    if node is not None and is_null(node):
        node = None
    settings = reader.read(node, KbgenSettings)
    if problems:
        raise problems[0]
    return settings or KbgenSettings()


def load_settings(config_file: Path) -> SiteSettings:
    """Read a `mkdocs.yml`; a tag that belongs to somebody else is passed over."""
    text = _config_text(config_file)
    node = compose(text, config_file.name)
    root = config_file.absolute().parent

    def setting(name: str, default: str) -> str:
        found = child(node, name)
        return str(found.value) if isinstance(found, yaml.ScalarNode) and not is_null(found) else default

    return SiteSettings(
        config_file=config_file.absolute(),
        site_name=setting("site_name", "Help centre"),
        site_url=setting("site_url", ""),
        content=root / setting("docs_dir", "docs"),
        site=root / setting("site_dir", "site"),
        kbgen=read_kbgen_settings(text, config_file.name),
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
