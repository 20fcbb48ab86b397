"""`fonds report`: what was found wrong, why, and what to do; what happened to a file."""

from __future__ import annotations

from typing import Annotated

import typer

from fonds.cli.options import DEFAULT_HOME, Home, Json


def command(
    file: Annotated[
        str, typer.Argument(help="A delivered file whose story to tell; folders may be left out.")
    ] = "",
    home: Home = DEFAULT_HOME,
    collection: Annotated[str, typer.Option(help="Only this collection.")] = "",
    code: Annotated[str, typer.Option(help="Only this cause.")] = "",
    all_findings: Annotated[
        bool, typer.Option("--all", help="Also what was found in files that were loaded.")
    ] = False,
    files: Annotated[bool, typer.Option("--files", help="A line per file, not per cause.")] = False,
    stages: Annotated[
        bool, typer.Option("--stages", help="Everything: a line per delivered file and stage.")
    ] = False,
    enrichments: Annotated[
        bool, typer.Option("--enrichments", help="Where an enrichment failed, and why.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Group the files that were set aside by cause, with an example and the next step."""
    from fonds.cli import reporting  # noqa: PLC0415
    from fonds.settings import read_settings  # noqa: PLC0415

    settings = read_settings(home)
    if file or stages:
        reporting.tell_stages(home, settings, file, collection, as_json=as_json)
        return
    if enrichments:
        reporting.tell_enrichments(home, settings, as_json=as_json)
        return
    rows = reporting.findings(home, settings, collection, code, loaded=all_findings)
    if files:
        reporting.tell_files(rows, as_json=as_json)
    else:
        reporting.tell_causes(rows, as_json=as_json)
