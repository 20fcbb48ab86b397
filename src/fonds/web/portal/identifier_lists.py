"""A list of identifiers, pasted or in a file: which of them are documents, which are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from fonds.archive import ark as arks
from fonds.search.engine import SearchRequest
from fonds.search.query.tree import Boolean, Clause, Phrase
from fonds.web.resolver.openurl import read_identifier
from fonds.web.services import Services

MOST = 10_000  # identifiers
MOST_BYTES = 2 * 1024 * 1024  # of a list
_TOGETHER = 500  # looked up in one search
_SHOWN = 2_000  # of those not found, on the page
_PARTS = re.compile(r"[\s,;|\"<>]+")
_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ID = re.compile(r"[0-9A-Fa-f]{40}")
_PMCID = re.compile(r"PMC\d{2,9}", re.IGNORECASE)
_NUMBER = re.compile(r"\d{4,9}")
_FIELDS = {"doi": "doi", "pmid": "pmid.raw", "pmcid": "pmcid.raw", "pii": "pii.raw"}

Identifier = tuple[str, str]  # kind, value


class _Brief(msgspec.Struct, frozen=True, rename="camel"):
    id: str = ""
    doi: tuple[str, ...] = ()
    pmid: tuple[str, ...] = ()
    pmcid: tuple[str, ...] = ()
    pii: tuple[str, ...] = ()


class ListResult(msgspec.Struct, frozen=True):
    """What a list of identifiers found."""

    given: int  # identifiers read, each once
    found: int  # of them that are documents
    ids: tuple[str, ...]  # of the documents, in the order of the list
    missing: tuple[str, ...]  # identifiers without a document, in their order
    unread: tuple[str, ...]  # lines in which no identifier was seen
    cut: int  # identifiers beyond the most that are looked up


_decode = msgspec.json.Decoder(_Brief).decode


def look_up(services: Services, text: str) -> ListResult:
    """Look up every identifier of a text."""
    unread: list[str] = []
    read: dict[Identifier, None] = {}
    for line in text.splitlines():
        found = list(_identifiers(line))
        read.update(dict.fromkeys(found))
        if not found and line.strip():
            unread.append(line.strip()[:200])
    given = list(read)
    wanted = given[:MOST]
    held = {one: ids for kind in _FIELDS for one, ids in _found(services, kind, wanted).items()}
    for one in wanted:
        if one[0] in ("ark", "id"):
            identifier = _direct(services, one)
            if identifier:
                held[one] = (identifier,)
    ids = dict.fromkeys(identifier for one in wanted for identifier in held.get(one, ()))
    missing = [value for kind, value in wanted if (kind, value) not in held]
    return ListResult(
        given=len(wanted),
        found=len(wanted) - len(missing),
        ids=tuple(ids),
        missing=tuple(missing),
        unread=tuple(unread[:_SHOWN]),
        cut=len(given) - len(wanted),
    )


def query_of(ids: Sequence[str]) -> str:
    """Return the query that finds documents by their ids."""
    return f"id:({' '.join(ids)})"


def _identifiers(line: str) -> Iterator[Identifier]:
    """Give the identifiers of a line: of a list, or of one column of a table."""
    whole = read_identifier(line.strip())
    if whole is not None and whole[0] in ("doi", "pmid", "ark", "pii"):
        yield _plain(*whole)
        return
    parts = [part for part in _PARTS.split(line) if part]
    alone = len(parts) == 1
    for part in parts:
        one = _identifier(part, alone=alone)
        if one is not None:
            yield one


def _identifier(part: str, *, alone: bool) -> Identifier | None:
    kind, value = read_identifier(part) or ("", "")
    if kind in ("doi", "pmid", "ark", "pii"):
        return _plain(kind, value)
    if match := _DOI.search(part):
        return _plain("doi", match.group().rstrip(".)"))
    if _ID.fullmatch(part):
        return "id", part.upper()
    if _PMCID.fullmatch(part):
        return "pmcid", part.upper()
    if alone and _NUMBER.fullmatch(part):
        return "pmid", part
    return None


def _plain(kind: str, value: str) -> Identifier:
    return kind, value.lower() if kind == "doi" else value


def _found(
    services: Services, kind: str, wanted: Iterable[Identifier]
) -> dict[Identifier, tuple[str, ...]]:
    """Return the ids of the documents of each identifier of one kind."""
    values = [value for one, value in wanted if one == kind]
    held: dict[Identifier, tuple[str, ...]] = {}
    for start in range(0, len(values), _TOGETHER):
        part = values[start : start + _TOGETHER]
        for brief in _ask(services, _FIELDS[kind], part):
            for value in getattr(brief, kind):
                one = _plain(kind, value)
                held[one] = (*held.get(one, ()), brief.id)
    asked = set(values)
    return {one: ids for one, ids in held.items() if one[1] in asked}


def _ask(services: Services, field: str, values: Sequence[str]) -> Iterator[_Brief]:
    clauses = tuple(
        Clause("should", Phrase(start=0, end=0, field=field, text=value)) for value in values
    )
    question = Boolean(start=0, end=0, clauses=clauses)
    most = services.settings.search.page_size
    found = services.search.search(SearchRequest(query=question, size=most))
    return (_decode(hit.source) for hit in found.hits)


def _direct(services: Services, one: Identifier) -> str:
    kind, value = one
    if kind == "id":
        document = services.archive.by_id(value)
    else:
        ark = arks.parse(value)
        document = services.archive.by_ark(str(ark)) if ark is not None else None
    return document.id if document is not None else ""
