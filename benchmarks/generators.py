"""The site generators that are measured: how each is brought here, set up and called."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from hugo_theme import LAYOUTS
from peers import ADDRESS, CACHE, run, write

VENV = CACHE / "venv"
"""Where the peers are kept between runs; git ignores it."""
LIBRARY = VENV / f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
PACKAGES = {"hugo": "0.168.0", "mkdocs-material": "9.8.1", "properdocs": "1.6.7", "zensical": "0.0.73"}
"""The newest of each; only Zensical has newer ones, which want a package that could not be had."""
FOUNDATIONS = {
    "jinja2": "3.1.6",
    "markdown": "3.11.3",
    "mkdocs": "1.6.1",
    "pygments": "2.21.0",
    "pymdown-extensions": "13.1",
    "pyyaml": "6.0.3",
}
"""What the peers stand on; pinned too, for a build spends most of its time there."""
LEFT_BEHIND = ("site", ".kbgen", ".cache", "resources")
"""What builds leave in a project."""
COMMON = f"site_name: Benchmark 0\nsite_url: {ADDRESS}/\ndocs_dir: content\n"
OURS = f"{COMMON}theme: {{name: kbgen}}\nplugins: [kbgen/articles, kbgen/search, kbgen/redirects]\n"
MATERIAL = f"{COMMON}theme: {{name: material, font: false, features: [navigation.prune]}}\n"
HUGO = f"title: Benchmark 0\nbaseURL: {ADDRESS}/\npublishDir: site\ndisableKinds: [rss, taxonomy, term]\n"


@dataclass(frozen=True, kw_only=True)
class Generator:
    """One way to make a site of the articles."""

    name: str
    """As `--only` names it."""
    title: str
    command: tuple[str | Path, ...]
    settings: str
    """The file with the name of the site."""
    files: dict[str, str]
    """The settings and what else stands beside the articles."""
    packages: tuple[str, ...] = ()
    """What must be in the venv; none for kbgen, which runs where this runs."""
    adapt: Callable[[Path], None] = lambda _: None
    """Puts the articles of a folder into words that the generator understands."""
    whole: bool = False
    """Whether it makes every page in every build, so that large sites are only built once."""


def for_hugo(content: Path) -> None:
    """Links as they are on the site, section pages under the name Hugo wants, no key of front matter it refuses."""
    for path in content.rglob("*.md"):
        text = path.read_text().replace("kind: faq\n", "").replace("](picture.svg)", "](../picture.svg)")
        path.write_text(re.sub(r"\]\(\.\./(section-\d+/article-\d+)\.md\)", r"](../../\1/)", text))
        if path.name == "index.md":
            path.rename(path.with_name("_index.md"))


GENERATORS = (
    Generator(
        name="kbgen",
        title="kbgen",
        command=(sys.executable, "-m", "kbgen", "build"),
        settings="mkdocs.yml",
        files={"mkdocs.yml": OURS},
    ),
    Generator(
        name="mkdocs",
        title="MkDocs, Material",
        command=(VENV / "bin/mkdocs", "build", "-q"),
        settings="mkdocs.yml",
        files={"mkdocs.yml": MATERIAL},
        packages=("mkdocs-material",),
        whole=True,
    ),
    Generator(
        name="properdocs",
        title="ProperDocs, Material",
        command=(VENV / "bin/properdocs", "build", "-q"),
        settings="properdocs.yml",
        files={"properdocs.yml": MATERIAL},
        packages=("properdocs", "mkdocs-material"),
        whole=True,
    ),
    Generator(
        name="zensical",
        title="Zensical",
        command=(VENV / "bin/zensical", "build"),
        settings="mkdocs.yml",
        files={"mkdocs.yml": MATERIAL},
        packages=("zensical",),
    ),
    Generator(
        name="hugo",
        title="Hugo, with a theme smaller than ours",
        command=(LIBRARY / "hugo/binaries/hugo", "--quiet"),
        settings="hugo.yaml",
        files={"hugo.yaml": HUGO, **LAYOUTS},
        packages=("hugo",),
        adapt=for_hugo,
    ),
)


def install(generator: Generator) -> None:
    """Bring the packages of a generator into the venv, unless they are there."""
    missing = [f"{name}=={PACKAGES[name]}" for name in generator.packages if not is_installed(name)]
    if not missing:
        return
    if not LIBRARY.is_dir():
        run(sys.executable, "-m", "venv", "--clear", VENV, cwd=Path.cwd())
    write(CACHE, {"foundations.txt": "".join(f"{name}=={version}\n" for name, version in FOUNDATIONS.items())})
    options = ("--quiet", "--disable-pip-version-check", "--constraint", CACHE / "foundations.txt")
    run(VENV / "bin/python", "-m", "pip", "install", *options, *missing, cwd=CACHE)


def is_installed(name: str) -> bool:
    return (LIBRARY / f"{name.replace('-', '_')}-{PACKAGES[name]}.dist-info").is_dir()


def versions(generators: Sequence[Generator]) -> str:
    """What is measured, and what the peers stand on."""
    ours = run(sys.executable, "-m", "kbgen", "--version", cwd=Path.cwd()).split()[-1]
    names = [name for generator in generators for name in generator.packages]
    peers = {name: PACKAGES[name] for name in names} | (FOUNDATIONS if names else {})
    return ", ".join([f"kbgen {ours}", *(f"{name} {version}" for name, version in peers.items())])
