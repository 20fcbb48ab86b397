"""Plain and cleaned text of a document, from the structure its publisher gave.

`txt` is everything a reader reads: title, abstract, body, captions. `cleaned` is running text
alone, for text mining: no captions, formulas as `_placeholder_formula_`.
"""

from __future__ import annotations

from collections.abc import Iterator

from fonds.record import Record
from fonds.sources.model import Body

_LEFT_OUT = frozenset({"figure", "table", "formula", "code", "note"})


def plain_text(record: Record, body: Body) -> str:
    """Return title, abstracts, body and captions, one blank line between blocks."""
    return "\n\n".join(_plain(record, body)) + "\n"


def cleaned_text(body: Body) -> str:
    """Return the running text of the body."""
    return "\n\n".join(block.text for block in body.blocks if block.kind not in _LEFT_OUT) + "\n"


def _plain(record: Record, body: Body) -> Iterator[str]:
    if record.title:
        yield record.title
    if record.abstract:
        yield record.abstract
    for abstract in record.other_abstract:
        yield abstract.value
    for block in body.blocks:
        yield block.text
    yield from record.figure
    yield from record.table
