"""`fonds report`: what was found wrong, with which file, why, where, and what to do."""

from __future__ import annotations

from typing import Annotated

import typer

from fonds.cli.options import DEFAULT_HOME, Home, Json


def command(
    home: Home = DEFAULT_HOME,
    collection: Annotated[str, typer.Option(help="Only this collection.")] = "",
    code: Annotated[str, typer.Option(help="Only this code.")] = "",
    all_findings: Annotated[
        bool, typer.Option("--all", help="Also what was found in files that were loaded.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List the files that were set aside, why, and where in the file."""
    from fonds.archive.archive import Archive  # noqa: PLC0415
    from fonds.cli.output import print_json, print_line  # noqa: PLC0415
    from fonds.errors import FINDINGS  # noqa: PLC0415
    from fonds.settings import read_settings  # noqa: PLC0415

    with Archive.open(home, read_settings(home)) as archive:
        rows = [
            row
            for row in archive.ledger(collection, said=True)
            if (all_findings or row.status == "set-aside") and (not code or row.code == code)
        ]
    if as_json:
        print_json(rows)
        return
    if not rows:
        print_line("Nothing was set aside.")
    for row in rows:
        place = f", line {row.line}" if row.line else ""
        place += f", column {row.column}" if row.column else ""
        meaning, action = FINDINGS.get(row.code, ("", ""))
        print_line(f"{row.collection}: {row.name}{place}")
        print_line(f"  {row.status}: {row.code} ({row.reason})")
        print_line(f"  {meaning} {action}")
