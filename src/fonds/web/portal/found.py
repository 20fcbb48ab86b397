"""What mining found in a document, as its page shows it: each value leads to others that have it.

Read from the record as the visitor may see it (`web/redaction.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from fonds.search.query.printer import quote

_MOST = 20  # values of a kind; the JSON has all


class _Keywords(msgspec.Struct, frozen=True):
    teeft: tuple[str, ...] = ()


class _Categories(msgspec.Struct, frozen=True):
    nb: tuple[str, ...] = ()


class _Unitex(msgspec.Struct, frozen=True, rename={"place": "placeName", "organisation": "orgName",
                                                   "funder": "orgName_funder"}):  # fmt: skip
    place: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    funder: tuple[str, ...] = ()


class _Entities(msgspec.Struct, frozen=True):
    species: tuple[str, ...] = ()
    concept: tuple[str, ...] = ()
    unitex: _Unitex = _Unitex()


class _Record(msgspec.Struct, frozen=True, rename="camel"):
    keywords: _Keywords = _Keywords()
    categories: _Categories = _Categories()
    named_entities: _Entities = _Entities()


class Value(msgspec.Struct, frozen=True):
    """A value, and the question that finds the documents that have it."""

    value: str
    query: str


class Group(msgspec.Struct, frozen=True):
    """Values of one kind; `more` are not shown."""

    kind: str
    values: tuple[Value, ...]
    more: int


_read = msgspec.json.Decoder(_Record).decode


def read_found(record: bytes) -> tuple[Group, ...]:
    """Return terms, subjects and entities of a record; kinds without a value are left out."""
    read = _read(record)
    entities, unitex = read.named_entities, read.named_entities.unitex
    kinds = (
        ("terms", "keywords.teeft", read.keywords.teeft),
        ("subjects", "categories.nb", read.categories.nb),
        ("species", "namedEntities.species", entities.species),
        ("places", "namedEntities.unitex.placeName", unitex.place),
        ("organisations", "namedEntities.unitex.orgName", unitex.organisation),
        ("funders", "namedEntities.unitex.orgName_funder", unitex.funder),
        ("concepts", "namedEntities.concept", entities.concept),
    )
    return tuple(_groups(kinds))


def _groups(kinds: Iterable[tuple[str, str, tuple[str, ...]]]) -> Iterator[Group]:
    for kind, field, values in kinds:
        if values:
            shown = tuple(Value(one, f"{field}.raw:{quote(one)}") for one in values[:_MOST])
            yield Group(kind, shown, max(0, len(values) - _MOST))
