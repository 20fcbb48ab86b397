"""The checklist of the contract: what an ISTEX client may count on, line by line.

`contract.tsv` was made from the contract; the tests ask each line of a running server, and
`make docs` writes it as a page.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import msgspec


class Line(msgspec.Struct, frozen=True):
    """One line; `differs` says why Fonds answers otherwise than the contract, where it does."""

    section: str  # of the contract
    kind: str  # endpoint, parameter, status, field, header, query
    item: str
    request: str
    status: int
    expects: str
    differs: str


@cache
def contract() -> tuple[Line, ...]:
    """Return every line, in the order of the contract."""
    text = (files("fonds.web.api") / "contract.tsv").read_text("utf-8")
    _, *rows = text.splitlines()
    return tuple(_line(row.split("\t")) for row in rows)


def _line(cells: list[str]) -> Line:
    section, kind, item, request, status, expects, differs = cells
    return Line(section, kind, item, request, int(status), expects, differs)
