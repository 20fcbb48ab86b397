"""The reference page of the contract: every line that the tests ask, and where Fonds differs."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from fonds.web.api.contract import Line, contract

_TITLES = {
    "1.0": "Conventions, errors, statuses",
    "1.1": "/document",
    "1.2": "Walks (scroll)",
    "1.3": "Stored queries",
    "1.4": "Documents by id",
    "1.5": "Documents by ARK",
    "1.6": "Extraction",
    "1.7": "OpenURL",
    "1.8": "multiopenurl, headers of files",
    "1.9": "/corpus",
    "1.10": "/mapping",
    "1.11": "/properties",
    "1.12": "Access",
    "1.13": "Documentation",
    "2.1": "Query language",
    "2.2": "Analysis of text",
    "2.3": "Odd inputs",
    "2.4": "Searchable fields",
    "3.1": "Names of facets",
    "3.2": "Facets",
    "3.3": "Facets of istex-search",
    "3.4": "Limits",
    "3.5": "Order",
    "3.7": "Output",
    "3.8": ".corpus files",
    "4.1": "The record",
    "4.2": "Types of files",
    "4.4": "Identifiers",
    "4.7": "MODS",
    "4.8": "TEI",
    "5": "Rights",
    "12.9": "Queries of real clients",
}


def contract_page() -> Iterator[str]:
    """Give the page line by line."""
    lines = contract()
    differing = sum(bool(line.differs) for line in lines)
    yield from ("# The contract, line by line", "")
    yield "What programs written for the national ISTEX service count on."
    yield "`tests/web/api/test_contract.py` asks every line of a running server; a line that fails"
    yield "breaks the build, so what stands here holds."
    yield from ("", f"{len(lines)} lines; {len(lines) - differing} as the contract says (✔), "
                f"{differing} otherwise on purpose (≠, with the reason).")  # fmt: skip
    yield "`closed` before a request: asked of a server where every collection is restricted."
    by_section = groupby(sorted(lines, key=_place), key=lambda line: line.section)
    for section, found in by_section:
        yield from ("", f"## {section} {_TITLES.get(section, '')}".rstrip(), "")
        yield from ("| | | what | request | status | expected |", "|---|---|---|---|---|---|")
        yield from map(_row, found)


def _place(line: Line) -> tuple[int, ...]:
    return tuple(int(part) for part in line.section.split("."))


def _row(line: Line) -> str:
    mark = f"≠ {_plain(line.differs)}" if line.differs else "✔"
    cells = (mark, line.kind, _plain(line.item), _code(line.request), str(line.status))
    return f"| {' | '.join(cells)} | {_code(line.expects)} |"


def _plain(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


def _code(text: str) -> str:
    """Return a text as code in a table; a backquote inside asks for two around it."""
    if not text:
        return ""
    fence = "``" if "`" in text else "`"
    return f"{fence}{text.replace('|', chr(92) + '|')}{fence}"
