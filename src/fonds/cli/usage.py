"""`fonds usage`: what was read, as COUNTER reports."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from fonds.cli.options import DEFAULT_HOME, Home, Json


class Action(StrEnum):
    """What to do with usage."""

    report = "report"
    tally = "count"
    key = "key"


class Format(StrEnum):
    """How a report is written."""

    tsv = "tsv"
    json = "json"


def command(
    action: Annotated[Action, typer.Argument(help="report, count or key.")],
    name: Annotated[
        str, typer.Argument(help="report: pr, pr_p1, tr, tr_j1 ... ir, ir_a1; key: nothing.")
    ] = "",
    begin: Annotated[str, typer.Option(help="First month, yyyy-mm; default: the last one.")] = "",
    end: Annotated[str, typer.Option(help="Last month, yyyy-mm; default: the last one.")] = "",
    format: Annotated[Format, typer.Option(help="tsv or json.")] = Format.tsv,  # noqa: A002
    institution: Annotated[
        str, typer.Option(help="Key of an institution of access.toml; default: everybody.")
    ] = "",
    show: Annotated[
        str, typer.Option(help="Attributes a master report splits by: YOP|Access_Type|...")
    ] = "",
    only: Annotated[
        list[str] | None, typer.Option(help="A filter, as data_type=Journal; may be repeated.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write; default: the screen.")
    ] = None,
    home: Home = DEFAULT_HOME,
    json: Json = False,
) -> None:
    """Write a usage report (COUNTER R5.1), count finished days, or make a key for reports."""
    from fonds.cli.using import count, key, report  # noqa: PLC0415

    match action:
        case Action.report:
            asked = {"attributes_to_show": show, "begin_date": begin, "end_date": end}
            pairs = (one.partition("=") for one in only or ())
            asked.update({field: value for field, _, value in pairs})
            kind = "json" if json else format.value
            report(home, name, {k: v for k, v in asked.items() if v}, institution, kind, output)
        case Action.tally:
            count(home, as_json=json)
        case Action.key:
            key()
