"""Copernicus' metadata: one flat record for an article, texts as escaped HTML, no body."""

from __future__ import annotations

import re

from lxml import html

from fonds.errors import Finding
from fonds.record import Conference, Contributor, Host, Record, Reference
from fonds.sources import parts, values
from fonds.sources.markup import readable, words
from fonds.sources.model import Reading, Source
from fonds.sources.parts import Fields
from fonds.sources.xml import Element, local

_LINK = re.compile(r"https?://(?:dx\.)?doi\.org/(\S+?)(?=[,;.]?(?:\s|$))")
_YEAR = re.compile(r"\b(\d{4})[a-z]?\.?$")
_BACK = re.compile(r"(?<=\.) [a-z](?:, [a-z])*$")  # links back to the text: "2023. a, b"
_MEETINGS = ("symposium", "congress", "conference", "workshop", "meeting")
_SUFFIX = re.compile(r",?\s+(?:[JjSs]r\.?|I{2,3})$")
_PARTICLES = frozenset({"al", "da", "de", "del", "den", "der", "di", "dos", "du", "el", "la", "le",
                        "ten", "ter", "van", "von", "zu"})  # fmt: skip


class CopernicusReader:
    """Reads Copernicus metadata."""

    name = "copernicus"
    label = "Copernicus metadata"
    version = 2

    def recognises(self, source: Source) -> bool:
        """Tell by an `article` with a flat `article_title` and `journal/journal_title`."""
        root = source.root
        return (
            root is not None
            and local(root.tag) == "article"
            and root.find("article_title") is not None
            and root.find("journal/journal_title") is not None
        )

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read the article."""
        assert source.root is not None
        findings: list[Finding] = []
        record = _record(source.root, findings)
        return (parts.reading(record, None, findings, source.root),)


def _record(root: Element, findings: list[Finding]) -> Record:
    place = root.find("journal/publication_year")
    year = parts.year(words(place), place, findings)
    online = parts.iso_day(parts.first(root, "publication_date"))
    meeting = parts.first(root, "journal/volume_title")
    is_meeting = any(word in meeting.lower() for word in _MEETINGS)
    fields: Fields = {
        "title": _plain(root.find("article_title")),
        "genre": ("conference" if is_meeting else "article",),
        "original_genre": ("N/A",),
        **parts.spoken(root.get("language")),
        "original_date": parts.as_delivered(words(place)),
        "publication_date": year or online[:4],
        "online_date": online,
        **parts.identifiers(root.find("doi"), findings),
        "author": _authors(root),
        "abstract": _plain(root.find("abstract")),
        "subject": parts.subjects(root.iterfind("keywords/keyword"), root.get("language")),
        "fulltext_url": parts.first(root, "article_url"),
        "host": Host(
            genre=("journal",),
            title=parts.first(root, "journal/journal_title"),
            publication_date=year,
            issn=parts.issns([parts.first(root, "journal/issn")]),
            eissn=parts.issns([parts.first(root, "journal/eissn")]),
            publisher=parts.first(root, "journal/publisher"),
            volume=parts.first(root, "journal/volume_number"),
            issue=parts.first(root, "journal/issue_number"),
            pages=parts.pages(parts.first(root, "start_page"), parts.first(root, "end_page")),
            conference=(Conference(name=meeting),) if is_meeting else (),
        ),
        "ref_bibs": tuple(_reference(e) for e in root.iterfind("references/reference")),
    }
    return Record(**fields)


def _plain(element: Element | None) -> str:
    """Return a text that may be written as HTML inside the XML."""
    text = words(element)
    if element is None or "<" not in text:
        return text
    return readable(html.fragment_fromstring(text, create_parent="div"))


def _authors(root: Element) -> tuple[Contributor, ...]:
    addresses = {
        e.get("numeration") or "": _plain(e) for e in root.iterfind("affiliations/affiliation")
    }
    return parts.present(
        _author(e, [addresses.get(key, "") for key in (e.get("affiliations") or "").split(",")])
        for e in root.iterfind("authors/author")
    )


def _author(element: Element, affiliations: list[str]) -> Contributor | None:
    """Return an author, whose name Copernicus gives in one piece."""
    name = parts.first(element, "name")
    mails = [f"E-mail: {mail}" for mail in map(words, element.findall("email")) if mail]
    if not name:
        return None
    forename, surname = _parted(name)
    return Contributor(
        name=name,
        forename=forename,
        surname=surname,
        affiliations=tuple(dict.fromkeys(filter(None, [*affiliations, *mails]))),
        orcid=values.orcid(parts.first(element, "contrib-id")),
    )


def _parted(name: str) -> tuple[str, str]:
    """Return forename and surname where there is no doubt: "Georg Raimund Pirrung" stays whole."""
    given = _SUFFIX.sub("", name).split()
    start = len(given) - 1
    while start > 1 and given[start - 1].lower() in _PARTICLES:
        start -= 1
    is_clear = start == 1 or (start > 1 and all(one.endswith(".") for one in given[:start]))
    return (" ".join(given[:start]), " ".join(given[start:])) if is_clear else ("", "")


def _reference(element: Element) -> Reference:
    """Return a reference as printed; the link and the year at its end are values."""
    text = _BACK.sub("", _plain(element))
    link = _LINK.search(text)
    found = _YEAR.search(text)
    year = found[1] if found and values.is_year(found[1]) else ""
    return Reference(
        key=element.get("numeration") or "",
        doi=(values.doi(link[1]) or "") if link else "",
        publication_date=year,
        text=text,
    )
