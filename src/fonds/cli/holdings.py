"""`fonds holdings`: what knowledge bases, Google Scholar, PubMed and Europe PMC are told."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from fonds.cli.options import DEFAULT_HOME, Home, Json


class Files(StrEnum):
    """What to write, or check."""

    kbart = "kbart"
    google_scholar = "google-scholar"
    linkout = "linkout"
    europepmc = "europepmc"
    check = "check"


def command(
    what: Annotated[
        Files, typer.Argument(help="kbart, google-scholar, linkout, europepmc or check.")
    ],
    home: Home = DEFAULT_HOME,
    output: Annotated[
        Path, typer.Option("--output", "-o", help="The folder to write the files into.")
    ] = Path("holdings"),
    collection: Annotated[str, typer.Option(help="kbart, check: only this collection.")] = "",
    base: Annotated[
        str, typer.Option(help="The public address of the server; else the setting web.base_url.")
    ] = "",
    server: Annotated[
        str, typer.Option(help="check: ask the resolver of a running server by HTTP.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Write the files that tell others what is held, or check that each row resolves."""
    from fonds.cli.publishing import run_check, write_files  # noqa: PLC0415

    if what is Files.check:
        run_check(home, collection, base, server, as_json=as_json)
    else:
        write_files(home, what.value, output, collection, base, as_json=as_json)
