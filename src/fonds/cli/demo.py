"""`fonds demo`: load the bundled deliveries and serve them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from fonds.cli.options import Port

_HOME = Path("demo-home")


def command(
    home: Annotated[Path, typer.Option(help="Where to put them.")] = _HOME,
    port: Port = None,
    serve: Annotated[bool, typer.Option(help="Serve them when they are loaded.")] = True,
) -> None:
    """Load the bundled real deliveries, say what became of them, and serve them."""
    from fonds.cli.load import tell, tell_enriched  # noqa: PLC0415
    from fonds.cli.loading import run as run_load  # noqa: PLC0415
    from fonds.cli.output import print_line  # noqa: PLC0415
    from fonds.cli.serving import run as run_server  # noqa: PLC0415
    from fonds.demo import deliveries  # noqa: PLC0415
    from fonds.settings import read_settings  # noqa: PLC0415

    settings = read_settings(home)
    for folder in deliveries():
        tell(run_load([folder], folder.name, home, settings), "")
    tell_enriched(home, settings, workers=os.cpu_count() or 1, quiet=False)
    print_line(f"Loaded into {home}. ARKs are made with the NAAN for tests.")
    if serve:
        run_server(home, settings, port=port)
