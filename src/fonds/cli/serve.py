"""`fonds serve`: the portal and the API."""

from __future__ import annotations

from typing import Annotated

import typer

from fonds.cli.options import DEFAULT_HOME, Home, Port


def command(
    home: Home = DEFAULT_HOME,
    host: Annotated[str, typer.Option(help="Address to listen on; settings say the default.")] = "",
    port: Port = None,
) -> None:
    """Serve the portal and the API of a home until Ctrl-C."""
    from fonds.cli.serving import run  # noqa: PLC0415
    from fonds.settings import read_settings  # noqa: PLC0415

    run(home, read_settings(home), host=host, port=port)
