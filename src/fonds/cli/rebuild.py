"""`fonds rebuild`: catalogue and index, from the packs alone."""

from __future__ import annotations

from fonds.cli.options import DEFAULT_HOME, Home, Json


def command(home: Home = DEFAULT_HOME, as_json: Json = False) -> None:
    """Make catalogue and index again from the packs; identifiers and answers stay the same."""
    from fonds.cli.output import print_json, print_line  # noqa: PLC0415
    from fonds.cli.refreshing import refresh_enriched, refresh_holdings  # noqa: PLC0415
    from fonds.cli.waiting import waiting  # noqa: PLC0415
    from fonds.errors import HomeNotFound  # noqa: PLC0415
    from fonds.loading.rebuild import rebuild  # noqa: PLC0415
    from fonds.settings import read_settings  # noqa: PLC0415

    if not (home / "archive").is_dir():
        raise HomeNotFound(home=home)
    with waiting("rebuilding", quiet=as_json) as progress:
        settings = read_settings(home)
        summary = rebuild(home, settings, progress)
        refresh_holdings(home, settings)
        refresh_enriched(home, settings)
    if as_json:
        print_json(summary)
    else:
        print_line(
            f"Rebuilt from {summary.packs} packs: {summary.documents:,} documents, "
            f"{summary.indexed:,} indexed, in {summary.seconds:.1f} s."
        )
