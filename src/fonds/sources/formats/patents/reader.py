"""Patents and applications of the United States Patent and Trademark Office (Red Book XML).

Inventors are the authors; assignees follow them as groups, as catalogues do. Citations of patents
and of other literature are the references; classes of IPC and CPC are subjects.
"""

from __future__ import annotations

from collections.abc import Iterator

from fonds.errors import Finding
from fonds.record import Contributor, Host, Record, Reference, Subject
from fonds.sources import values
from fonds.sources.languages import language
from fonds.sources.markup import words
from fonds.sources.model import Reading, Source
from fonds.sources.stylesheet import Stylesheet
from fonds.sources.xml import Element, line_of, local

_ROOTS = frozenset({"us-patent-grant", "us-patent-application"})
_PARTS = ("section", "class", "subclass", "main-group", "subgroup")


class PatentsReader:
    """Reads patents."""

    name = "patents"
    label = "USPTO Red Book"
    version = 1

    def __init__(self) -> None:
        self._body = Stylesheet("fonds.sources.formats.patents", "body.xsl")

    def recognises(self, source: Source) -> bool:
        """Tell by the root of a grant or an application."""
        return source.root is not None and local(source.root.tag) in _ROOTS

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read the patent."""
        root = source.root
        assert root is not None
        meta = next(root.iterfind("*[publication-reference]"), root)
        findings: list[Finding] = []
        published = meta.find("publication-reference/document-id")
        day = _day(words(published.find("date")) if published is not None else "")
        number = _number(published, "") if published is not None else ""
        title = words(meta.find("invention-title"))
        if not title and not number:
            line = line_of(root)
            findings.append(Finding("no-title", "neither title nor identifier", line=line))
        kind = meta.find("application-reference")
        record = Record(
            title=title,
            abstract=words(root.find("abstract")),
            author=_authors(meta),
            language=(language(root.get("lang")) or "unknown",),
            subject=tuple(dict.fromkeys(_subjects(meta))),
            genre=("patent",),
            original_genre=((kind.get("appl-type") if kind is not None else "") or "N/A",),
            publication_date=day[:4],
            online_date=day,
            article_id=(number,) if number else (),
            host=Host(genre=("patent",), publication_date=day[:4]),
            ref_bibs=tuple(_references(meta)),
        )
        return (Reading(record, self._body(root), tuple(findings)),)


def _day(text: str) -> str:
    return values.day(text[:4], text[4:6], text[6:8])


def _number(element: Element, between: str) -> str:
    parts = (words(element.find(name)) for name in ("country", "doc-number", "kind"))
    return between.join(filter(None, parts))


def _authors(meta: Element) -> tuple[Contributor, ...]:
    people = list(meta.iterfind(".//inventors/inventor/addressbook"))
    if not people:  # before 2013 inventors stood among the applicants
        people = list(meta.iterfind(".//applicants/applicant/addressbook"))
    holders = meta.iterfind(".//assignees/assignee/addressbook")
    found = [_contributor(one) for one in (*people, *holders)]
    return tuple(dict.fromkeys(one for one in found if one is not None))


def _contributor(book: Element) -> Contributor | None:
    first, last = words(book.find("first-name")), words(book.find("last-name"))
    name = f"{first} {last}".strip() or words(book.find("orgname"))
    places = (words(book.find(f"address/{part}")) for part in ("city", "state", "country"))
    address = ", ".join(filter(None, places))
    if not name:
        return None
    return Contributor(
        name=name, forename=first, surname=last, affiliations=(address,) if address else ()
    )


def _subjects(meta: Element) -> Iterator[Subject]:
    for scheme, tag in (("IPC", "classification-ipcr"), ("CPC", "classification-cpc")):
        for one in meta.iter(tag):
            section, number, letter, group, below = (words(one.find(name)) for name in _PARTS)
            if section and group:
                yield Subject(value=f"{scheme} {section}{number}{letter} {group}/{below}")
    for one in meta.iter("classification-cpc-text"):
        if text := words(one):
            yield Subject(value=f"CPC {text}")


def _references(meta: Element) -> Iterator[Reference]:
    for cited in meta.iter("patcit", "nplcit"):
        key = cited.get("num") or ""
        described = cited.find("document-id")
        if described is None:
            if text := words(cited.find("othercit")):
                yield Reference(text=text, key=key)
            continue
        name, year = words(described.find("name")), words(described.find("date"))[:4]
        yield Reference(
            title=_number(described, " "),
            author=(Contributor(name=name),) if name else (),
            publication_date=year if values.is_year(year) else "",
            key=key,
        )
