"""`fonds corpus`: corpora kept for good."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fonds.cli.options import DEFAULT_HOME, Home, Json


def command(
    name: Annotated[
        str, typer.Argument(help="The ARK of a corpus; without it, all are listed.")
    ] = "",
    home: Home = DEFAULT_HOME,
    rerun: Annotated[
        bool, typer.Option("--rerun", help="Ask its question again: what was added, removed.")
    ] = False,
    write: Annotated[Path | None, typer.Option(help="Write it as a .corpus file.")] = None,
    as_json: Json = False,
) -> None:
    """List the corpora kept by `fonds export --keep`, show one, or ask its question again."""
    from fonds.cli.keeping import listing, show  # noqa: PLC0415

    if name:
        show(home, name, rerun=rerun, write=write, as_json=as_json)
    else:
        listing(home, as_json=as_json)
