"""The server: runs an application with granian, in a process of its own."""

from __future__ import annotations

import os
import socket
from collections.abc import Mapping

from granian.constants import Interfaces
from granian.http import HTTP1Settings
from granian.log import LogLevels
from granian.server import Server

from kbgen.errors import KbgenError
from kbgen.service.settings import ServiceSettings

TARGET = "kbgen.service.app:from_workers_environment"


def run(settings: ServiceSettings, *, target: str = TARGET, environment: Mapping[str, str] | None = None) -> None:
    """Serve until interrupted. `target` names the factory of the application, `environment` what it reads besides.

    Raises a `KbgenError` when the address cannot be used.
    """
    check_address(settings.host, settings.port)
    os.environ.update({**settings.as_environment(), **(environment or {})})
    Server(
        target,
        address=settings.host,
        port=settings.port,
        interface=Interfaces.ASGI,
        factory=True,
        workers=1,
        http1_settings=HTTP1Settings(header_read_timeout=5000, max_buffer_size=16384),
        websockets=False,
        respawn_failed_workers=True,
        log_access=False,
        log_level=LogLevels.warning,
    ).serve()


def check_address(host: str, port: int) -> None:
    """Raise a `KbgenError` when no server can listen there."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise KbgenError(
                f"cannot listen on {host} port {port}: {error.strerror}",
                hint="stop what uses it, or choose another with --port",
            ) from error
