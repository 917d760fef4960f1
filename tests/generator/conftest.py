"""What tests of building share: templates made ready to run once, which takes longer than a small build."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from centres import CONFIG, INDEX, Centre, write_files
from rebuilding import TEMPLATES, built


@pytest.fixture(scope="session")
def compiled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of templates made ready to run that a first build leaves."""
    folder = tmp_path_factory.mktemp("compiled")
    write_files(folder, {"mkdocs.yml": CONFIG, "content/index.md": INDEX})
    built(folder)
    return folder / TEMPLATES


@pytest.fixture
def warm_centre(centre: Centre, compiled: Path) -> Centre:
    """Makes help centres as `centre` does, on a machine that has built others: templates are ready to run."""

    def make(articles: Mapping[str, str | bytes], *, config: str = CONFIG, index: bool = True) -> Path:
        folder = centre(articles, config=config, index=index)
        shutil.copytree(compiled, folder / TEMPLATES, dirs_exist_ok=True)
        return folder

    return make
