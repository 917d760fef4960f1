"""The registry: every check by its id, and how they run together."""

from __future__ import annotations

from collections.abc import Callable

from kbgen.checks.interface import Finding, HelpCentre, Level
from kbgen.checks.registry import CHECKS, errors, findings

MakeCentre = Callable[..., HelpCentre]
BROKEN = {
    "content/b.md": "---\ntitle: B\nanswers: [b]\nowners: x\n---\n[x](gone.md)\n",
    "content/a.md": "---\ntitle: A\nkind: video\nvideo: {src: a.mp4}\n---\n",
    "content/d.md": "---\ntitle: D\ntopics: [t-123456]\n---\n- [ ] Which plan?\n",
    "content/c.md": b"\xff",
    "redirects.yml": "old.md: gone.md\n",
    "mkdocs.yml": "docs_dir: content\nextra: {kbgen: {home: {sections: [nowhere]}}}\n",
}


def test_ids() -> None:
    """The checks are known by the ids that the documentation names."""
    assert set(CHECKS) == {
        "settings",
        "front-matter",
        "structure",
        "links",
        "redirects",
        "video",
        "file",
        "answers",
        "boxes",
    }


def test_every_check_runs(help_centre_of: MakeCentre) -> None:
    """Where none is named, every check runs, and every check finds what is its own."""
    assert {finding.id for finding in findings(help_centre_of(BROKEN))} == set(CHECKS)


def test_named_checks_run(help_centre_of: MakeCentre) -> None:
    """Where checks are named, they alone run."""
    found = findings(help_centre_of(BROKEN), ["links", "file"])
    assert {finding.id for finding in found} == {"links", "file"}


def test_order(help_centre_of: MakeCentre) -> None:
    """Findings come by path and line, whichever check made them."""
    found = findings(help_centre_of(BROKEN))
    places = [(finding.path, finding.line) for finding in found]
    assert places == sorted(places)


def test_a_check_named_twice(help_centre_of: MakeCentre) -> None:
    """A check that is named twice tells each finding once."""
    centre = help_centre_of(BROKEN)
    assert findings(centre, ["links", "links"]) == findings(centre, ["links"])


def test_errors() -> None:
    """Only errors stop a build."""
    error, warning = (Finding(id="x", level=level, path="a.md", message="m") for level in (Level.ERROR, Level.WARNING))
    assert errors([warning, error, warning]) == [error]
