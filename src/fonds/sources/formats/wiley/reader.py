"""WileyML 3G: one component, with metadata of journal or book, issue and article.

Documentation: Wiley's WileyML 3G schema; numbers stand in attributes, levels in `@level`.
"""

from __future__ import annotations

import re

from fonds.errors import Finding
from fonds.record import AccessCondition, Host, LocalText, Record, Subject
from fonds.sources import parts, values
from fonds.sources.formats.wiley.people import funders, people
from fonds.sources.formats.wiley.references import references
from fonds.sources.languages import language
from fonds.sources.markup import readable, words
from fonds.sources.model import Reading, Source
from fonds.sources.parts import Fields
from fonds.sources.running_text import RunningText
from fonds.sources.xml import Element, local, without_namespaces

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_GENRES = {
    "researchArticle": "research-article",
    "reviewArticle": "review-article",
    "shortCommunication": "brief-communication",
    "rapidCommunication": "brief-communication",
    "shortArticle": "brief-communication",
    "letter": "brief-communication",
    "caseStudy": "case-report",
    "caseReport": "case-report",
    "editorial": "editorial",
    "bookReview": "book-reviews",
    "abstract": "abstract",
    "meetingReport": "conference",
    "chapter": "chapter",
    "bookChapter": "chapter",
    "article": "article",
}
_CATEGORIES = {  # what journals of Wiley-VCH and others print above an article
    "full paper": "research-article",
    "original article": "research-article",
    "original paper": "research-article",
    "communication": "brief-communication",
    "minireview": "review-article",
    "focus review": "review-article",
    "concept": "review-article",
}
_ONLINE = (
    "firstOnline",
    "publishedOnlineEarlyUnpaginated",
    "publishedOnlineAcceptedOrEarlyUnpaginated",
    "publishedOnlineAccepted",
    "publishedOnlineFinalForm",
)
_YEAR = re.compile(r"\b(1[4-9]\d\d|20\d\d)\b")
_SHORT = frozenset({"short", "graphical", "synopsis", "toc"})
_TAGS = ("p", "listItem", "section")


