"""Fields of records as the columns of a table: `title,author.name,host.title`, or `*`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, Literal

import msgspec
from msgspec import inspect

from fonds.archive.archive import Archive
from fonds.errors import ParameterInvalid
from fonds.record import Record
from fonds.search.engine import Ords

Kind = Literal["text", "integer", "number", "boolean", "object"]
Row = list[Any]
Shown = Callable[[bytes], bytes]

DEFAULT = "id,arkIstex,title,author.name,host.title,publicationDate,doi,language,genre,corpusName"
_CHUNK = 500  # records read at a time
_LEAVES: dict[type, Kind] = {
    inspect.StrType: "text",
    inspect.IntType: "integer",
    inspect.FloatType: "number",
    inspect.BoolType: "boolean",
}


class Column(msgspec.Struct, frozen=True):
    """A field as a column."""

    name: str
    path: tuple[str, ...]
    kind: Kind  # object: written as JSON where a table has plain cells only
    several: bool  # a cell holds a list

    def of(self, record: dict[str, Any]) -> Any:
        """Return the cell of a record: a list, a value or None."""
        found = list(_values(record, self.path))
        if not self.several:
            return found[0] if found else None
        return found


def read_columns(fields: str) -> tuple[Column, ...]:
    """Read a list of fields; raises ParameterInvalid for those that no record has."""
    known = columns()
    names = [name.strip() for name in (fields or DEFAULT).split(",") if name.strip()]
    if "*" in names:
        names = [name for name in known if "." not in name]
    found = []
    for name in dict.fromkeys(names):
        if name not in known:
            raise ParameterInvalid(
                name="fields", value=name[:80], reason="records have no such field"
            )
        found.append(known[name])
    return tuple(found)


def rows(
    archive: Archive, ords: Ords, chosen: Sequence[Column], shown: Shown = bytes
) -> Iterator[list[Row]]:
    """Give the rows of documents, some hundred at a time, in their order.

    `shown` leaves out of a record what somebody may not see.
    """
    decode = msgspec.json.Decoder(dict[str, Any]).decode
    for at in range(0, len(ords), _CHUNK):
        records = archive.records(ords[at : at + _CHUNK].tolist())
        yield [
            [column.of(record) for column in chosen] for record in map(decode, map(shown, records))
        ]


@cache
def columns() -> dict[str, Column]:
    """Return every field of a record as a column, by its name."""
    return {
        column.name: column for column in _columns(inspect.type_info(Record), (), several=False)
    }


def _columns(kind: inspect.Type, path: tuple[str, ...], *, several: bool) -> Iterator[Column]:
    if isinstance(kind, inspect.UnionType):
        kind = next(one for one in kind.types if not isinstance(one, inspect.NoneType))
    if isinstance(kind, inspect.VarTupleType | inspect.ListType):
        yield from _columns(kind.item_type, path, several=True)
        return
    if path:
        leaf = _LEAVES.get(type(kind), "object")
        yield Column(".".join(path), path, leaf, several)
    if isinstance(kind, inspect.StructType):
        for field in kind.fields:
            yield from _columns(field.type, (*path, field.encode_name), several=several)


def _values(value: Any, path: tuple[str, ...]) -> Iterator[Any]:
    if isinstance(value, list):
        for item in value:
            yield from _values(item, path)
    elif not path:
        yield value
    elif isinstance(value, dict) and path[0] in value:
        yield from _values(value[path[0]], path[1:])
