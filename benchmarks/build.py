"""How long a build takes, beside stock MkDocs with Material on the same articles.

usage: python benchmarks/build.py [ARTICLES]   (default 300)
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

WORDS = (
    "account invoice refund payment card plan upgrade seat team role project folder export import webhook token login "
    "session browser error message inbox report chart filter search setting profile region policy audit backup restore "
    "open choose select check enter save wait copy send read the your a each when before after with without"
).split()
STOCK = """\
site_name: Benchmark
site_url: https://help.example.com/
docs_dir: content
theme: {name: material, font: false, features: [navigation.prune]}
"""
OURS = """\
site_name: Benchmark
site_url: https://help.example.com/
docs_dir: content
theme: {name: kbgen}
plugins: [kbgen/articles, kbgen/search, kbgen/redirects]
"""


def write_articles(folder: Path, count: int) -> None:
    """About 800 words each in 20 sections, the same for every run."""
    for number in range(count):
        pick = random.Random(number)  # noqa: S311 - text, not secrets
        path = folder / f"section-{number % 20:02}" / f"article-{number:05}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        parts = [f"---\ntitle: How to {' '.join(pick.choices(WORDS, k=4))} {number}\nkind: faq\n---\n"]
        for _ in range(5):
            parts += [" ".join(pick.choices(WORDS, k=80)) + ".\n", f"## {' '.join(pick.choices(WORDS, k=3))}\n"]
            parts += [f"{step}. {' '.join(pick.choices(WORDS, k=20))}.\n" for step in range(1, 5)]
        path.write_text("\n".join(parts))
    (folder / "index.md").write_text("---\ntitle: Help\n---\n")


def seconds(command: list[str], folder: Path) -> float:
    """User and system time of a command, its children included."""
    before = os.times()
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "DISABLE_MKDOCS_2_WARNING": "true"}
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


def size(folder: Path) -> float:
    pages = list(folder.rglob("article-*/index.html"))
    return sum(page.stat().st_size for page in pages) / len(pages) / 1000


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_articles(folder / "content", count)
        mkdocs = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", "stock"]
        ours = [sys.executable, "-m", "kbgen", "build"]
        (folder / "mkdocs.yml").write_text(STOCK)
        stock = [seconds(mkdocs, folder) for _ in range(3)]
        (folder / "mkdocs.yml").write_text(OURS)
        cold = [seconds(ours, folder) for _ in range(3)]
        print(f"{count} articles, {os.cpu_count()} cores, CPU seconds, median of 3")
        print(f"  stock MkDocs + Material  {sorted(stock)[1]:6.1f} s  {size(folder / 'stock'):6.1f} kB a page")
        print(f"  kbgen build              {sorted(cold)[1]:6.1f} s  {size(folder / 'site'):6.1f} kB a page")
        print(f"  ratio, kbgen to stock    {sorted(cold)[1] / sorted(stock)[1]:6.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 300)
