"""`fonds search`: the API's answer on the command line."""

from __future__ import annotations

from typing import Annotated

import typer

from fonds.cli.options import DEFAULT_HOME, Home, Json


def command(
    query: Annotated[str, typer.Argument(help="A query in Lucene syntax; * is everything.")],
    home: Home = DEFAULT_HOME,
    size: Annotated[int, typer.Option(help="How many documents to show.")] = 10,
    offset: Annotated[int, typer.Option("--from", help="The place of the first one.")] = 0,
    facet: Annotated[str, typer.Option(help="Facets, as the API's parameter.")] = "",
    output: Annotated[str, typer.Option(help="Fields, as the API's parameter.")] = "",
    sort: Annotated[str, typer.Option(help="Order, as the API's sortBy.")] = "",
    as_json: Json = False,
) -> None:
    """Search a home."""
    from fonds.cli.searching import run  # noqa: PLC0415

    parameters = {"q": query, "size": str(size), "from": str(offset), "facet": facet,
                  "output": output, "sortBy": sort}  # fmt: skip
    run(home, {key: value for key, value in parameters.items() if value}, as_json=as_json)
