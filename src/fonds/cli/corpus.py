"""`fonds corpus`: corpora kept for good, and what a corpus says as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fonds.cli.options import DEFAULT_HOME, Home, Json

_NAME = typer.Argument(help="The ARK of a corpus, or an analysis; without it, all are listed.")
_QUERY = typer.Argument(help="What an analysis looks at: a query, or the ARK of a corpus.")
_SET = typer.Option("--set", help="A parameter of the analysis: name=value.")
_BESIDE = typer.Option(help="A second query or corpus, for a comparison.")
_FORM = typer.Option("--format", help="csv, jsonl, parquet, svg, json, or its own: tbx, gexf, ...")
_OUTPUT = typer.Option("-o", "--output", help="A file; its ending says the format.")


def command(
    name: Annotated[str, _NAME] = "",
    query: Annotated[str, _QUERY] = "",
    home: Home = DEFAULT_HOME,
    rerun: Annotated[
        bool, typer.Option("--rerun", help="Ask its question again: what was added, removed.")
    ] = False,
    write: Annotated[Path | None, typer.Option(help="Write it as a .corpus file.")] = None,
    given: Annotated[list[str] | None, _SET] = None,
    beside: Annotated[str, _BESIDE] = "",
    form: Annotated[str, _FORM] = "",
    part: Annotated[str, typer.Option(help="Only this table or picture.")] = "",
    output: Annotated[Path | None, _OUTPUT] = None,
    as_json: Json = False,
) -> None:
    """List the corpora kept by `fonds export --keep`, show one, or analyse what a query finds.

    `fonds corpus profile QUERY`, `fonds corpus terminology QUERY -o terms.tbx`.
    """
    if query or (name and not name.startswith("ark:") and "-" not in name):
        from fonds.cli.analysing import Order, analyse, read_given  # noqa: PLC0415

        order = Order(name, query or "*", beside, read_given(given or ()), form, part, output,
                      as_json)  # fmt: skip
        analyse(home, order)
        return
    from fonds.cli.keeping import listing, show  # noqa: PLC0415

    if name:
        show(home, name, rerun=rerun, write=write, as_json=as_json)
    else:
        listing(home, as_json=as_json)
