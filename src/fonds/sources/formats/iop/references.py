"""The bibliography of an iopart article."""

from __future__ import annotations

import re

from fonds.record import Contributor, Reference
from fonds.sources import parts
from fonds.sources.markup import readable, words
from fonds.sources.xml import Element

_ENTRIES = ("journal-ref", "book-ref", "conf-ref", "misc-ref")
_BOOKS = ("book-title", "conf-title", "source", "thesis")
_NAME = frozenset({"first-names", "second-name"})
_ENTRY = frozenset(
    {"pages", "jnl-title", "year", "volume", "issno", "issue", "art-number", *_BOOKS}
)
_SPAN = re.compile(r"^(?:pp? )?(\S+?)(?:[-–](\S+))?$")


def references(back: Element | None) -> tuple[Reference, ...]:
    """Return every reference in order, also those of one number."""
    if back is None:
        return ()
    found = (_reference(entry) for entry in back.iter(*_ENTRIES))
    return tuple(reference for reference in found if reference is not None)


def _reference(entry: Element) -> Reference | None:
    found = parts.texts(entry, _ENTRY)
    span = _SPAN.match(found.get("pages", ""))
    title = readable(entry.find("art-title"))
    book = next((found[name] for name in _BOOKS if name in found), "")
    journal = found.get("jnl-title", "")
    return parts.reference(
        entry,
        _key(entry),
        title=title or ("" if journal else book),
        authors=_people(entry.find("authors")),
        editors=_people(entry.find("editors")),
        date=found.get("year", ""),
        doi=parts.first(entry, "crossref/cr_doi"),
        host=journal or (book if title else ""),
        volume=found.get("volume") or parts.first(entry, "series/volume"),
        issue=found.get("issno") or found.get("issue", ""),
        begin=span[1] if span else found.get("art-number", ""),
        end=span[2] or "" if span else "",
    )


def _key(entry: Element) -> str:
    """Return the entry's id; the first of several under one number has the number's."""
    above = entry.getparent()
    is_first = above is not None and above.tag in ("multipart", "ref-group")
    if is_first and entry.getprevious() is None and above is not None:
        return above.get("id") or entry.get("id") or ""
    return entry.get("id") or ""


def _person(names: dict[str, str]) -> Contributor | None:
    return parts.person(names.get("first-names", ""), names.get("second-name", ""))


def _people(place: Element | None) -> list[Contributor | None]:
    if place is None:
        return []
    return [
        parts.group(words(e)) if e.tag == "collaboration" else _person(parts.texts(e, _NAME))
        for e in place
        if e.tag in ("au", "author", "collaboration")
    ]
