"""An article as schema.org describes it (JSON-LD), for search engines and harvesters."""

from __future__ import annotations

from typing import Any

from fonds.record import Contributor, Host, Record
from fonds.renditions.citations.work import work_of

_MOST_PEOPLE = 200
_MOST_TITLE = 1_000


def scholarly_article(record: Record, base: str, pdf: str) -> dict[str, Any]:
    """Return an article as JSON-LD; `pdf` is its address below `base`, empty where it is closed."""
    work = work_of(record)
    page = f"{base}/notice/{record.ark_istex}"
    condition = record.access_condition
    is_open = condition is not None and condition.content_type == "isOpenAccess"
    content = {
        "@context": "https://schema.org",
        "@type": "Chapter" if work.kind == "chapter" else "ScholarlyArticle",
        "@id": f"{base}/{record.ark_istex}",
        "url": page,
        "name": record.title[:_MOST_TITLE],
        "headline": record.title[:110],
        "abstract": record.abstract,
        "inLanguage": work.language,
        "datePublished": work.date,
        "author": [_person(author) for author in record.author[:_MOST_PEOPLE]],
        "editor": [_person(editor) for editor in record.editor[:_MOST_PEOPLE]],
        "keywords": list(work.keywords),
        "identifier": _identifiers(record),
        "sameAs": work.address if work.doi else "",
        "isPartOf": _part_of(record.host, work.date),
        "pageStart": work.first,
        "pageEnd": work.last,
        "pagination": work.pages or work.number,
        "publisher": _named("Organization", work.publisher),
        "license": _licence(record),
        "isAccessibleForFree": is_open,
        "encoding": _encoding(f"{base}{pdf}") if pdf else None,
        "funding": [_grant(one.name, one.award) for one in record.funder if one.name],
    }
    kept = ("isAccessibleForFree",)
    return {key: value for key, value in content.items() if value or key in kept}


def _person(one: Contributor) -> dict[str, Any]:
    parts = {"givenName": one.forename, "familyName": one.surname}
    person: dict[str, Any] = {"@type": "Person", "name": one.name}
    person |= {key: value for key, value in parts.items() if value}
    if one.orcid:
        person["@id"] = f"https://orcid.org/{one.orcid}"
    places = [text for text in one.affiliations if not text.startswith("E-mail: ")]
    if places:
        person["affiliation"] = [{"@type": "Organization", "name": place} for place in places]
    return person


def _identifiers(record: Record) -> list[dict[str, str]]:
    named = [("ark", record.ark_istex)]
    named += [("doi", doi) for doi in record.doi]
    named += [("pmid", pmid) for pmid in record.pmid]
    named += [("pmcid", pmcid) for pmcid in record.pmcid]
    return [
        {"@type": "PropertyValue", "propertyID": kind, "value": value}
        for kind, value in named
        if value
    ]


def _part_of(host: Host | None, date: str) -> dict[str, Any] | None:
    """Return issue, volume and journal, each inside the next; or the book."""
    if host is None or not host.title:
        return None
    isbn = (*host.isbn, *host.eisbn)
    if "journal" not in host.genre and isbn:
        return {"@type": "Book", "name": host.title, "isbn": list(isbn)}
    part: dict[str, Any] = {"@type": "Periodical", "name": host.title}
    issn = list(dict.fromkeys((*host.issn, *host.eissn)))
    if issn:
        part["issn"] = issn
    if host.volume:
        part = {"@type": "PublicationVolume", "volumeNumber": host.volume, "isPartOf": part}
    if host.issue:
        part = {"@type": "PublicationIssue", "issueNumber": host.issue, "isPartOf": part}
        if date:
            part["datePublished"] = date
    return part


def _licence(record: Record) -> str:
    value = record.access_condition.value if record.access_condition else ""
    return value if value.startswith(("http://", "https://")) else ""


def _encoding(address: str) -> dict[str, str]:
    return {"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": address}


def _named(kind: str, name: str) -> dict[str, str] | None:
    return {"@type": kind, "name": name} if name else None


def _grant(funder: str, awards: tuple[str, ...]) -> dict[str, Any]:
    grant: dict[str, Any] = {"@type": "Grant", "funder": _named("Organization", funder)}
    return grant | ({"identifier": ", ".join(awards)} if awards else {})
