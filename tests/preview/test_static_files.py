"""The static files, over HTTP: what a good web host does, so that a writer sees what readers will get."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import pytest
from centres import CONFIG, INDEX, article, write_files
from preview.serving import Preview, preview

VIDEO = bytes(range(256)) * 40
FILES = {
    "index.md": INDEX,
    "guide/index.md": "---\ntitle: Guide\n---\n",
    "guide/a.md": article("A", "Words.\n\n![A tour](tour.webp)\n", kind="faq"),
    "guide/tour.mp4": VIDEO,
    "guide/tour.en.vtt": "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n",
    "guide/tour.webp": VIDEO,
    "guide/map.avif": VIDEO,
    "guide/map.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>",
    "guide/own.js": "let a = 1;\n" * 100,
    "guide/own.mjs": "export {};",
    "guide/own.wasm": VIDEO,
    "guide/größe & co.txt": "text",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    folder = tmp_path_factory.mktemp("static")
    write_files(folder, {"mkdocs.yml": CONFIG})
    write_files(folder / "content", FILES)
    with preview(folder) as running:
        (folder / "secret.txt").write_text("secret")
        site = folder / ".kbgen/preview"
        (site / ".hidden").write_text("secret")
        (site / "out.txt").symlink_to(folder / "secret.txt")
        yield running


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/guide/tour.en.vtt", "text/vtt; charset=utf-8"),
        ("/guide/a.md", "text/markdown; charset=utf-8"),
        ("/guide/own.js", "text/javascript; charset=utf-8"),
        ("/guide/own.mjs", "text/javascript; charset=utf-8"),
        ("/site.webmanifest", "application/manifest+json"),
        ("/guide/map.svg", "image/svg+xml"),
        ("/guide/tour.webp", "image/webp"),
        ("/guide/map.avif", "image/avif"),
        ("/guide/own.wasm", "application/wasm"),
        ("/guide/tour.mp4", "video/mp4"),
        ("/guide/gr%C3%B6%C3%9Fe%20%26%20co.txt", "text/plain; charset=utf-8"),
    ],
)
def test_each_file_has_its_type_and_is_asked_for_again(served: Preview, path: str, kind: str) -> None:
    """A browser keeps it, asks each time whether it changed, and is told so without the file; HEAD has no body."""
    answer = served.get(path)
    assert (answer.status, answer.headers["content-type"], answer.headers["cache-control"]) == (200, kind, "no-cache")
    again = served.get(path, If_None_Match=answer.headers["etag"])
    assert (again.status, again.body, again.headers["etag"]) == (304, b"", answer.headers["etag"])
    head = served.get(path, method="HEAD")
    assert (head.status, head.body, head.headers["content-length"]) == (200, b"", str(len(answer.body)))


def test_videos_can_seek(served: Preview) -> None:
    """A range is answered with just its bytes, whatever else the client accepts."""
    part = served.get("/guide/tour.mp4", Range="bytes=100-199", Accept_Encoding="gzip")
    assert (part.status, part.headers["content-range"], part.body) == (206, "bytes 100-199/10240", VIDEO[100:200])
    assert "content-encoding" not in part.headers
    assert served.get("/guide/tour.mp4", Range="bytes=99999-").status == 416
    assert served.get("/guide/own.js", Range="bytes=0-4", Accept_Encoding="gzip").body == b"let a"


def test_texts_are_compressed_for_who_takes_that(served: Preview) -> None:
    """Pages and scripts; never videos, pictures and what is small, nor for a client that refuses."""
    for path in ("/", "/guide/own.js", "/missing"):
        plain, packed = served.get(path), served.get(path, Accept_Encoding="br, gzip;q=0.8")
        assert packed.headers["content-encoding"] == "gzip"
        assert gzip.decompress(packed.body) == plain.body
        assert packed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding"
        assert len(packed.body) < len(plain.body)
    for path in ("/guide/tour.mp4", "/guide/tour.webp", "/guide/own.mjs", "/guide/own.wasm"):
        assert "content-encoding" not in served.get(path, Accept_Encoding="gzip").headers
    assert "content-encoding" not in served.get("/", Accept_Encoding="gzip;q=0").headers


def test_a_folder_gets_its_slash(served: Preview) -> None:
    """Its links are relative to it; the query stays."""
    answer = served.get("/guide/a?q=x%20y")
    assert (answer.status, answer.headers["location"]) == (307, "/guide/a/?q=x%20y")


@pytest.mark.parametrize(
    "path",
    [
        "/missing",
        "/guide/tour.mp4/",
        "/../mkdocs.yml",
        "/%2e%2e/%2e%2e/mkdocs.yml",
        "/..%2f..%2fsecret.txt",
        "/guide/../../../secret.txt",
        "/..%5c..%5csecret.txt",
        "//guide",
        "/guide//a/",
        "/.hidden",
        "/.kbgen/preview-status.json",
        "/out.txt",
        "/%00",
        "/" + "a" * 5000,
    ],
)
def test_what_is_no_part_of_the_site_is_the_sites_own_404_page(served: Preview, path: str) -> None:
    """Nothing hidden, nothing outside, no link that leads out."""
    answer = served.get(path)
    assert answer.status == 404
    assert "<h1>This address leads nowhere" in answer.text
    assert "secret" not in answer.text


def test_pages_carry_the_script_and_built_files_do_not(served: Preview) -> None:
    """The script is served beside the site, and may be kept for ever."""
    page = served.get("/guide/a/").text
    built = (served.folder / ".kbgen/preview/guide/a/index.html").read_text()
    start, end = page.index('<link rel="modulepreload"'), page.index("</head>")
    assert page[:start] + page[end:] == built
    address = page[start:end].split('src="')[1].split('"')[0]
    script = served.get(address)
    assert (script.status, script.headers["content-type"]) == (200, "text/javascript; charset=utf-8")
    assert "immutable" in script.headers["cache-control"]
    assert served.get(address.replace("live.js", "unknown.js")).status == 404


def test_only_reading_is_allowed(served: Preview) -> None:
    """Votes have their own address."""
    assert served.get("/", method="POST").status == 405
    assert served.get("/healthz").status == 200
