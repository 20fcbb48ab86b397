"""IOP's iopart articles: `article-metadata`, `header`, `body` and `back`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fonds.errors import Finding
from fonds.record import Contributor, Host, Record, Subject
from fonds.sources import parts, values
from fonds.sources.formats.iop.references import references
from fonds.sources.markup import readable, words
from fonds.sources.model import Reading, Source
from fonds.sources.parts import Fields
from fonds.sources.running_text import RunningText
from fonds.sources.xml import Element, local

_GENRES = {
    "paper": "research-article",
    "special": "research-article",
    "letter": "brief-communication",
    "ftc": "brief-communication",
    "rapid": "brief-communication",
    "brief": "brief-communication",
    "note": "brief-communication",
    "review": "review-article",
    "topical": "review-article",
    "tutorial": "review-article",
    "editorial": "editorial",
    "preface": "editorial",
    "foreword": "editorial",
    "bookreview": "book-reviews",
    "conference": "conference",
}
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august",
           "september", "october", "november", "december")  # fmt: skip
_MARKS = frozenset({"e-address", "fnref", "footnote", "TeX", "inline-graphic"})


class IopReader:
    """Reads iopart articles."""

    name = "iop"
    label = "IOP iopart"
    version = 3

    def __init__(self) -> None:
        self._body = RunningText("fonds.sources.formats.iop")

    def recognises(self, source: Source) -> bool:
        """Tell by an `article` with `article-metadata` and `header`."""
        root = source.root
        return (
            root is not None
            and local(root.tag) == "article"
            and root.find("article-metadata") is not None
            and root.find("header") is not None
        )

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read the article. Changes the tree."""
        return self._body.article(source, _record)


def _record(root: Element, findings: list[Finding]) -> Record:
    for element in root.iterfind("header//TeX"):  # read aloud in titles and abstracts
        element.tag = "tex-math"
    meta, head = root.find("article-metadata"), root.find("header")
    assert meta is not None
    assert head is not None
    data = meta.find("article-data")
    kind = _attribute(data, "article-type", "type")
    title = head.find("title-group/title")
    code = title.get("lang") if title is not None else None
    year = parts.year(
        parts.first(meta, "volume-data/year-publication"), meta.find("volume-data"), findings
    )
    copied = parts.first(data, "copyright")[:4]
    found = head.findall("abstract-group/abstract")
    own = next(iter(found), None)
    fields: Fields = {
        "title": parts.title(
            readable(title, skip=_MARKS), readable(head.find("title-group/subtitle"), skip=_MARKS)
        ),
        "genre": (_GENRES.get(kind, "other") if kind else "article",),
        "original_genre": (kind or "N/A",),
        **parts.spoken(code),
        "original_date": parts.as_delivered(parts.first(meta, "volume-data/year-publication")),
        "publication_date": year,
        "copyright_date": copied if values.is_year(copied) else "",
        "online_date": _day(_attribute(head, "history", "online")),
        **parts.identifiers(
            data.find("doi") if data is not None else None, findings, root.get("artid") or ""
        ),
        "pii": tuple(filter(None, (parts.first(data, "pii"),))),
        "arxiv": tuple(filter(None, (parts.first(head, ".//arxivppt"),))),
        "author": _authors(head),
        "subject": (
            *parts.subjects(head.iterfind("classifications/keywords/keyword"), code),
            *_classes(head),
        ),
        "abstract": parts.prose(own, "heading", "p"),
        "other_abstract": parts.local_texts(
            (e.get("lang"), "", parts.prose(e, "heading", "p")) for e in found[1:]
        ),
        "host": _host(meta, data, year),
        "ref_bibs": references(root.find("back")),
    }
    return Record(**fields)


def _classes(head: Element) -> Iterator[Subject]:
    """Give the codes of a classification, named by it: "PACS 52.80.Vp"."""
    for group in head.iterfind("classifications/class-codes"):
        scheme = (group.get("scheme") or "").upper()
        for element in group.findall("code"):
            if words(element):
                yield Subject(value=f"{scheme} {words(element)}".strip())


def _attribute(place: Element | None, path: str, name: str) -> str:
    found = place.find(path) if place is not None else None
    return found.get(name) or "" if found is not None else ""


def _day(written: str) -> str:
    """Return "2011-10-10" for "10 October 2011"."""
    day, month, year = (*written.lower().split(), "", "", "")[:3]
    number = str(_MONTHS.index(month) + 1) if month in _MONTHS else ""
    return values.day(year, number, day)


def _host(meta: Element, data: Element | None, year: str) -> Host:
    journal = meta.find("jnl-data")
    number = data.find("type-number") if data is not None else None
    is_numbered = number is not None and number.get("numbering") == "article"
    return Host(
        genre=("journal",),
        title=parts.first(journal, "jnl-fullname", "jnl-abbreviation"),
        publication_date=year,
        issn=parts.issns([parts.first(journal, "jnl-issn")]),
        eissn=parts.issns([parts.first(journal, "jnl-eissn", "jnl-issn-electronic")]),
        journal_id=tuple(filter(None, ((journal.get("jnlid") or ""),)))
        if journal is not None
        else (),
        publisher=parts.first(journal, "jnl-imprint"),
        volume=parts.first(meta, "volume-data/volume-number"),
        issue=parts.first(meta, "issue-data/issue-number"),
        pages=parts.pages(
            parts.first(data, "first-page"),
            parts.first(data, "last-page"),
            parts.first(data, "length"),
        ),
        article_number=parts.first(data, "article-number") if is_numbered else "",
    )


def _authors(head: Element) -> tuple[Contributor, ...]:
    addresses = {
        e.get("id") or "": readable(e, skip=_MARKS).strip(" ,;.")
        for e in head.iterfind("address-group/address")
        if e.find("orgname") is not None or e.find("country") is not None
    }
    mails = {
        e.get("id") or "": [words(mail) for mail in e.findall("email")]
        for e in head.iterfind("address-group//e-address")
    }
    alone = list(addresses.values()) if len(addresses) == 1 else []
    found: list[Contributor | None] = []
    for element in head.iterfind("author-group/*"):
        affiliations = _pointed(element, "address", addresses) or alone
        if element.tag == "author":
            found.append(_author(element, affiliations, mails))
        elif element.tag == "collaboration":
            found.append(parts.group(parts.first(element, "group"), affiliations))
    return parts.present(found)


def _pointed(element: Element, attribute: str, addresses: Mapping[str, str]) -> list[str]:
    keys = (element.get(attribute) or "").replace(",", " ").split()
    return [addresses[key] for key in keys if key in addresses]


def _author(
    element: Element, affiliations: list[str], mails: Mapping[str, list[str]]
) -> Contributor | None:
    keys = (element.get("email") or "").replace(",", " ").split()
    return parts.contributor(
        parts.first(element, "first-names"),
        parts.first(element, "second-name"),
        suffix=parts.first(element, "suffix"),
        affiliations=affiliations,
        mails=[mail for key in keys for mail in mails.get(key, [])],
        orcid=element.get("orcid") or "",
    )
