"""Builds an index in a process of its own, so that its cost can be measured.

usage: python benchmarks/search/builder.py MODULE DOCUMENTS FOLDER
"""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

from documents import load_corpus


def main(module: str, documents: str, folder: str) -> None:
    import_module(module).build(load_corpus(Path(documents)).documents, Path(folder))


if __name__ == "__main__":
    main(*sys.argv[1:])
