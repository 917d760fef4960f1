"""The npm packages that are measured, and the commands that run them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from peers import CACHE, LOCKED, run, write

FOLDER = CACHE / "search"
"""Where the packages are kept between runs, and the modules that use them; git ignores it."""
MEMORY = "--max-old-space-size=12000"
"""MB that Node may take; lunr needs more than it takes by itself."""
MODULES = Path(__file__).parent / "engines"
PACKAGES = {
    "@orama/orama": "3.1.18",
    "@orama/stemmers": "3.1.18",
    "@orama/stopwords": "3.1.18",
    "esbuild": "0.28.2",
    "flexsearch": "0.8.212",
    "minisearch": "7.2.0",
    "pagefind": "1.6.0",
    "stemmer": "2.0.1",
}
"""The newest of each; esbuild only packs what readers load."""
MANIFEST = json.dumps({"private": True, "type": "module", "dependencies": PACKAGES}, indent=2)
Command = Sequence[str | Path]


@cache
def install() -> None:
    """Bring the packages into their folder, unless they are there, and our modules beside them."""
    done = FOLDER / "node_modules/.package-lock.json"
    if not done.exists() or (FOLDER / "package.json").read_text() != MANIFEST:
        done.unlink(missing_ok=True)
        write(FOLDER, {"package.json": MANIFEST})
        run("npm", "install", "--no-audit", "--no-fund", f"--before={LOCKED}", cwd=FOLDER)
    shutil.copytree(MODULES, FOLDER / "engines", dirs_exist_ok=True)


def binary(name: str) -> Path:
    return FOLDER / "node_modules/.bin" / name


def script(name: str) -> Path:
    return FOLDER / "engines" / name


def packed(name: str, folder: Path) -> None:
    """What a reader loads of an engine, in one small file."""
    with TemporaryDirectory(dir=FOLDER / "engines") as scratch:
        write(Path(scratch), {"reader.mjs": f'export {{ open }} from "../{name}.mjs";\n'})
        options = ("--bundle", "--minify", "--format=esm", "--log-level=error", f"--outfile={folder / 'reader.mjs'}")
        run(binary("esbuild"), Path(scratch) / "reader.mjs", *options, cwd=FOLDER)


def answered(folder: Path, queries: Sequence[str], limit: int) -> list[list[str]]:
    """What a packed engine finds, asked by Node."""
    with TemporaryDirectory() as scratch:
        file = Path(scratch) / "queries.json"
        file.write_text(json.dumps(queries))
        found: list[list[str]] = json.loads(
            run("node", MEMORY, script("answer.mjs"), folder, file, str(limit), cwd=FOLDER, seconds=3600)
        )
    return found
