"""BioMed Central's own articles: `art` with `ui`, `ji`, `fm`, `bdy` and `bm`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from fonds.errors import Finding
from fonds.record import AccessCondition, Contributor, Host, Record, Reference
from fonds.sources import parts, values
from fonds.sources.markup import readable, words
from fonds.sources.model import Reading, Source
from fonds.sources.parts import Fields
from fonds.sources.running_text import RunningText
from fonds.sources.xml import Element, local

_GENRES = {
    "study-protocol": "research-article",
    "methodology": "research-article",
    "methodology-article": "research-article",
    "software": "research-article",
    "database": "research-article",
    "commentary": "other",
    "short-report": "brief-communication",
}
_NAME = frozenset({"snm", "fnm", "mi", "cnm"})
_ENTRY = frozenset({"source", "publisher", "pubdate", "volume", "issue", "fpage", "lpage"})
_PUBMED = ("pmpid", "pmid")


class BmcReader:
    """Reads BMC articles."""

    name = "bmc"
    label = "BMC art"
    version = 1

    def __init__(self) -> None:
        self._body = RunningText("fonds.sources.formats.bmc")

    def recognises(self, source: Source) -> bool:
        """Tell by an `art` with bibliographic front matter."""
        root = source.root
        return root is not None and local(root.tag) == "art" and root.find("fm/bibl") is not None

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read the article. Changes the tree."""
        return self._body.article(source, _record)


def _record(root: Element, findings: list[Finding]) -> Record:
    front, meta = root.find("fm"), root.find("fm/bibl")
    assert front is not None
    assert meta is not None
    kind = parts.first(front, "dochead")
    code = front.get("lang") or root.get("lang") or "eng"  # the DTD knows no other
    found = front.findall("abs")
    date = meta.find("pubdate")
    year = parts.year(words(date), date, findings)
    copied = parts.first(front, "cpyrt/year")
    fields: Fields = {
        "title": readable(meta.find("title")),
        "genre": (_genre(kind),),
        "original_genre": (kind or "N/A",),
        "language": parts.languages(code),
        "publication_date": year,
        "online_date": parts.day(front.find("history/pub/date")),
        "copyright_date": copied if values.is_year(copied) else "",
        "original_date": parts.as_delivered(words(date)),
        **parts.identifiers(_id(meta, "doi"), findings, parts.first(root, "ui")),
        "pmid": tuple(filter(None, (words(_id(meta, *_PUBMED)),))),
        "pmcid": tuple(filter(None, (words(_id(meta, "pmcid")),))),
        "author": _authors(meta),
        "subject": parts.subjects(front.iterfind("kwdg/kwd"), code),
        "abstract": _abstract(next(iter(found), None)),
        "other_abstract": parts.local_texts((e.get("lang"), "", _abstract(e)) for e in found[1:]),
        "access_condition": _licence(front),
        "host": _host(root, meta, year),
        "ref_bibs": tuple(_references(root.find("bm/refgrp"))),
    }
    return Record(**fields)


def _genre(kind: str) -> str:
    if not kind:
        return "article"
    return _GENRES.get(kind.lower().replace(" ", "-")) or values.genre(kind)


def _abstract(element: Element | None) -> str:
    """Return an abstract; its sections' headings are closed by colons."""
    for heading in element.iter("st") if element is not None else ():
        for paragraph in heading.findall("p"):
            paragraph.tag = "span"  # a heading, not a paragraph
    return parts.prose(element, "st", "p")


def _id(meta: Element, *kinds: str) -> Element | None:
    return next((e for e in meta.iterfind("xrefbib//pubid") if e.get("idtype") in kinds), None)


def _host(root: Element, meta: Element, year: str) -> Host:
    code = parts.first(root, "ji")
    number = values.issn(parts.first(meta, "issn") or code)
    first = parts.first(meta, "fpage")
    last = parts.first(meta, "lpage")
    return Host(
        genre=("journal",),
        title=parts.first(meta, "source"),
        publication_date=year,
        eissn=(number,) if number else (),  # BMC's journals are online only
        journal_id=tuple(filter(None, (code,))),
        publisher_id=tuple(filter(None, (code,))),
        publisher="BioMed Central",
        volume=parts.first(meta, "volume"),
        issue=parts.first(meta, "issue"),
        pages=parts.pages(first, last) if last else None,
        article_number="" if last else first,
    )


def _authors(meta: Element) -> tuple[Contributor, ...]:
    addresses = {e.get("id") or "": readable(e) for e in meta.iterfind("insg/ins")}
    alone = list(addresses.values()) if len(addresses) == 1 else []
    people: list[Contributor | None] = []
    for element in meta.iterfind("aug/au"):
        keys = [e.get("iid") or "" for e in element.findall("insr")]
        people.append(_author(element, [addresses.get(key, "") for key in keys] or alone))
    return parts.present(people)


def _author(element: Element, affiliations: list[str]) -> Contributor | None:
    group = parts.first(element, "cnm")
    if group:
        return parts.group(group, affiliations)
    forenames = filter(None, (parts.first(element, "fnm"), parts.first(element, "mi")))
    return parts.contributor(
        " ".join(forenames),
        parts.first(element, "snm"),
        suffix=parts.first(element, "suf"),
        affiliations=affiliations,
        mails=[words(e) for e in element.findall("email")],
        orcid=parts.first(element, "orcid"),
    )


def _licence(front: Element) -> AccessCondition:
    note = front.find("cpyrt/note")
    links = [words(e) for e in note.iter("url")] if note is not None else []
    link = next((at for at in links if "creativecommons" in at), "")
    return parts.access(link, words(note))


def _references(group: Element | None) -> Iterator[Reference]:
    for entry in group.findall("bibl") if group is not None else ():
        found = _reference(entry)
        if found is not None:
            yield found


def _reference(entry: Element) -> Reference | None:
    found = parts.texts(entry, _ENTRY)
    title, source = readable(entry.find("title")), found.get("source", "")
    is_book = "publisher" in found and not title
    identifiers: Mapping[str, str] = {
        e.get("idtype") or "": words(e) for e in entry.iterfind("xrefbib//pubid")
    }
    return parts.reference(
        entry,
        entry.get("id") or "",
        title=title or (source if is_book else ""),
        authors=[_named(e) for e in entry.iterfind("aug/au")],
        editors=[parts.group(words(e)) for e in entry.findall("editor")],
        date=found.get("pubdate", ""),
        doi=identifiers.get("doi", ""),
        pmid=next((identifiers[kind] for kind in _PUBMED if kind in identifiers), ""),
        host="" if is_book else source,
        volume=found.get("volume", ""),
        issue=found.get("issue", ""),
        begin=found.get("fpage", ""),
        end=found.get("lpage", ""),
    )


def _named(element: Element) -> Contributor | None:
    found = parts.texts(element, _NAME)
    if "cnm" in found:
        return parts.group(found["cnm"])
    forename = f"{found.get('fnm', '')} {found.get('mi', '')}".strip()
    return parts.person(forename, found.get("snm", ""))
