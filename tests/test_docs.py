"""The manual is under test: what kbgen offers is described in `content/`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import get_args, get_type_hints

import click
import pytest
from centres import ROOT

from kbgen.articles.front_matter import FrontMatter
from kbgen.articles.kinds import Kind
from kbgen.articles.settings import KbgenSettings
from kbgen.checks.registry import CHECKS
from kbgen.cli import main

MANUAL = "\n".join(path.read_text() for path in sorted((ROOT / "content").rglob("*.md")) if "drafts" not in path.parts)
CODE = set(re.findall(r"`([^`\n]+)`", MANUAL))


def commands(group: click.Group, prefix: str = "kbgen") -> Iterator[tuple[str, click.Command]]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, f"{prefix} {name}")
        else:
            yield f"{prefix} {name}", command


def keys(schema: type) -> Iterator[str]:
    for item in fields(schema):  # type: ignore[arg-type]
        yield item.name
        kind = get_type_hints(schema)[item.name]
        for inner in (kind, *get_args(kind)):
            if is_dataclass(inner) and isinstance(inner, type) and not hasattr(inner, "parse"):
                yield from keys(inner)


@pytest.mark.parametrize(
    ("name", "command"), list(commands(main)), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_command_and_option_is_described(name: str, command: click.Command) -> None:
    """The reference has a heading for each command; each option stands below it or with the shared ones."""
    reference = (ROOT / "content/reference/commands.md").read_text()
    shared = reference[: reference.index("\n## kbgen ")]
    match = re.search(rf"^##+ `?{re.escape(name)}\b.*?(?=^##+ `?kbgen|\Z)", reference, re.MULTILINE | re.DOTALL)
    assert match, f"no heading for {name}"
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert any(f"`{option}" in shared + match[0] for option in parameter.opts), f"{name} {parameter.opts}"


@pytest.mark.parametrize("key", sorted(set(keys(FrontMatter))))
def test_every_front_matter_key_is_described(key: str) -> None:
    """The article on front matter names each key in code."""
    assert re.search(rf"`[^`\n]*\b{key}\b[^`\n]*`", (ROOT / "content/writing/front-matter.md").read_text()), key


@pytest.mark.parametrize("key", sorted(set(keys(KbgenSettings))))
def test_every_setting_is_described(key: str) -> None:
    """The reference of settings names each key below `extra.kbgen`."""
    assert re.search(rf"\b{key}\b", (ROOT / "content/reference/settings.md").read_text()), key


def test_every_check_and_kind_is_described() -> None:
    """Ids of checks and kinds of article stand in the manual as code."""
    assert {*CHECKS, *Kind} <= CODE


def test_every_option_has_help() -> None:
    """`--help` explains each option."""
    missing = [
        f"{name} {parameter.opts}"
        for name, command in commands(main)
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help
    ]
    assert not missing


def test_the_manual_is_large_and_of_every_kind() -> None:
    """At least 25 finished articles, in every kind."""
    from datetime import date

    from kbgen.articles.library import load

    library = load(ROOT / "content", date(2026, 11, 23))
    articles = [article for article in library.published if not article.is_index]
    assert len(articles) >= 25
    assert {article.kind for article in articles} == set(Kind)


def test_the_changelog_names_this_version() -> None:
    """Keep a Changelog: the version of the package has its heading."""
    import kbgen

    assert f"## [{kbgen.__version__}]" in (ROOT / "CHANGELOG.md").read_text()
