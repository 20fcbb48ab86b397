"""DataCite's XML of every kernel version, and its JSON as the REST API gives it.

Schemas: https://schema.datacite.org/. Both forms hold the same properties under like names.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fonds.errors import Finding
from fonds.record import AccessCondition, Contributor, Funder, Host, LocalText, Record, Subject
from fonds.sources import json_records, parts, records, values
from fonds.sources.json_records import Json
from fonds.sources.languages import language
from fonds.sources.markup import words
from fonds.sources.model import Reading, Source
from fonds.sources.xml import Element, line_of, local, without_namespaces

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_GENRES = {
    "journalarticle": "article",
    "datapaper": "article",
    "bookchapter": "chapter",
    "book": "book",
    "conferencepaper": "conference",
    "article": "article",
}
_HOSTS = {"article": "journal", "chapter": "book", "conference": "book", "book": "book"}


class DataciteReader:
    """Reads a DataCite description in XML."""

    name = "datacite"
    label = "DataCite"
    version = 4

    def recognises(self, source: Source) -> bool:
        """Tell by a `resource` in a kernel's namespace."""
        return source.root is not None and is_description(source.root)

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read the description. Changes the tree."""
        assert source.root is not None
        return (read(source.root),)


class DataciteJsonReader:
    """Reads every description of a file of DataCite's JSON."""

    name = "datacite-json"
    label = "DataCite (JSON)"
    version = 4

    def recognises(self, source: Source) -> bool:
        """Tell by an object with attributes such as DOI, creators and titles."""
        first = json_records.first(source, _unwrapped)
        return first is not None and {"doi", "creators", "titles"} <= first.keys()

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every description."""
        return json_records.read(source, _unwrapped, _from_json)


def is_description(element: Element) -> bool:
    """Tell a DataCite description by its root."""
    return (
        element.tag.startswith("{http://datacite.org/schema/") and local(element.tag) == "resource"
    )


def read(root: Element) -> Reading:
    """Read one `resource`. Changes it."""
    line = line_of(root)
    without_namespaces(root)
    record, findings = _record(_as_json(root), line)
    return Reading(record=record, findings=findings)


def _as_json(root: Element) -> Json:
    """Return the description under the names of DataCite's JSON."""
    related = root.find("relatedItems/relatedItem[@relationType='IsPublishedIn']")
    identifier = root.find("identifier")
    is_doi = identifier is not None and identifier.get("identifierType") == "DOI"
    kind = root.find("resourceType")
    return {
        "doi": words(identifier) if is_doi else "",
        "identifiers": [{"identifier": words(identifier)}],
        "titles": [
            {"title": words(e), "titleType": e.get("titleType"), "lang": e.get(_LANG)}
            for e in root.iterfind("titles/title")
        ],
        "creators": [_person_of(e, "creator") for e in root.iterfind("creators/creator")],
        "contributors": [
            _person_of(e, "contributor") | {"contributorType": e.get("contributorType")}
            for e in root.iterfind("contributors/contributor")
        ],
        "publisher": words(root.find("publisher")),
        "publicationYear": words(root.find("publicationYear")),
        "subjects": [
            {"subject": words(e), "lang": e.get(_LANG)} for e in root.iterfind("subjects/subject")
        ],
        "dates": [
            {"date": words(e), "dateType": e.get("dateType")} for e in root.iterfind("dates/date")
        ],
        "language": words(root.find("language")),
        "types": {
            "resourceTypeGeneral": kind.get("resourceTypeGeneral") if kind is not None else "",
            "resourceType": words(kind),
        },
        "descriptions": [
            {
                "description": words(e),
                "descriptionType": e.get("descriptionType"),
                "lang": e.get(_LANG),
            }
            for e in root.iterfind("descriptions/description")
        ],
        "rightsList": [
            {"rights": words(e), "rightsUri": e.get("rightsURI")}
            for e in (*root.iterfind("rightsList/rights"), *root.findall("rights"))
        ],
        "fundingReferences": [
            {
                "funderName": words(e.find("funderName")),
                "funderIdentifier": words(e.find("funderIdentifier")),
                "awardNumber": words(e.find("awardNumber")),
            }
            for e in root.iterfind("fundingReferences/fundingReference")
        ],
        "container": _container_of(related) if related is not None else {},
    }


