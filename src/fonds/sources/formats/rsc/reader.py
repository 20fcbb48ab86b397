"""Royal Society of Chemistry articles: `art-admin`, `published`, `art-front`, `art-body`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources

from fonds.errors import Finding
from fonds.record import Contributor, Host, Record, Reference
from fonds.sources import parts, values
from fonds.sources.markup import readable, words
from fonds.sources.model import Reading, Source
from fonds.sources.parts import Fields
from fonds.sources.running_text import RunningText
from fonds.sources.xml import Element, local

_GENRES = {
    "ART": "research-article",
    "PAPER": "research-article",
    "COM": "brief-communication",
    "REV": "review-article",
    "CRV": "review-article",
    "TRV": "review-article",
    "EDG": "editorial",
    "EDT": "editorial",
    "BKR": "book-reviews",
}
_CITATIONS = frozenset({"journalcit", "citation"})
_NAME = frozenset({"fname", "surname"})
_ENTRY = frozenset({"arttitle", "title", "year", "doi", "volumeno", "issueno"})
_MARKS = frozenset({"footnote", "fnoteref", "citref"})


class RscReader:
    """Reads RSC articles."""

    name = "rsc"
    label = "RSC article"
    version = 1

    def __init__(self) -> None:
        self._body = RunningText("fonds.sources.formats.rsc")

    def recognises(self, source: Source) -> bool:
        """Tell by an `article` with `art-admin`."""
        root = source.root
        return (
            root is not None and local(root.tag) == "article" and root.find("art-admin") is not None
        )

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read the article. Changes the tree."""
        return self._body.article(source, _record)


def _record(root: Element, findings: list[Finding]) -> Record:
    front, kind = root.find("art-front"), root.get("type") or ""
    printed = _published(root, "print")
    online = _published(root, "web")
    date = printed.find("pubfront/date") if printed is not None else None
    day = parts.day(date, findings)
    online_day = parts.day(online.find("pubfront/date") if online is not None else None)
    abstract = front.find("abstract") if front is not None else None
    fields: Fields = {
        "title": readable(_at(front, "titlegrp/title"), skip=_MARKS),
        "genre": (_GENRES.get(kind.upper(), "other") if kind else "article",),
        "original_genre": (kind or "N/A",),
        "language": parts.languages(root.get("lang"), "eng"),  # the DTD knows no other
        "original_date": parts.as_delivered(parts.first(date, "year")),
        "publication_date": day[:4] or online_day[:4],
        "print_date": day,
        "online_date": online_day,
        "copyright_date": _copied(printed),
        **parts.identifiers(
            root.find("art-admin/doi"), findings, parts.first(root, "art-admin/ms-id")
        ),
        "author": tuple(_authors(front)) if front is not None else (),
        "abstract": parts.prose(abstract, "title", "p"),
        "subject": parts.subjects(front.iter("keyword")) if front is not None else (),
        "host": _host(printed if printed is not None else online, day[:4]),
        "ref_bibs": tuple(_references(root.find("art-back"))),
    }
    return Record(**fields)


def _at(place: Element | None, path: str) -> Element | None:
    return place.find(path) if place is not None else None


def _published(root: Element, kind: str) -> Element | None:
    return root.find(f"published[@type='{kind}']")


def _copied(printed: Element | None) -> str:
    year = parts.first(printed, "journalref/cpyrt/date/year", "journalref/cpyrt/year")
    return year if values.is_year(year) else ""


def _host(published: Element | None, year: str) -> Host:
    code = parts.first(published, "journalref/link", "journalref/sercode")
    issns = published.findall("journalref/issn") if published is not None else []
    return Host(
        genre=("journal",),
        title=parts.first(published, "journalref/title") or _titles().get(code, ""),
        publication_date=year,
        issn=parts.issns(words(e) for e in issns if e.get("type") != "online"),
        eissn=parts.issns(words(e) for e in issns if e.get("type") == "online"),
        journal_id=tuple(filter(None, (code,))),
        publisher_id=tuple(filter(None, (code,))),
        publisher=parts.first(published, "journalref/publisher/orgname"),
        volume=parts.first(published, "volumeref/link"),
        issue=parts.first(published, "issueref/link"),
        pages=parts.pages(
            parts.first(published, "pubfront/fpage"),
            parts.first(published, "pubfront/lpage"),
            parts.first(published, "pubfront/no-of-pages"),
        ),
    )


@cache
def _titles() -> dict[str, str]:
    """Return the titles of journals that old articles name by a code only (before 1997)."""
    text = resources.files("fonds.sources.formats.rsc").joinpath("journals.tsv").read_text("utf-8")
    rows = (line.partition("\t") for line in text.splitlines()[1:])
    return {code: title for code, _, title in rows}


def _authors(front: Element) -> Iterator[Contributor]:
    group = front.find("authgrp")
    if group is None:
        return
    addresses = {e.get("id") or "": _address(e) for e in group.iter("aff")}
    mails = {e.get("id") or "": [words(m) for m in e.iter("email")] for e in group.iter("aff")}
    for element in group.findall("author"):
        keys = (element.get("aff") or "").replace(",", " ").split()
        keys = keys or (list(addresses) if len(addresses) == 1 else [])
        found = parts.contributor(
            parts.first(element, "person/persname/fname"),
            parts.first(element, "person/persname/surname"),
            affiliations=[addresses.get(key, "") for key in keys],
            mails=[mail for key in keys for mail in mails.get(key, [])] if len(mails) == 1 else [],
            orcid=element.get("orcid") or parts.first(element, ".//orcid"),
        ) or parts.group(parts.first(element, "orgname"))
        if found is not None:
            yield found


def _address(element: Element) -> str:
    pieces = [words(e) for e in element.iterfind("org/*")]
    pieces += [words(e) for e in element.iterfind("address/*")]
    return ", ".join(filter(None, pieces)) or words(element)


def _references(back: Element | None) -> Iterator[Reference]:
    """Give every citation; the first of a group has the group's key."""
    if back is None:
        return
    for group in back.iterfind("biblist//citgroup"):
        for number, citation in enumerate(e for e in group if e.tag in _CITATIONS):
            found = _reference(citation, (group.get("id") or "") if number == 0 else "")
            if found is not None:
                yield found


def _reference(citation: Element, key: str) -> Reference | None:
    is_journal = citation.tag == "journalcit"
    found = parts.texts(citation, _ENTRY)
    article, title = found.get("arttitle", ""), found.get("title", "")
    link = next((words(e) for e in citation.findall("link") if e.get("type") == "doi"), "")
    return parts.reference(
        citation,
        key,
        title=article or ("" if is_journal else title),
        authors=[
            parts.person(names.get("fname", ""), names.get("surname", ""))
            for e in citation.findall("citauth")
            if (names := parts.texts(e, _NAME))
        ],
        editors=[parts.group(words(e)) for e in citation.findall("editor")],
        date=found.get("year", ""),
        doi=found.get("doi") or link,
        host=title if is_journal or article else "",
        volume=found.get("volumeno", ""),
        issue=found.get("issueno", ""),
        begin=parts.first(citation, "pages/fpage"),
        end=parts.first(citation, "pages/lpage"),
    )
