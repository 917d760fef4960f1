"""The package: what is built is whole, and works in an empty environment."""

from __future__ import annotations

import shutil
import sys
import zipfile
from pathlib import Path

import pytest
from centres import ROOT, run

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, built from its source distribution."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("kbgen", "theme"):
        shutil.copytree(ROOT / name, source / name)
    for name in ("README.md", "LICENSE", "CHANGELOG.md", "pyproject.toml"):
        shutil.copy(ROOT / name, source)
    done = run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder / "dist", cwd=source)
    assert done.code == 0, done.err
    (found,) = (folder / "dist").glob("*.whl")
    return found


def test_the_wheel_holds_the_theme_and_the_starter(wheel: Path) -> None:
    """Templates, styles, scripts and the files of `kbgen init` travel with the package; tests and content do not."""
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in ("main.html", "mkdocs_theme.yml", "assets/kbgen/search.js", "partials/kbgen/vote.html"):
        assert f"kbgen/theme/{name}" in names
    assert "kbgen/articles/starter/content/index.md" in names
    assert "kbgen/articles/starter/dot-gitignore" in names
    assert not [name for name in names if name.startswith(("tests/", "content/", "theme/", "benchmarks/"))]


def test_the_wheel_works_in_an_empty_environment(wheel: Path, tmp_path: Path) -> None:
    """Without extras and without a compiler, `init`, `build`, `search` and `check` work and say nothing odd."""
    environment = tmp_path / "env"
    assert run(sys.executable, "-m", "venv", environment, cwd=tmp_path).code == 0
    python = environment / "bin/python"
    installed = run(python, "-m", "pip", "install", "--only-binary", ":all:", wheel, cwd=tmp_path, timeout=600)
    assert installed.code == 0, installed.err
    command = environment / "bin/kbgen"
    assert run(command, "--help", cwd=tmp_path).code == 0
    assert run(command, "init", "my-help", cwd=tmp_path).code == 0
    folder = tmp_path / "my-help"
    built = run(command, "build", "--strict", cwd=folder, env={"PATH": "/usr/bin:/bin"})
    assert (built.code, built.err) == (0, "")
    found = run(command, "search", "new", "password", cwd=folder)
    assert "Change your password" in found.out
    assert found.err == ""
    assert run(command, "check", cwd=folder).out.startswith("0 errors, 0 warnings")
    missing = run(command, "topics", "import", "x.csv", cwd=folder)
    assert (missing.code, "kbgen[topics]" in missing.err) == (3, True)
