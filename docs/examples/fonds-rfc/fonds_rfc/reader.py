"""RFCs in the vocabulary of xml2rfc (RFC 7991)."""

from __future__ import annotations

from fonds.errors import Finding
from fonds.record import Contributor, Host, Record, Reference, Subject
from fonds.sources import values
from fonds.sources.languages import language
from fonds.sources.markup import words
from fonds.sources.model import Reading, Source
from fonds.sources.stylesheet import Stylesheet
from fonds.sources.xml import Element, line_of

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class RfcReader:
    """Reads one RFC."""

    name = "rfc"
    label = "RFC (xml2rfc)"
    version = 1  # raise it when what it makes of a file changes

    def __init__(self) -> None:
        self._body = Stylesheet("fonds_rfc", "body.xsl")

    def recognises(self, source: Source) -> bool:
        """Tell by the root `rfc` with its front."""
        root = source.root
        return root is not None and root.tag == "rfc" and root.find("front") is not None

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read the RFC."""
        root = source.root
        assert root is not None
        front = root.find("front")
        assert front is not None
        findings: list[Finding] = []
        people = [(one.get("role"), _person(one)) for one in front.iterfind("author")]
        record = Record(
            title=words(front.find("title")),
            abstract=words(front.find("abstract")),
            author=tuple(person for role, person in people if role != "editor"),
            editor=tuple(person for role, person in people if role == "editor"),
            subject=tuple(Subject(value=words(one)) for one in front.iterfind("keyword")),
            language=(language(root.get(_LANG)) or "eng",),
            genre=("other",),
            original_genre=(root.get("category") or "N/A",),
            publication_date=_year(front, findings),
            doi=_dois(front),
            article_id=(f"RFC{root.get('number')}",) if root.get("number") else (),
            host=Host(genre=("journal",), title="Request for Comments", eissn=("2070-1721",)),
            ref_bibs=tuple(_reference(one) for one in root.iterfind("back//reference")),
        )
        if not record.title:
            findings.append(Finding("no-title", "no title", line=line_of(root)))
        return (Reading(record, self._body(root), tuple(findings)),)


def _person(element: Element) -> Contributor:
    surname, organisation = element.get("surname") or "", words(element.find("organization"))
    return Contributor(
        name=element.get("fullname") or organisation,
        surname=surname,
        affiliations=(organisation,) if organisation and surname else (),
    )


def _year(front: Element, findings: list[Finding]) -> str:
    date = front.find("date")
    year = (date.get("year") or "") if date is not None else ""
    if year and not values.is_year(year):
        findings.append(values.bad_year(year, line_of(front)))
        return ""
    return year


def _dois(element: Element) -> tuple[str, ...]:
    named = element.iterfind(".//seriesInfo[@name='DOI']")
    return tuple(doi for one in named if (doi := values.doi(one.get("value") or "")))


def _reference(element: Element) -> Reference:
    front = element.find("front")
    return Reference(
        key=element.get("anchor") or "",
        title=words(front.find("title")) if front is not None else "",
        author=tuple(_person(one) for one in element.iterfind("front/author")),
        publication_date=_year(front, []) if front is not None else "",
        doi=next(iter(_dois(element)), ""),
    )
