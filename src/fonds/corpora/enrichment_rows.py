"""Enrichments as tables: a row for each term, entity, reference or category of each document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from fonds.archive.archive import Archive
from fonds.archive.model import StoredFile
from fonds.corpora.tables import Column, Kind, Row
from fonds.errors import ParameterInvalid
from fonds.search.engine import Ords

May = Callable[[bytes], bool]  # given a document's record
Item = dict[str, Any]
_CHUNK = 500  # documents read at a time
_DOCUMENT = (Column("id", ("id",), "text", several=False),
             Column("arkIstex", ("arkIstex",), "text", several=False))  # fmt: skip


class Listed(msgspec.Struct, frozen=True):
    """How the result of an enrichment becomes rows."""

    items: Callable[[Item], Iterable[Item]]
    columns: tuple[Column, ...]


class _Envelope(msgspec.Struct, frozen=True, rename="camel"):
    id: str
    ark_istex: str
    result: Item


def _of(name: str) -> Callable[[Item], Iterable[Item]]:
    """Return what gives a list of the result, each item with the result's own plain values."""

    def items(result: Item) -> Iterator[Item]:
        whole = {key: value for key, value in result.items() if not isinstance(value, list | dict)}
        yield from ({**whole, **one, "place": at} for at, one in enumerate(result.get(name, ())))

    return items


def _places(result: Item) -> Iterator[Item]:
    for label, one in zip(result["labels"], result["places"], strict=False):
        yield {"scheme": "lcc", "category": label, "language": result["language"], **one}


def _schemes(result: Item) -> Iterator[Item]:
    for scheme, paths in result["schemes"].items():
        for path in paths:
            yield {"scheme": scheme, "category": path[-1], "path": path, "issn": result["issn"]}


def _columns(*said: str) -> tuple[Column, ...]:
    """Read columns as `name`, `name:kind`, `name=path`, `name[]` where a cell holds several."""
    found = []
    for one in said:
        rest, _, path = one.partition("=")
        rest, _, kind = rest.partition(":")
        name = rest.removesuffix("[]")
        chosen = msgspec.convert(kind or "text", Kind)
        found.append(Column(name, tuple((path or name).split(".")), chosen, rest.endswith("[]")))
    return tuple(found)


ENRICHMENTS: Mapping[str, Listed] = {
    "language": Listed(_of("parts"), _columns("part", "language", "probability:number")),
    "multicat": Listed(_schemes, _columns("scheme", "category", "path[]", "issn")),
    "nb": Listed(
        _places, _columns("scheme", "category", "code", "probability:number", "language")
    ),
    "refBibs": Listed(
        _of("references"),
        _columns(
            "place:integer", "origin", "confidence:number", "title=reference.title",
            "author[]=reference.author.name", "publicationDate=reference.publicationDate",
            "doi=reference.doi", "pmid=reference.pmid", "host=reference.host.title",
            "volume=reference.host.volume", "issue=reference.host.issue",
            "firstPage=reference.host.pages.first", "lastPage=reference.host.pages.last",
            "text=reference.text",
        ),
    ),
    "teeft": Listed(
        _of("terms"),
        _columns("language", "method", "term", "stems", "frequency:integer",
                 "specificity:number", "score:number"),
    ),
    "unitex": Listed(
        _of("entities"),
        _columns("kind", "value", "frequency:integer", "method", "confidence:number", "uri"),
    ),
}  # fmt: skip


def enrichment_columns(name: str, fields: str) -> tuple[Column, ...]:
    """Return the columns of an enrichment's table, all or those named; raises ParameterInvalid."""
    if name not in ENRICHMENTS:
        known = ", ".join(sorted(ENRICHMENTS))
        raise ParameterInvalid(name="rows", value=name[:80], reason=f"one of {known} was expected")
    all_of_them = {one.name: one for one in (*_DOCUMENT, *ENRICHMENTS[name].columns)}
    chosen = [one.strip() for one in fields.split(",") if one.strip()]
    if not chosen or "*" in chosen:
        return tuple(all_of_them.values())
    for one in chosen:
        if one not in all_of_them:
            reason = f"{name} has the columns {', '.join(all_of_them)}"
            raise ParameterInvalid(name="fields", value=one[:80], reason=reason)
    return tuple(all_of_them[one] for one in dict.fromkeys(chosen))


def enrichment_rows(
    archive: Archive, ords: Ords, name: str, chosen: Sequence[Column], may: May | None = None
) -> Iterator[tuple[int, list[Row]]]:
    """Give how many documents were looked at, and their rows, some hundred at a time.

    Documents without the enrichment have none, nor those of which somebody `may` not have it.
    """
    decode = msgspec.json.Decoder(_Envelope).decode
    listed = ENRICHMENTS[name]
    for at in range(0, len(ords), _CHUNK):
        part = ords[at : at + _CHUNK].tolist()
        located = archive.located(part)
        rows: list[Row] = []
        for number in part:
            files = located[number].files if number in located else ()
            file = _file(files, name)
            if file is None or (may is not None and not may(archive.read(files[0]))):
                continue
            found = decode(archive.read(file))
            document = {"id": found.id, "arkIstex": found.ark_istex}
            rows += [
                [column.of({**one, **document}) for column in chosen]
                for one in listed.items(found.result)
            ]
        yield len(part), rows


def _file(files: Iterable[StoredFile], name: str) -> StoredFile | None:
    wanted = ("enrichments", f"{name}.json")
    return next((one for one in files if (one.typology, one.extension) == wanted), None)
