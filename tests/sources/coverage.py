"""How many documents' sources carry a value, against how many records have it, by format.

What a source carries is told by a crude path that looks for the element and nothing else, so that
a reader that overlooks it is seen. `python -m tests.agreement` writes docs/reference/coverage.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from fonds.record import Record, Reference
from fonds.settings import LimitSettings
from fonds.sources import entities, instructions
from fonds.sources.detect import load_readers, read_bytes, unzipped
from fonds.sources.model import Reading
from fonds.sources.xml import Element, Parsed, parse, without_namespaces
from tests.conftest import DATA

PAGE = "coverage.md"
_LEFT_OUT = frozenset({"malformed", "packages", "dtds"})
_NO_TEXT = frozenset(
    {".pdf", ".jpg", ".png", ".gif", ".tsv", ".md", ".json", ".gz", ".jsonl", ".mrc"}
)

_REASONS = {
    "acl-anthology doi": "it is no DOI (`10.1162/`)",
    "crossref-deposit affiliation": "the deposit gives the mark that leads to the name",
    "datacite abstracts": "the second description says where it appeared",
    "datacite issn": "the related item is one that it cites",
    "datacite pages": "the related item is one that it cites",
    "elsevier affiliation": "it is the members' of a collaboration, who are not the authors",
    "elsevier orcid": "it is a member's of a collaboration, who is not the author",
    "jats abstracts": "the second abstract is a picture",
    "marcxml language": "field 008 is too short, or names none",
    "mods language": "it is the language of the cataloguing",
    "oai-pmh abstract": "HAL's description says `International audience` only",
    "oai-pmh doi": "CiteSeerX calls its own number a doi",
    "pubmed pages": "the pages are a count of words",
    "springer orcid": "it is no ORCID (`my-test-orcid`)",
}


def _is_structured(reference: Reference) -> bool:
    return bool(reference.title or reference.author or reference.host)


FIELDS: dict[str, Callable[[Record], bool]] = {
    "doi": lambda r: bool(r.doi),
    "pii": lambda r: bool(r.pii),
    "pmid": lambda r: bool(r.pmid),
    "issn": lambda r: r.host is not None and bool(r.host.issn or r.host.eissn),
    "isbn": lambda r: r.host is not None and bool(r.host.isbn or r.host.eisbn),
    "pages": lambda r: r.host is not None and bool(r.host.pages or r.host.article_number),
    "language": lambda r: r.language not in ((), ("unknown",)),
    "abstract": lambda r: bool(r.abstract),
    "abstracts": lambda r: bool(r.other_abstract),
    "keywords": lambda r: bool(r.subject),
    "orcid": lambda r: any(p.orcid for p in (*r.author, *r.editor)),
    "affiliation": lambda r: any(p.affiliations for p in (*r.author, *r.editor)),
    "funder": lambda r: bool(r.funder),
    "licence": lambda r: r.access_condition is not None and bool(r.access_condition.value),
    "references": lambda r: any(map(_is_structured, r.ref_bibs)),
}


class Coverage(msgspec.Struct):
    """Counts by reader and field; `missing` names documents whose record lacks a carried value."""

    documents: Counter[str] = msgspec.field(default_factory=Counter)
    carried: Counter[tuple[str, str]] = msgspec.field(default_factory=Counter)
    read: Counter[tuple[str, str]] = msgspec.field(default_factory=Counter)
    missing: list[tuple[str, str, str]] = msgspec.field(default_factory=list)


def paths() -> dict[str, dict[str, str]]:
    """Return, by reader and field, the path whose success says that the source carries a value."""
    rows = (DATA / "coverage.tsv").read_text("utf-8").splitlines()[1:]
    found: dict[str, dict[str, str]] = {}
    for reader, field, path in (row.split("\t") for row in rows):
        found.setdefault(reader, {})[field] = path
    return found


def measure(corpora: Path) -> Coverage:
    """Compare every document of the corpora with its source."""
    found, wanted = Coverage(), paths()
    for name, reading, root in _sources(corpora):
        if reading.reader not in wanted:
            continue
        found.documents[reading.reader] += 1
        for field, path in wanted[reading.reader].items():
            if _carries(root, path):
                found.carried[reading.reader, field] += 1
                if FIELDS[field](reading.record):
                    found.read[reading.reader, field] += 1
                else:
                    found.missing.append((reading.reader, field, name))
    return found


def _carries(root: Element, path: str) -> bool:
    hits = root.xpath(path)
    if not isinstance(hits, list):
        return bool(hits)
    return any(_said(hit) for hit in hits)


def _said(hit: object) -> bool:
    text = hit if isinstance(hit, str) else "".join(getattr(hit, "itertext", list)())
    return bool(text.strip())


def _sources(corpora: Path) -> Iterator[tuple[str, Reading, Element]]:
    """Give every reading with the tree of its own source, names without namespaces."""
    readers, limits = load_readers(), LimitSettings()
    for path in sorted(corpora.rglob("*")):
        inside = path.relative_to(corpora)
        if not path.is_file() or _LEFT_OUT & {*inside.parts} or path.suffix.lower() in _NO_TEXT:
            continue
        data = unzipped(path.read_bytes(), limits)
        readings = (
            read_bytes(data, readers, limits, name=path.name) if isinstance(data, bytes) else ()
        )
        for reading in readings if isinstance(readings, tuple) else ():
            own = reading.piece.data if reading.piece is not None else data
            assert isinstance(own, bytes)
            parsed = parse(entities.resolve(instructions.keep(own)), limits)
            if isinstance(parsed, Parsed):
                without_namespaces(parsed.root)
                yield str(inside), reading, parsed.root


def page(found: Coverage) -> str:
    """Return the figures as a page."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Coverage) -> Iterator[str]:
    yield "# Fields by format, measured\n"
    yield "Of the documents whose source carries an element (told by a crude path of its own, in"
    yield "`tests/data/coverage.tsv`), how many records have the value. A dash: no document here"
    yield "has such an element. Written by `python -m tests.agreement`.\n"
    yield "| format | documents | " + " | ".join(FIELDS) + " |"
    yield "|---|---:|" + "---:|" * len(FIELDS)
    for reader in sorted(found.documents):
        cells = (_cell(found, reader, field) for field in FIELDS)
        yield f"| {reader} | {found.documents[reader]} | " + " | ".join(cells) + " |"
    yield "\n## What is left\n"
    yield "| format | field | document | reason |"
    yield "|---|---|---|---|"
    for reader, field, name in sorted(set(found.missing)):
        reason = _REASONS.get(f"{reader} {field}", "")
        yield f"| {reader} | {field} | {name} | {reason} |"


def _cell(found: Coverage, reader: str, field: str) -> str:
    carried, read = found.carried[reader, field], found.read[reader, field]
    if not carried:
        return "–"
    return str(read) if read == carried else f"{read} of {carried}"
