"""What many tests share: small help centres, and kbgen's own site built once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from centres import CONFIG, INDEX, ROOT, STRICT, TODAY, Centre, kbgen, write_files
from hypothesis import settings
from postgresql import Cluster

settings.register_profile("kbgen", deadline=None)  # how long something takes never fails a test
settings.load_profile("kbgen")


@pytest.fixture
def centre(tmp_path: Path) -> Centre:
    """Makes a help centre of the given articles (path below content/ → text) and returns its folder."""

    def make(articles: Mapping[str, str | bytes], *, config: str = CONFIG, index: bool = True) -> Path:
        folder = tmp_path / "centre"
        folder.mkdir(exist_ok=True)
        (folder / "content").mkdir(exist_ok=True)
        (folder / "mkdocs.yml").write_text(config, encoding="utf-8")
        write_files(folder / "content", {"index.md": INDEX} if index else {})
        write_files(folder / "content", articles)
        return folder

    return make


@pytest.fixture(scope="session")
def manual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Kbgen's own help centre, built once for all tests; the folder of the site."""
    site = tmp_path_factory.mktemp("manual") / "site"
    done = kbgen("build", *STRICT, "--date", TODAY, "--site-dir", site, cwd=ROOT)
    assert done.code == 0, done.err
    return site


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Cluster]:
    """A PostgreSQL server of this run's own."""
    cluster = Cluster()
    yield cluster
    cluster.close()
