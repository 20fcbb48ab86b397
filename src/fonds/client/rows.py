"""Flat rows out of records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any


def row(record: dict[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    """Return the values of fields; where a path crosses a list, a list."""
    return {field: _cell(record, field.split(".")) for field in fields}


def _cell(value: Any, path: list[str]) -> Any:
    found, several = list(_values(value, path)), _crosses(value, path)
    return found if several else (found[0] if found else None)


def _values(value: Any, path: list[str]) -> Iterator[Any]:
    if isinstance(value, list):
        for item in value:
            yield from _values(item, path)
    elif not path:
        yield value
    elif isinstance(value, dict) and path[0] in value:
        yield from _values(value[path[0]], path[1:])


def _crosses(value: Any, path: list[str]) -> bool:
    for name in path:
        if not isinstance(value, dict):
            break
        value = value.get(name)
    return isinstance(value, list)
