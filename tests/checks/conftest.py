"""What tests of checks share: a help centre of a few files, and what the checks find in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

import pytest

from kbgen.articles.settings import load_settings
from kbgen.checks.interface import Finding, HelpCentre, help_centre
from kbgen.checks.registry import findings
from kbgen.outputs.manifest import write_published

MakeCentre = Callable[..., HelpCentre]
Find = Callable[..., list[Finding]]


@pytest.fixture
def help_centre_of(tmp_path: Path) -> MakeCentre:
    """Makes a help centre of the given files (path beside mkdocs.yml → text)."""

    def make(
        files: Mapping[str, str | bytes], *, config: str = "docs_dir: content\n", published_before: Iterable[str] = ()
    ) -> HelpCentre:
        for name, data in {"mkdocs.yml": config, **files}.items():
            file = tmp_path / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data.encode() if isinstance(data, str) else data)
        settings = load_settings(tmp_path / "mkdocs.yml")
        write_published(settings.state, published_before)
        return help_centre(settings, date(2026, 11, 23))

    return make


@pytest.fixture
def find(help_centre_of: MakeCentre) -> Find:
    """What one check finds in a help centre of the given files."""

    def run(check: str, files: Mapping[str, str | bytes], **more: str | Iterable[str]) -> list[Finding]:
        return findings(help_centre_of(files, **more), [check])

    return run
