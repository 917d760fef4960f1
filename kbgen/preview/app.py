"""The preview's application: the vote service, and every other address from the built site."""

from __future__ import annotations

import os

from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from kbgen.service.app import create_app
from kbgen.service.settings import from_environment

SITE_VARIABLE = "KBGEN_PREVIEW_SITE"


class Site(StaticFiles):
    """A built site, never cached by the browser, so that a reload shows what was saved."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file at `path`; Range requests are answered, so that videos can seek."""
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "no-cache"
        return response


def from_workers_environment() -> Starlette:
    """The application as the server's process makes it."""
    app = create_app(from_environment(os.environ))
    app.router.routes.append(Mount("/", Site(directory=os.environ[SITE_VARIABLE], html=True)))
    return app
