"""The events: what open pages hear, as a stream that lasts as long as they listen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kbgen.preview.status import Status, StatusFile

LOOK = 0.01
"""Seconds between two looks at the status file."""

HEARTBEAT = 10.0
"""Seconds of silence after which a comment is sent, so that nobody takes the stream for dead."""

RETRY = "retry: 500\n\n"
"""How soon a browser comes back after the stream broke, in milliseconds."""


@dataclass
class Events:
    """The stream at `/__kbgen/events`, for any number of pages."""

    file: StatusFile
    listening: int = field(default=0, init=False)
    """How many streams are open."""
    ended: bool = field(default=False, init=False)

    def end(self) -> None:
        """Let every stream end, and nobody wait any more."""
        self.ended = True

    async def first(self) -> Status:
        """The status; waits while the first build runs."""
        while (status := self.file.read()) is None:
            if self.ended:
                raise HTTPException(503)
            await asyncio.sleep(LOOK)
        return status

    async def stream(self, request: Request) -> Response:
        """Each status as an event, the present one at once."""
        del request
        return StreamingResponse(
            self._messages(), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    async def tell(self, request: Request) -> Response:
        """The status and how many listen, for programs."""
        del request
        status = (await self.first()).as_json()
        headers = {"Cache-Control": "no-store", "X-Listening": str(self.listening)}
        return Response(status, media_type="application/json", headers=headers)

    async def _messages(self) -> AsyncIterator[str]:
        self.listening += 1
        try:
            yield RETRY
            seen = 0
            while not self.ended:
                stamp = await self._next(seen)
                status = self.file.read() if stamp != seen else None
                yield f"data: {status.as_json()}\n\n" if status else ": still here\n\n"
                seen = stamp
        finally:
            self.listening -= 1

    async def _next(self, seen: int) -> int:
        """The stamp of the next status, or `seen` again when it is time for a heartbeat."""
        clock = asyncio.get_running_loop().time
        end = clock() + HEARTBEAT
        while (stamp := self.file.stamp()) == seen and clock() < end and not self.ended:  # noqa: ASYNC110 - another process writes it
            await asyncio.sleep(LOOK)
        return stamp
