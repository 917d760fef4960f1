"""The body of an answer: its content type, its compression, and whether the browser has it already."""

from __future__ import annotations

import gzip
import mimetypes
from hashlib import sha256
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, Response

TYPES = {
    ".html": "text/html",
    ".css": "text/css",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".md": "text/markdown",
    ".txt": "text/plain",
    ".vtt": "text/vtt",
    ".json": "application/json",
    ".xml": "application/xml",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".wasm": "application/wasm",
    ".woff2": "font/woff2",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
}
"""Content types that a machine's own table may lack, or have otherwise."""

TEXTS = frozenset({"application/json", "application/xml", "application/manifest+json", "image/svg+xml"})
"""What is worth compressing beside `text/…`."""

SMALLEST = 500
"""Bytes below which compressing gains nothing."""

NO_CACHE = {"Cache-Control": "no-cache"}
"""A browser may keep an answer, and asks each time whether it still holds."""


def media_type(path: Path) -> str:
    """The content type of a file, by its name."""
    ending = path.suffix.lower()
    return TYPES.get(ending) or mimetypes.types_map.get(ending, "application/octet-stream")


def is_text(kind: str) -> bool:
    """Whether a content type compresses well."""
    return kind.startswith("text/") or kind in TEXTS


def text(request: Request, data: bytes, kind: str, *, tag: str = "", status: int = 200) -> Response:
    """A text, compressed where the client takes that; `tag` names this state of it."""
    headers = {**NO_CACHE, "Vary": "Accept-Encoding", "ETag": f'W/"{tag or sha256(data).hexdigest()[:32]}"'}
    if status == 200 and has_already(request, headers["ETag"]):
        return Response(status_code=304, headers=headers)
    if len(data) >= SMALLEST and _takes_gzip(request):
        data = gzip.compress(data, 5, mtime=0)
        headers["Content-Encoding"] = "gzip"
    return Response(data, status, headers, kind)


def file(request: Request, path: Path, kind: str) -> Response:
    """A file as it is, in ranges where they are asked for; so videos can seek."""
    response = FileResponse(path, headers=NO_CACHE, media_type=kind, stat_result=path.stat())
    if has_already(request, response.headers["etag"]):
        kept = {name: response.headers[name] for name in ("etag", "cache-control", "last-modified")}
        return Response(status_code=304, headers=kept)
    return response


def has_already(request: Request, tag: str) -> bool:
    """Whether the browser says that it holds what `tag` names (RFC 9110, weak comparison)."""
    told = request.headers.get("if-none-match", "")
    tags = {part.strip().removeprefix("W/") for part in told.split(",")}
    return bool(told) and not tags.isdisjoint({"*", tag.removeprefix("W/")})


def _takes_gzip(request: Request) -> bool:
    offers = (offer.replace(" ", "").lower() for offer in request.headers.get("accept-encoding", "").split(","))
    return any(offer.partition(";")[0] in {"gzip", "*"} and not offer.endswith((";q=0", ";q=0.0")) for offer in offers)
