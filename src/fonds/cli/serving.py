"""Running the server."""

from __future__ import annotations

import socket
from pathlib import Path

import uvicorn

from fonds.cli.output import print_line
from fonds.errors import Unreachable
from fonds.settings import Settings
from fonds.web.app import create_app
from fonds.web.memory import few_arenas
from fonds.web.protocol import server_config
from fonds.web.services import open_services


def run(home: Path, settings: Settings, *, host: str = "", port: int | None = None) -> None:
    """Serve a home; ends cleanly on Ctrl-C and SIGTERM. Raises Unreachable and HomeNotFound."""
    few_arenas()
    host, port = host or settings.web.host, settings.web.port if port is None else port
    app = create_app(open_services(home, settings))
    with _listen(host, port) as listener:
        address = f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"
        print_line(
            f"Fonds is at {address}  (API: {address}/document, documentation: {address}/about/api)"
        )
        uvicorn.Server(server_config(app)).run(sockets=[listener])


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(2048)
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise Unreachable(host=host, port=port, reason=reason) from error
    return listener
