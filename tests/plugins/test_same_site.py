"""One project, several ways to build it: the site is the same."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path

import pytest
from centres import CONFIG, ROOT, STRICT, TODAY, Centre, article, build_site, run, tree

QUIET = {"NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true", "SOURCE_DATE_EPOCH": "1795392000"}
PLUGINS = ("kbgen/articles", "kbgen/search", "kbgen/redirects")


def _small(centre: Centre, plugins: tuple[str, ...] = PLUGINS) -> Path:
    config = CONFIG.replace("[kbgen/articles, kbgen/search, kbgen/redirects]", f"[{', '.join(plugins)}]")
    articles = {
        "billing/refund.md": article("Get a refund", "# Get a refund\n\n## When\n\nIn 30 days.\n", kind="faq"),
        "billing/invoice.md": article(
            "Find an invoice", "1. Open it.\n", redirect_from="[old.md]", answers="[my bill]"
        ),
        "billing/draft.md": article("Later", state="draft"),
    }
    return centre(articles, config=config)


def test_mkdocs_build_gives_the_same_site_as_kbgen_build(manual: Path, tmp_path: Path) -> None:
    """`mkdocs build --strict` of the manual is byte for byte what `kbgen build` makes."""
    site = tmp_path / "site"
    command = [sys.executable, "-m", "mkdocs", "build", *STRICT, "--quiet", "-d", site]
    done = run(*command, cwd=ROOT, env=QUIET)
    assert done.code == 0, done.err
    assert tree(site) == tree(manual)


def test_properdocs_builds_the_same_project(manual: Path, tmp_path: Path) -> None:
    """The manual builds under ProperDocs too; only the generator's name may differ."""
    site = tmp_path / "site"
    done = run(
        sys.executable,
        "-m",
        "properdocs",
        "build",
        *STRICT,
        "-q",
        "-f",
        "mkdocs.yml",
        "-d",
        site,
        cwd=ROOT,
        env=QUIET,
    )
    assert done.code == 0, done.err
    theirs, ours = tree(site), tree(manual)
    assert theirs.keys() == ours.keys()
    differing = [name for name in ours if theirs[name] != ours[name] and name.endswith(".html")]
    for name in differing:
        lines = zip(theirs[name].splitlines(), ours[name].splitlines(), strict=True)
        assert all(a == b or b'name="generator"' in b for a, b in lines), name


@pytest.mark.parametrize("order", list(itertools.permutations(PLUGINS)))
def test_the_order_of_plugins_does_not_matter(
    centre: Centre, order: tuple[str, ...], one_site: dict[str, dict[str, bytes]]
) -> None:
    """Any order of kbgen's plugins gives one and the same site."""
    built = tree(build_site(_small(centre, order), today=TODAY))
    assert built == one_site.setdefault("site", built)


@pytest.fixture(scope="module")
def one_site() -> dict[str, dict[str, bytes]]:
    return {}


def test_builds_are_deterministic(centre: Centre) -> None:
    """Two builds of the same input give the same bytes."""
    folder = _small(centre)
    first = tree(build_site(folder))
    (folder / "site").rename(folder / "first")
    assert tree(build_site(folder)) == first
