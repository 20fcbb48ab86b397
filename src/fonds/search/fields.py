"""The one table of fields: name, type, forms and meaning of everything that can be searched.

The table itself is `fields.tsv`. The index schema, `/mapping`, the checks of a query, facets,
sorting and the reference page are made from it. Forms: `f` is the field; `f.raw` its whole
values, case and all; `f.exact` its words with case and accents as they are written.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import chain
from types import MappingProxyType
from typing import Any, Literal

import msgspec

Kind = Literal["text", "keyword", "year", "integer", "float", "boolean", "document", "count"]
Value = str | int | float | bool

RAW = ".raw"
EXACT = ".exact"

# what old and other clients call a field
ALIASES: Mapping[str, str] = MappingProxyType(
    {
        "score": "qualityIndicators.score",
        "pdfWordCount": "qualityIndicators.pdfWordCount",
        "pdfCharCount": "qualityIndicators.pdfCharCount",
        "pdfVersion": "qualityIndicators.pdfVersion",
        "refBibsNative": "qualityIndicators.refBibsNative",
        "wos": "categories.wos",
        "subject.language": "subject.lang",
        "keywords.teeft.keyterm": "keywords.teeft",
    }
)

_YEAR = re.compile(r"\s*(\d{4})(?:\D.*)?", re.ASCII | re.DOTALL)
_MOST_DIGITS = 15  # beyond it a "number" is an identifier, and floats are no longer exact


# what enrichments read from the text; where a text may not be searched, these may not be, either
_FROM_TEXT = ("fulltext", "keywords.", "namedEntities.", "categories.nb")


def from_text(name: str) -> bool:
    """Tell whether a field holds the text, or what enrichments read from it."""
    return name.startswith(_FROM_TEXT)


class Field(msgspec.Struct, frozen=True):
    """One field of a record that can be searched."""

    name: str
    kind: Kind
    raw: bool  # has the form f.raw
    exact: bool  # has the form f.exact
    english: str
    french: str

    @property
    def computed(self) -> bool:
        """Tell whether it stands in no record and no index, but is worked out from all of them."""
        return self.kind in ("document", "count")

    @property
    def facet(self) -> bool:
        """Tell whether its values can be counted."""
        return self.raw or self.kind not in ("text", "keyword", "document", "count")

    @property
    def sort(self) -> bool:
        """Tell whether results can be ordered by it."""
        return self.facet


def _read() -> tuple[Field, ...]:
    text = resources.files("fonds.search").joinpath("fields.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return tuple(
        Field(
            name=name,
            kind=msgspec.convert(kind, Kind),
            raw=(kind in ("text", "keyword") and flags != "no-raw") or flags == "raw",
            exact=flags == "exact",
            english=english,
            french=french,
        )
        for name, kind, flags, english, french in rows
    )


FIELDS: tuple[Field, ...] = _read()
BY: Mapping[str, Field] = MappingProxyType({field.name: field for field in FIELDS})


@cache
def find(name: str) -> Field | None:
    """Return the field a name in a query means, whatever its form; None if there is none."""
    plain = ALIASES.get(name, name)
    field = BY.get(plain)
    if field is not None:
        return field
    for form in (RAW, EXACT):
        field = BY.get(ALIASES.get(plain.removesuffix(form), plain.removesuffix(form)))
        if plain.endswith(form) and field is not None:
            has = field.raw if form == RAW else field.exact
            return field if has else None
    return None


@cache
def canonical(name: str) -> str:
    """Return a name with its alias resolved, the form kept."""
    for form in (RAW, EXACT):
        if name.endswith(form) and name not in BY:
            return ALIASES.get(name.removesuffix(form), name.removesuffix(form)) + form
    return ALIASES.get(name, name)


@cache
def expand(pattern: str) -> tuple[str, ...]:
    """Return the fields that a pattern such as `author.*`, or an object such as `host`, means."""
    if "*" not in pattern:
        return tuple(field.name for field in FIELDS if field.name.startswith(f"{pattern}."))
    form = next((form for form in (RAW, EXACT) if pattern.endswith(form)), "")
    plain = pattern.removesuffix(form)
    test = re.compile(".*".join(re.escape(part) for part in plain.split("*")))
    names = (field.name + form for field in FIELDS if test.fullmatch(field.name))
    return tuple(name for name in names if find(name) is not None)


def nearest(name: str) -> str | None:
    """Return the field whose name is most like a wrong one, if any is."""
    names = {known.lower(): known for known in (*BY, *ALIASES)}
    last = {known.rpartition(".")[2].lower(): known for known in reversed(tuple(BY))}
    found = difflib.get_close_matches(name.lower(), list(names), n=1, cutoff=0.75)
    if found:
        return names[found[0]]
    return last.get(name.rpartition(".")[2].lower())


def number(field: Field, value: Value) -> int | float | None:
    """Return the number a value of a typed field stands for; None when it is not one."""
    if isinstance(value, bool | int | float):
        return value
    if field.kind == "year":
        match = _YEAR.fullmatch(value)
        return int(match[1]) if match else None
    text = value.strip()
    plain = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if plain else None


def values(record: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Return the values of every field a decoded record has; of one field, in their order."""
    found: dict[str, list[Any]] = {}
    _collect([record], _paths(), found)
    enrichments = record.get("enrichments")
    if enrichments:
        found["enrichments.type"] = list(enrichments)
    return found


_Paths = dict[str, Any]  # key -> name of a field, or the paths below


@cache
def _paths() -> _Paths:
    paths: _Paths = {}
    for field in FIELDS:
        if field.computed:
            continue
        *parents, leaf = field.name.split(".")
        node = paths
        for parent in parents:
            node = node.setdefault(parent, {})
        node[leaf] = field.name
    del paths["enrichments"]  # an object whose keys are the values
    for files in ("fulltext",):  # in a record this name holds files; the text is not in it
        paths.pop(files, None)
    return paths


def _collect(
    nodes: Sequence[Mapping[str, Any]], paths: _Paths, found: dict[str, list[Any]]
) -> None:
    """Take field by field from all objects of one kind, a short loop for each."""
    for key, below in paths.items():
        held: list[Any] = [node[key] for node in nodes if key in node]
        if not held:
            continue
        if list in set(map(type, held)):
            lists = (value if isinstance(value, list) else (value,) for value in held)
            held = list(chain.from_iterable(lists))
        if isinstance(below, str):
            found[below] = held
        else:
            _collect(held, below, found)


def names(fields: Iterable[Field] = FIELDS) -> tuple[str, ...]:
    """Return every name a query may use, each form by itself."""
    found: list[str] = []
    for field in fields:
        found.append(field.name)
        found += [field.name + RAW] if field.raw else []
        found += [field.name + EXACT] if field.exact else []
    return tuple(found)