def _person_of(element: Element, role: str) -> Json:
    name = element.find(f"{role}Name")
    return {
        "name": words(name),
        "nameType": name.get("nameType") if name is not None else None,
        "givenName": words(element.find("givenName")),
        "familyName": words(element.find("familyName")),
        "affiliation": [words(e) for e in element.findall("affiliation")],
        "nameIdentifiers": [
            {"nameIdentifier": words(e), "nameIdentifierScheme": e.get("nameIdentifierScheme")}
            for e in element.findall("nameIdentifier")
        ],
    }


def _container_of(related: Element) -> Json:
    found = {
        "title": words(related.find("titles/title")),
        "identifier": words(related.find("relatedItemIdentifier")),
    }
    names = ("volume", "issue", "firstPage", "lastPage")
    return found | {name: words(related.find(name)) for name in names}


def _unwrapped(value: Any) -> Iterable[Any]:
    """Return the attributes of every description of an answer."""
    if isinstance(value, dict) and "data" in value:
        value = value["data"]
    found = value if isinstance(value, list) else [value]
    return [one.get("attributes", one) for one in found if isinstance(one, dict)]


def _from_json(given: Json) -> tuple[Record, tuple[Finding, ...]]:
    return _record(given, None)


def _record(given: Json, line: int | None) -> tuple[Record, tuple[Finding, ...]]:
    findings: list[Finding] = []
    doi = values.doi(_text(given, "doi"))
    if doi is None and _text(given, "doi"):
        findings.append(Finding("doi-invalid", f"{_text(given, 'doi')[:80]!r}", line=line))
    title, others = _titles(given)
    kind, genre = _kind(given)
    issued = _issued(given)
    year = _text(given, "publicationYear")
    year = year if values.is_year(year) else issued[:4]
    abstract, more = _abstracts(given)
    creators = parts.present(_person(one) for one in json_records.objects(given.get("creators")))
    record = Record(
        title=title,
        translated_title=others,
        abstract=abstract,
        other_abstract=more,
        author=creators,
        editor=parts.present(
            _person(one)
            for one in json_records.objects(given.get("contributors"))
            if one.get("contributorType") == "Editor"
        ),
        subject=_subjects(given),
        language=(language(_text(given, "language")) or "unknown",),
        genre=(genre,),
        original_genre=(kind,) if kind else (),
        publication_date=year,
        online_date=issued,
        doi=(doi,) if doi else (),
        article_id=() if doi else tuple(filter(None, [_first_identifier(given)])),
        host=_host(given, genre, title, year),
        access_condition=_licence(given),
        funder=tuple(_funder(one) for one in json_records.objects(given.get("fundingReferences"))),
        fulltext_url=_text(given, "url") or (f"https://doi.org/{doi}" if doi else ""),
    )
    if not record.title and not record.doi:
        findings.append(Finding("no-title", "neither title nor DOI", line=line))
    return record, tuple(findings)


def _text(given: Json, name: str) -> str:
    value = given.get(name)
    return " ".join(str(value).split()) if isinstance(value, str | int) else ""


def _first_identifier(given: Json) -> str:
    found = json_records.objects(given.get("identifiers"))
    return _text(found[0], "identifier") if found else ""


def _titles(given: Json) -> tuple[str, tuple[LocalText, ...]]:
    main, subtitle, others = "", "", []
    for one in json_records.objects(given.get("titles")):
        text, kind = records.plain(_text(one, "title")), _text(one, "titleType")
        if not kind and not main:
            main = text
        elif kind == "Subtitle" and not subtitle:
            subtitle = text
        elif text:
            code = language(_text(one, "lang"))
            others.append(LocalText(lang=code, kind=kind, value=text))
    return parts.title(main, subtitle), tuple(others)


