"""The sample help centre: a dozen articles of the invented product, some of which answer what the export asks."""

from __future__ import annotations

import shutil
from pathlib import Path

ARTICLES = Path(__file__).parent / "centre"


def make_help_centre(folder: Path) -> Path:
    """Write the help centre into a new or empty folder; returns the path of its `mkdocs.yml`."""
    shutil.copytree(ARTICLES, folder, dirs_exist_ok=True)
    return folder / "mkdocs.yml"
