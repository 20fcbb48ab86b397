"""`fonds reread`: documents made anew from their originals by a newer reader."""

from __future__ import annotations

from typing import Annotated

import typer

from fonds.cli.failing import INTERRUPTED
from fonds.cli.options import DEFAULT_HOME, Home, Json


def command(
    reader: Annotated[str, typer.Option(help="Only documents of this reader.")] = "",
    collection: Annotated[str, typer.Option(help="Only this collection.")] = "",
    everything: Annotated[
        bool, typer.Option("--all", help="Also what this version of the reader read already.")
    ] = False,
    home: Home = DEFAULT_HOME,
    workers: Annotated[int, typer.Option(min=1, help="How many cores it may use.")] = 1,
    as_json: Json = False,
) -> None:
    """Read originals in the archive again with newer readers; what changed is a new version."""
    from fonds.cli.loading import run_reread  # noqa: PLC0415
    from fonds.cli.output import print_json, print_line  # noqa: PLC0415
    from fonds.settings import read_settings  # noqa: PLC0415

    summary = run_reread(
        reader, collection, home, read_settings(home),
        everything=everything, workers=workers, quiet=as_json,
    )  # fmt: skip
    if as_json:
        print_json(summary)
    else:
        print_line(
            f"{summary.read:,} files read again in {summary.seconds:.1f} s: "
            f"{summary.new_versions:,} new versions, {summary.unchanged:,} as before, "
            f"{summary.more:,} new documents, {summary.refused:,} not read by the newer reader"
        )
        for code, count in summary.refused_by_code.items():
            print_line(f"  {count} × {code}: they stay as they were")
    if summary.interrupted:
        raise typer.Exit(INTERRUPTED)
