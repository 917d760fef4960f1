"""Packed files: what is packed, how, and that builds keep them up to date."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest
from builds import build_anew, build_on, build_with_mkdocs, copy_of, difference
from centres import CONFIG, TODAY, Centre, article, tree
from hypothesis import given
from hypothesis import strategies as st

from kbgen.articles.encoding import Encoding
from kbgen.outputs.compression import SMALLEST, packed

BOTH = (Encoding.GZIP, Encoding.BROTLI)
CONFIG_PACKED = CONFIG.replace("  kbgen:\n", "  kbgen:\n    compression: [gzip, brotli]\n")


@given(st.binary(max_size=5000))
def test_packed_forms_hold_the_same(data: bytes) -> None:
    """Whoever unpacks a form gets the file, and no form is larger than it."""
    for name, form in packed("a.html", data, BOTH):
        assert len(form) < len(data)
        unpack = gzip.decompress if name == "a.html.gz" else brotli.decompress
        assert unpack(form) == data


@pytest.mark.parametrize(("name", "size"), [("a.html", SMALLEST - 1), ("a.png", 5000), ("a.mp4", 5000), ("a", 5000)])
def test_what_would_gain_nothing_is_not_packed(name: str, size: int) -> None:
    """Small files and those that are packed already have no packed form."""
    assert list(packed(name, b"a" * size, BOTH)) == []


def test_a_site_is_packed_the_same_way_however_it_is_built(centre: Centre, tmp_path: Path) -> None:
    """Packed files follow each edit, go with their page, and are those of a clean build and of `mkdocs build`."""
    from datetime import date

    day = date.fromisoformat(TODAY)
    long = "Words of an answer. " * 100
    folder = centre(
        {"a.md": article("A", long, kind="faq"), "b.md": article("B", long, kind="faq")}, config=CONFIG_PACKED
    )
    first = build_on(folder, day).site
    assert gzip.decompress(first["a/index.html.gz"]) == brotli.decompress(first["a/index.html.br"])
    (folder / "content/a.md").write_text(article("A", f"{long} More of it.", kind="faq"))
    edited = build_on(folder, day).site
    assert gzip.decompress(edited["a/index.html.gz"]) == edited["a/index.html"]
    (folder / "content/b.md").unlink()
    (folder / "redirects.yml").write_text("b.md: gone\n")
    (folder / "site/a/index.html.br").write_bytes(b"spoilt")
    site = build_on(folder, day).site
    assert not [name for name in site if name.startswith("b/")]
    assert difference(site, build_anew(copy_of(folder, tmp_path / "clean"), day).site) == ""
    assert difference(site, build_with_mkdocs(copy_of(folder, tmp_path / "mkdocs"), day)) == ""
    (folder / "mkdocs.yml").write_text(CONFIG)
    assert not [name for name in build_on(folder, day).site if name.endswith((".gz", ".br"))]
    assert tree(folder / "site").keys() == {name for name in site if not name.endswith((".gz", ".br"))}
