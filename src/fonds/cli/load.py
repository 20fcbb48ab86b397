"""`fonds load`: from deliveries to searchable documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fonds.cli.failing import INTERRUPTED, SET_ASIDE
from fonds.cli.options import DEFAULT_HOME, Home, Json
from fonds.errors import LoadIncomplete
from fonds.loading.summary import LoadSummary
from fonds.settings import Settings


def command(
    paths: Annotated[
        list[Path] | None, typer.Argument(help="Folders, ZIP, TAR, or single files.")
    ] = None,
    collection: Annotated[
        str, typer.Option(help="The name under which to keep the documents.")
    ] = "",
    again: Annotated[
        str,
        typer.Option(
            metavar="CAUSE|all",
            help="Load files that were set aside for a cause again, from the archive.",
        ),
    ] = "",
    home: Home = DEFAULT_HOME,
    workers: Annotated[int, typer.Option(min=1, help="How many cores the load may use.")] = 1,
    enrich: Annotated[
        bool | None,
        typer.Option(
            "--enrich/--no-enrich",
            help="Enrich what was loaded, after saying so; else as enrich.after_load says.",
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Load deliveries into a collection. Loading one again changes nothing."""
    from fonds.cli.loading import run, run_again  # noqa: PLC0415
    from fonds.cli.output import print_json  # noqa: PLC0415
    from fonds.settings import read_settings  # noqa: PLC0415

    settings = read_settings(home)
    if again:
        summary = run_again(again, collection, home, settings, workers=workers, quiet=as_json)
    elif not paths or not collection:
        raise LoadIncomplete(what="what to load" if not paths else "which collection it is for")
    else:
        summary = run(paths, collection, home, settings, workers=workers, quiet=as_json)
    from fonds.cli.refreshing import refresh_holdings  # noqa: PLC0415  # the load starts sooner

    refresh_holdings(home, settings)
    if as_json:
        print_json(summary)
    else:
        tell(summary, settings.archive.naan)
    wanted = settings.enrich.after_load if enrich is None else enrich
    if wanted and not summary.interrupted and summary.loaded + summary.new_versions:
        tell_enriched(home, settings, workers=workers, quiet=as_json)
    if summary.interrupted:
        raise typer.Exit(INTERRUPTED)
    if summary.set_aside:
        raise typer.Exit(SET_ASIDE)


def tell_enriched(home: Path, settings: Settings, *, workers: int, quiet: bool) -> None:
    """Enrich what is new and say so; the load itself has been acknowledged before."""
    from fonds.cli import enriching  # noqa: PLC0415

    without = settings.enrich.after_load_without
    summary = enriching.run(home, settings, without=without, workers=workers, quiet=quiet)
    if not quiet:
        enriching.tell(summary)


def tell(summary: LoadSummary, naan: str) -> None:
    """Say what a load did."""
    from fonds.archive.ark import TEST_NAAN  # noqa: PLC0415
    from fonds.cli.output import print_line  # noqa: PLC0415

    state = "stopped early" if summary.interrupted else "loaded"
    print_line(
        f"{summary.collection}: {summary.loaded} documents {state}, "
        f"{summary.new_versions} new versions, {summary.unchanged} unchanged, "
        f"{summary.set_aside} set aside, {summary.kept} kept beside; "
        f"{summary.files} files in {summary.seconds:.1f} s"
        f" ({summary.documents_per_second:.0f} documents/s)"
    )
    if summary.duplicates:
        print_line(
            f"  {summary.duplicates} are a work that another document is, too: fonds duplicates"
        )
    if summary.completed:
        print_line(f"  {summary.completed} got missing values from a record of the same work")
    for code, count in summary.set_aside_by_code.items():
        print_line(f"  set aside: {count} × {code}")
    if summary.set_aside:
        print_line("  fonds report says why, and where in each file.")
    if naan == TEST_NAAN and summary.loaded:
        print_line(
            f"  These ARKs are for tests (NAAN {TEST_NAAN}); set archive.naan in fonds.toml"
            " before loading for good."
        )
