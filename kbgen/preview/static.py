"""The static files: the built site as a good web host serves it, its pages kept up to date."""

from __future__ import annotations

import html
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kbgen.preview import body
from kbgen.preview.events import Events
from kbgen.preview.page import live, version
from kbgen.preview.script import Scripts
from kbgen.preview.status import Status

NOT_BUILT = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Not built yet</title>
<style>
body {{ font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 2rem 1rem; }}
h1 {{ font-size: 1.5rem; line-height: 1.25; }}
pre {{ font: 0.9375rem/1.5 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; }}
pre {{ border-inline-start: 4px solid light-dark(#b3261e, #ff9e94); padding-inline-start: 1rem; }}
</style>
</head>
<body>
<h1>The help centre is not built yet</h1>
<pre role="alert">{error}</pre>
<p>Mend this and save: the page appears here by itself.</p>
</body>
</html>
"""


@dataclass(frozen=True)
class Site:
    """A built site in `folder`."""

    folder: Path
    events: Events
    scripts: Scripts

    async def respond(self, request: Request) -> Response:
        """What lies at the request's address; while the first build runs, the reader waits."""
        status = await self.events.first()
        return await run_in_threadpool(self._response, request, status)

    def _response(self, request: Request, status: Status) -> Response:
        address = request.scope["path"]
        file = self._file(address)
        if file and file.is_dir():
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(quote(f"{address}/") + query, 307, body.NO_CACHE)
        try:
            return self._of_file(request, file, status) if file else self._missing(request, status)
        except FileNotFoundError:  # a build has just taken it away
            return self._missing(request, status)

    def _file(self, address: str) -> Path | None:
        """The file at an address, or a folder that wants its slash; nothing hidden and nothing outside the site."""
        parts = address.removeprefix("/").split("/")
        odd = any(part.startswith(".") or "\\" in part or "\0" in part for part in parts)
        if odd or "" in parts[:-1] or len(address) > 4096:
            return None
        try:
            file = self.folder.joinpath(*parts[:-1], parts[-1] or "index.html").resolve(strict=True)
        except OSError:
            return None
        within = file.is_relative_to(self.folder.resolve())
        return file if within and (file.is_file() or (file / "index.html").is_file()) else None

    def _of_file(self, request: Request, file: Path, status: Status) -> Response:
        kind = body.media_type(file)
        if kind == "text/html":
            return self._page(request, file.read_bytes(), status)
        if body.is_text(kind) and "range" not in request.headers:
            return body.text(request, file.read_bytes(), kind)
        return body.file(request, file, kind)

    def _missing(self, request: Request, status: Status) -> Response:
        """The site's own 404 page; where there is no site, the error that keeps it from being built."""
        own = self.folder / "404.html"
        if own.is_file():
            return self._page(request, own.read_bytes(), status, code=404)
        if status.error:
            text = NOT_BUILT.format(error=html.escape(status.error))
            return self._page(request, text.encode(), status, code=503)
        raise HTTPException(404)

    def _page(self, request: Request, page: bytes, status: Status, *, code: int = 200) -> Response:
        address = request.scope["path"] if code == 200 else "/"
        tag = f"{code}-{version(page, address, self._stamp)}"
        page = live(page, script=self.scripts.address("live.js"), build=status.build, version=tag)
        return body.text(request, page, "text/html", tag=tag, status=code)

    def _stamp(self, path: PurePosixPath) -> str:
        try:
            stat = (self.folder / path).stat()
        except (OSError, ValueError):
            return ""
        return f"{stat.st_mtime_ns}-{stat.st_size}"
