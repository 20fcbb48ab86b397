"""The bibliography of WileyML."""

from __future__ import annotations

from collections.abc import Iterator

from fonds.record import Reference
from fonds.sources import parts, values
from fonds.sources.formats.wiley.people import person
from fonds.sources.markup import readable, words
from fonds.sources.xml import Element

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_TITLES = ("articleTitle", "chapterTitle", "otherTitle", "dataTitle")
_HOSTS = ("journalTitle", "dataRepository", "bookSeriesTitle")
_ENTRY = frozenset({"bookTitle", "vol", "issue", "pageFirst", "pageLast", "eLocator", *_HOSTS})
_DOI = "doi.org/"


def references(bibliography: Element | None) -> tuple[Reference, ...]:
    """Return every reference in order; the first citation of an entry has its key."""
    if bibliography is None:
        return ()
    return tuple(_references(bibliography))


def _references(bibliography: Element) -> Iterator[Reference]:
    for entry in bibliography.iter("bib"):
        for number, citation in enumerate(entry.findall("citation")):
            key = entry.get(_ID) if number == 0 else citation.get(_ID)
            found = _reference(citation, key or "")
            if found is not None:
                yield found


def _reference(citation: Element, key: str) -> Reference | None:
    title = readable(next((e for e in citation if e.tag in _TITLES), None))
    found = parts.texts(citation, _ENTRY)
    book = found.get("bookTitle", "")
    year = citation.find("pubYear")
    journal = next((found[name] for name in _HOSTS if name in found), "")
    return parts.reference(
        citation,
        key,
        title=title or book,
        authors=[
            person(e) if e.tag == "author" else parts.group(words(e))
            for e in citation
            if e.tag in ("author", "groupName")
        ],
        editors=[person(e) for e in citation.findall("editor")],
        date=(year.get("year") or words(year)) if year is not None else "",
        doi=_doi(citation),
        host=journal or (book if title else ""),
        volume=found.get("vol", ""),
        issue=found.get("issue", ""),
        begin=found.get("pageFirst") or found.get("eLocator", ""),
        end=found.get("pageLast", ""),
    )


def _doi(citation: Element) -> str:
    written = [e.get("href") or words(e) for e in citation.findall("url")]
    written += [words(e) for e in citation.findall("doi")]
    return next((text for text in written if _DOI in text or values.doi(text)), "")