def _kind(given: Json) -> tuple[str, str]:
    types = given.get("types")
    types = types if isinstance(types, dict) else {}
    general, own = _text(types, "resourceTypeGeneral"), _text(types, "resourceType")
    genre = next((_GENRES[n] for n in (general.lower(), own.lower()) if n in _GENRES), "other")
    return "/".join(dict.fromkeys(filter(None, (general, own)))), genre


def _issued(given: Json) -> str:
    """Return the day of issue, else of availability; a span gives its beginning."""
    by_kind = {
        _text(one, "dateType"): _text(one, "date")
        for one in json_records.objects(given.get("dates"))
    }
    text = by_kind.get("Issued") or by_kind.get("Available") or ""
    begin = text.partition("/")[0].partition("T")[0]
    year, month, day = [*begin.split("-"), "", "", ""][:3]
    return values.day(year, month, day)


def _abstracts(given: Json) -> tuple[str, tuple[LocalText, ...]]:
    abstract, others = "", []
    for one in json_records.objects(given.get("descriptions")):
        text, kind = records.plain(_text(one, "description")), _text(one, "descriptionType")
        if kind == "Abstract" and not abstract:
            abstract = text
        elif text and kind != "SeriesInformation":  # says where it appeared, not what is in it
            others.append(LocalText(lang=language(_text(one, "lang")), kind=kind, value=text))
    return abstract, tuple(others)


def _person(one: Json) -> Contributor | None:
    given, family, name = (_text(one, key) for key in ("givenName", "familyName", "name"))
    places = tuple(
        place if isinstance(place, str) else _text(place, "name")
        for place in one.get("affiliation") or ()
        if isinstance(place, str | dict)
    )
    orcid = next(
        (
            _text(mark, "nameIdentifier")
            for mark in json_records.objects(one.get("nameIdentifiers"))
            if _text(mark, "nameIdentifierScheme").upper() == "ORCID"
        ),
        "",
    )
    if family:
        return parts.contributor(given, family, affiliations=places, orcid=orcid)
    if one.get("nameType") == "Organizational":
        return parts.group(name, places)
    return records.turned(name, affiliations=places, orcid=orcid)


def _subjects(given: Json) -> tuple[Subject, ...]:
    found = (
        Subject(lang=tuple(filter(None, [language(_text(one, "lang"))])), value=text)
        for one in json_records.objects(given.get("subjects"))
        if (text := _text(one, "subject"))
    )
    return tuple(dict.fromkeys(found))


def _host(given: Json, genre: str, title: str, year: str) -> Host:
    within = given.get("container")
    within = within if isinstance(within, dict) else {}
    publisher = given.get("publisher")
    name = _text(publisher, "name") if isinstance(publisher, dict) else _text(given, "publisher")
    number = values.issn(_text(within, "identifier"))
    return Host(
        genre=(_HOSTS.get(genre, "database"),),
        title=_text(within, "title") or (title if genre == "book" else ""),
        issn=(number,) if number else (),
        publication_date=year,
        publisher=name,
        volume=_text(within, "volume"),
        issue=_text(within, "issue"),
        pages=records.span(_text(within, "firstPage"), _text(within, "lastPage")),
    )


def _licence(given: Json) -> AccessCondition:
    found = json_records.objects(given.get("rightsList"))
    addresses = [_text(one, "rightsUri") for one in found]
    return records.licence(*addresses, *(_text(one, "rights") for one in found))


def _funder(one: Json) -> Funder:
    award = _text(one, "awardNumber")
    return Funder(
        name=_text(one, "funderName"),
        id=_text(one, "funderIdentifier"),
        award=(award,) if award else (),
    )
