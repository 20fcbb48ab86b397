"""`fonds status`: what a home holds."""

from __future__ import annotations

from fonds.cli.options import DEFAULT_HOME, Home, Json


def command(home: Home = DEFAULT_HOME, as_json: Json = False) -> None:
    """Show what is there: collections, documents, what was set aside, and the index."""
    from fonds.archive.ark import TEST_NAAN  # noqa: PLC0415
    from fonds.cli.output import megabytes, print_json, print_line, print_table  # noqa: PLC0415
    from fonds.cli.state import read_state  # noqa: PLC0415
    from fonds.settings import read_settings  # noqa: PLC0415

    settings = read_settings(home)
    state = read_state(home, settings)
    if as_json:
        print_json(state)
        return
    print_table(
        ("collection", "documents ", "versions ", "size ", "set aside ", "last load"),
        [
            (c.name, f"{c.documents:,}", f"{c.versions:,}", megabytes(c.bytes),
             f"{c.set_aside:,}", c.last)
            for c in state.collections
        ],
    )  # fmt: skip
    print_line(f"{state.documents:,} documents, {state.indexed:,} of them searchable")
    if state.enrichments:
        print_table(
            ("enrichment", "version ", "outcome", "documents ", "ms each "),
            [
                (e.name, f"{e.version}", e.status, f"{e.documents:,}", f"{e.milliseconds:,.1f}")
                for e in state.enrichments
            ],
        )
    if state.indexed != state.documents:
        print_line("The index is behind the archive: the next load, or fonds rebuild, mends it.")
    if settings.archive.naan == TEST_NAAN:
        print_line(f"ARKs are made with the NAAN for tests ({TEST_NAAN}): set archive.naan.")
