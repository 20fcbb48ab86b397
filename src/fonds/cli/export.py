"""`fonds export`: a result as one file or a folder; the same request gives the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fonds.cli.options import DEFAULT_HOME, Home, Json

_OUTPUT = typer.Option(
    "-o",
    "--output",
    help="By its ending: .zip, .tar.gz; a table: .csv, .jsonl, .parquet; the list alone: .corpus;"
    " else a folder to make.",
)
_FORMATS = typer.Option("--formats", help="As the API's extract: metadata[json];fulltext[txt].")
_USE = typer.Option("--use", help="Formats for lodex, cortext, gargantext or nooj.")
_TABLE = typer.Option("--table", help="Fields of a table; without, all of them.")
_ROWS = typer.Option(
    "--rows",
    help="A table with a row for each term (teeft), entity (unitex), reference (refBibs), "
    "category (nb, multicat) or part (language); --table names columns.",
)
_CORPUS = typer.Option("--corpus", help="A .corpus file: its documents, or else its query.")
_KEEP = typer.Option("--keep", help="Also keep the corpus for good, under this title.")


def command(
    query: Annotated[str, typer.Argument(help="A query in Lucene syntax; * is everything.")] = "",
    output: Annotated[Path | None, _OUTPUT] = None,
    home: Home = DEFAULT_HOME,
    formats: Annotated[str, _FORMATS] = "metadata[json]",
    use: Annotated[str, _USE] = "",
    table: Annotated[str, _TABLE] = "",
    rows: Annotated[str, _ROWS] = "",
    size: Annotated[str, typer.Option(help="How many documents; * is all.")] = "*",
    offset: Annotated[int, typer.Option("--from", min=0, help="Documents to skip.")] = 0,
    sort: Annotated[str, typer.Option(help="Order, as the API's sortBy.")] = "",
    rank: Annotated[str, typer.Option(help="Order, as the API's rankBy.")] = "",
    seed: Annotated[int | None, typer.Option(help="Makes rank=random repeatable.")] = None,
    corpus: Annotated[Path | None, _CORPUS] = None,
    keep: Annotated[str, _KEEP] = "",
    resume: Annotated[bool, typer.Option("--resume", help="Go on where it stopped.")] = False,
    as_json: Json = False,
) -> None:
    """Take documents out: files as they lie in the archive, or a table.

    Without --output, only says how large the export would be.
    """
    from fonds.cli.exporting import Order, run  # noqa: PLC0415

    run(
        home,
        Order(
            query=query,
            output=output,
            formats=formats,
            use=use,
            table=table,
            rows=rows,
            size=size,
            offset=offset,
            sort=sort,
            rank=rank,
            seed=seed,
            corpus=corpus,
            keep=keep,
            resume=resume,
        ),
        as_json=as_json,
    )