class WileyReader:
    """Reads WileyML components."""

    name = "wiley"
    label = "WileyML 3G"
    version = 2

    def __init__(self) -> None:
        self._body = RunningText("fonds.sources.formats.wiley")

    def recognises(self, source: Source) -> bool:
        """Tell by a `component` with publication metadata."""
        root = source.root
        return (
            root is not None
            and local(root.tag) == "component"
            and root.find("{*}header/{*}publicationMeta") is not None
        )

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read the component. Changes the tree."""
        return self._body.article(source, _record)


def _record(root: Element, findings: list[Finding]) -> Record:
    for place in (root.find("{*}header"), root.find(".//{*}bibliography")):
        if place is not None:
            without_namespaces(place)
    header = root.find("header")
    assert header is not None
    unit = _level(header, "unit")
    content = header.find("contentMeta")
    kind = unit.get("type") or "" if unit is not None else ""
    online = _online(unit)
    host, year, cover = _host(header, unit, findings)
    right = _YEAR.search(parts.first(unit, "copyright") or parts.first(header, ".//copyright"))
    fields: Fields = {
        "genre": (_genre(kind, unit, host),),
        "original_genre": (kind or "N/A",),
        **parts.spoken(root.get(_LANG)),
        "publication_date": year or online[:4],
        "original_date": parts.as_delivered(cover),
        "copyright_date": right[1] if right else "",
        "online_date": online,
        **parts.identifiers(
            unit.find("doi") if unit is not None else None, findings, *_ids(unit, "unit", "society")
        ),
        "host": host,
        "access_condition": _licence(unit),
        "ref_bibs": references(root.find(".//bibliography")),
    }
    if content is not None:
        fields.update(_content(content, root.get(_LANG)))
    return Record(**fields)


def _content(content: Element, code: str | None) -> Fields:
    authors, editors = people(content)
    found = content.findall("abstractGroup/abstract")
    plain = [e for e in found if e.get("type") in (None, "main")]
    long = [e for e in found if e.get("type") not in _SHORT]
    own = next((e for e in plain if _is_in(e, code)), next(iter(plain or long or found), None))
    return {
        "author": authors,
        "editor": editors,
        "funder": funders(content),
        "subject": _keywords(content, code),
        "abstract": parts.prose(own, "title", *_TAGS),
        "other_abstract": parts.local_texts(
            (e.get(_LANG), _kind(e), parts.prose(e, "title", *_TAGS)) for e in found if e is not own
        ),
        **_titles(content, code),
    }


def _kind(element: Element) -> str:
    kind = element.get("type") or ""
    return "" if kind == "main" else kind


def _titles(content: Element, code: str | None) -> Fields:
    found = content.findall("titleGroup/title[@type='main']")
    own = next((e for e in found if _is_in(e, code)), next(iter(found), None))
    under = content.find("titleGroup/title[@type='subtitle']")
    others: tuple[LocalText, ...] = parts.local_texts(
        (e.get(_LANG), "", readable(e)) for e in found if e is not own
    )
    return {"title": parts.title(readable(own), readable(under)), "translated_title": others}


def _keywords(content: Element, code: str | None) -> tuple[Subject, ...]:
    return tuple(
        keyword
        for group in content.findall("keywordGroup")
        if group.get("type") != "abbreviations"
        for keyword in parts.subjects(group.iter("keyword"), group.get(_LANG) or code)
    )


def _is_in(element: Element, code: str | None) -> bool:
    written = element.get(_LANG)
    return written is None or language(written) == language(code)


def _genre(kind: str, unit: Element | None, host: Host) -> str:
    if host.genre == ("book",):
        return "chapter"
    category = parts.first(unit, "titleGroup/title[@type='articleCategory']")
    if kind in ("", "article") and category:
        named = _CATEGORIES.get(category.lower()) or values.genre(category)
        return named if named != "other" else "article"
    return _GENRES.get(kind, "other") if kind else "article"


def _level(header: Element, name: str) -> Element | None:
    return header.find(f"publicationMeta[@level='{name}']")


def _ids(place: Element | None, *kinds: str) -> tuple[str, ...]:
    if place is None:
        return ()
    found = (place.find(f"idGroup/id[@type='{kind}']") for kind in kinds)
    return tuple(value for e in found if e is not None and (value := e.get("value") or words(e)))


def _number(header: Element, kind: str) -> str:
    for element in header.iterfind(f"publicationMeta/numberingGroup/numbering[@type='{kind}']"):
        text = words(element) or element.get("number") or ""
        if text:
            return text
    return ""


def _online(unit: Element | None) -> str:
    if unit is None:
        return ""
    found = {e.get("type"): e.get("date") or "" for e in unit.iterfind("eventGroup/event")}
    return parts.iso_day(next((found[kind] for kind in _ONLINE if kind in found), ""))


def _host(header: Element, unit: Element | None, findings: list[Finding]) -> tuple[Host, str, str]:
    """Return the host, the year of the issue, and the issue's date as it is written."""
    product = _level(header, "product")
    part = header.findall("publicationMeta[@level='part']")
    cover = next((e for place in part for e in place.findall("coverDate")), None)
    cover = product.find("coverDate") if cover is None and product is not None else cover
    written = cover.get("startDate") or words(cover) if cover is not None else ""
    year = parts.year(written[:4], cover, findings)
    isbns = {e.get("type") or "": words(e).replace("-", "") for e in header.iter("isbn")}
    issns = product.findall("issn") if product is not None else []
    pages = parts.pages(_number(header, "pageFirst"), _number(header, "pageLast"), _count(unit))
    host = Host(
        genre=("book",) if isbns else ("journal",),
        title=parts.title(readable(_title(product, "main")), readable(_title(product, "subtitle"))),
        publication_date=year,
        issn=parts.issns(words(e) for e in issns if e.get("type") != "electronic"),
        eissn=parts.issns(words(e) for e in issns if e.get("type") == "electronic"),
        isbn=tuple(number for kind, number in isbns.items() if kind.startswith("print")),
        eisbn=tuple(number for kind, number in isbns.items() if not kind.startswith("print")),
        doi=parts.doi(product.find("doi"), []) if product is not None else (),
        publisher_id=_ids(product, "product"),
        journal_id=_ids(product, "product"),
        publisher=parts.first(product, "publisherInfo/publisherName"),
        volume=_number(header, "journalVolume") or _number(header, "bookVolume"),
        issue=_number(header, "journalIssue") or _number(header, "supplement"),
        pages=pages,
        article_number="".join(_ids(unit, "eLocator")),
    )
    return host, year, written


def _title(place: Element | None, kind: str) -> Element | None:
    return place.find(f"titleGroup/title[@type='{kind}']") if place is not None else None


def _count(unit: Element | None) -> str:
    counted = unit.find("countGroup/count[@type='pageTotal']") if unit is not None else None
    return counted.get("number") or "" if counted is not None else ""


def _licence(unit: Element | None) -> AccessCondition:
    statement = unit.find("legalStatement") if unit is not None else None
    is_open = unit is not None and unit.get("accessType") == "open"
    if statement is None:
        return parts.access("", is_open=is_open)
    link = next((e.get("href") or "" for e in statement.iter("link", "url")), "")
    return parts.access(link, words(statement), is_open=is_open)
