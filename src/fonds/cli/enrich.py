"""`fonds enrich`: runs what text mining adds to documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fonds.cli.failing import INTERRUPTED, SET_ASIDE
from fonds.cli.options import DEFAULT_HOME, Home, Json


def command(
    names: Annotated[
        list[str] | None,
        typer.Argument(
            help="Enrichments to run; without any, all installed. `train [NAME...]` trains models "
            "from the archive (terms, categories, references), `vocabulary FILE...` keeps SKOS or "
            "CSV vocabularies that texts are searched for, `model FILE` the model of vectors."
        ),
    ] = None,
    where: Annotated[
        str, typer.Option(metavar="QUERY", help="Only documents that a query finds.")
    ] = "",
    workers: Annotated[int, typer.Option(min=1, help="How many processes enrich.")] = 1,
    failed: Annotated[
        bool, typer.Option("--failed", help="Also where an enrichment failed before.")
    ] = False,
    source: Annotated[
        Path | None,
        typer.Option("--from", help="train references: folder of labelled references (TEI)."),
    ] = None,
    home: Home = DEFAULT_HOME,
    as_json: Json = False,
) -> None:
    """Enrich documents by what is missing in them, or older than what is installed."""
    from fonds.cli.enriching import run, tell  # noqa: PLC0415
    from fonds.cli.output import print_json  # noqa: PLC0415
    from fonds.settings import read_settings  # noqa: PLC0415

    settings = read_settings(home)
    if names and names[0] in ("train", "vocabulary", "model"):
        from fonds.cli.teaching import teach  # noqa: PLC0415

        teach(home, settings, names, source, as_json=as_json)
        return
    summary = run(
        home, settings, names or (), where=where, failed=failed, workers=workers, quiet=as_json
    )
    if as_json:
        print_json(summary)
    else:
        tell(summary)
    if summary.interrupted:
        raise typer.Exit(INTERRUPTED)
    if summary.failed:
        raise typer.Exit(SET_ASIDE)
