"""Printing: JSON for programs, plain tables for people."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

import msgspec


def print_json(value: object) -> None:
    """Print one JSON document."""
    sys.stdout.buffer.write(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")
    sys.stdout.buffer.flush()


def print_bytes(data: bytes) -> None:
    """Print a file as it is."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def print_line(text: str = "") -> None:
    """Print a line."""
    print(text, flush=True)  # noqa: T201  # a log shows the address of a server at once


def print_table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table whose width follows its content."""
    from rich.console import Console  # noqa: PLC0415  # slow to import
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in head:
        numeric = name.endswith(" ")
        table.add_column(name.strip(), justify="right" if numeric else "left", overflow="fold")
    for row in rows:
        table.add_row(*row)
    Console(highlight=False, markup=False).print(table)


def megabytes(count: int) -> str:
    """Return a size for people."""
    return f"{count / 1e6:,.1f} MB"
