"""The front of an Elsevier article: identifiers, titles, abstracts, keywords, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fonds.errors import Finding
from fonds.record import AccessCondition, Conference, Host, LocalText, Pages, Subject
from fonds.sources import values
from fonds.sources.formats.elsevier.genres import genre, is_about_another
from fonds.sources.formats.elsevier.names import CE, HREF, JA, LANG
from fonds.sources.formats.elsevier.people import read_people
from fonds.sources.formats.elsevier.place import Place
from fonds.sources.formats.elsevier.references import read_reviewed
from fonds.sources.languages import language
from fonds.sources.markup import readable, words
from fonds.sources.values import is_number
from fonds.sources.xml import Element, line_of

_HEADS = ("head", "simple-head", "book-review-head")
_NOT_TITLE = frozenset({"cross-ref", "cross-refs", "footnote", "float-anchor"})
_LABELS = ("abstract", "summary", "résumé", "resume", "zusammenfassung", "resumen", "riassunto",
           "abstracts")  # fmt: skip
_SERIAL = re.compile(r"S(\d{4}-?\d{3}[\dX])")
_ABBREVIATIONS = "abr"
_DEFAULT_LANGUAGE = "en"  # the DTD's default of `xml:lang`
_APART = tuple(f"{CE}{name}" for name in ("label", "para", "simple-para", "list", "list-item"))

Fields = dict[str, Any]


def read_front(article: Element, place: Place, findings: list[Finding]) -> Fields:
    """Return the fields of the record that the article's front and its place give."""
    info = article.find(f"{JA}item-info")
    assert info is not None
    head = next((h for name in _HEADS if (h := article.find(JA + name)) is not None), info)
    lang = language(article.get(LANG, _DEFAULT_LANGUAGE))
    original, normal = genre(article, head)
    copied = _copyright_year(info, findings)
    year = place.year or copied
    fields: Fields = {
        "language": (lang,) if lang else ("unknown",),
        "original_genre": (original,) if original else ("N/A",),
        "genre": (normal,),
        "author": read_people(head.findall(f"{CE}author-group")),
        "publication_date": year,
        "copyright_date": copied,
        "online_date": place.online,
        "print_date": place.cover,
        "subject": tuple(_keywords(head, info)),
        "erratum_of": _erratum(article, info),
        "access_condition": _access(head, info, place),
        "host": _host(info, place, year),
    }
    fields.update(_identifiers(info, findings))
    fields.update(_titles(head))
    fields.update(_abstracts(head, lang))
    return fields


def _copyright_year(info: Element, findings: list[Finding]) -> str:
    element = info.find(f"{CE}copyright")
    year = element.get("year", "") if element is not None else ""
    if not year or values.is_year(year):
        return year
    assert element is not None
    findings.append(values.bad_year(year, line_of(element)))
    return ""


def _identifiers(info: Element, findings: list[Finding]) -> Fields:
    pii, aid = words(info.find(f"{CE}pii")), words(info.find(f"{JA}aid"))
    fields: Fields = {"pii": (pii,) if pii else (), "article_id": (aid,) if aid else ()}
    element = info.find(f"{CE}doi")
    if element is not None and words(element):
        valid = values.doi(words(element))
        if valid is None:
            reason = f"{words(element)[:80]!r}"
            findings.append(Finding("doi-invalid", reason, line=line_of(element)))
        fields["doi"] = (valid,) if valid else ()
    preprint = info.find(f"{CE}preprint/{CE}inter-ref")
    if preprint is not None and preprint.get(HREF, "").startswith("arxiv:"):
        fields["arxiv"] = (preprint.get(HREF, "")[len("arxiv:") :],)
    return fields


def _titles(head: Element) -> Fields:
    title = _joined(head.find(f"{CE}title"), head.find(f"{CE}subtitle"))
    if not title:
        reviewed = next(iter(read_reviewed(head)), None)
        title = (reviewed.title or reviewed.text) if reviewed is not None else ""
    title = title or words(head.find(f"{CE}dochead/{CE}textfn"))
    others = []
    for element in head.findall(f"{CE}alt-title"):
        after = element.getnext()
        is_sub = after is not None and after.tag == f"{CE}alt-subtitle"
        text = _joined(element, after if is_sub else None)
        if text:
            others.append(LocalText(lang=language(element.get(LANG)), value=text))
    return {"title": title, "translated_title": tuple(others)}


def _joined(title: Element | None, subtitle: Element | None) -> str:
    main, sub = readable(title, skip=_NOT_TITLE), readable(subtitle, skip=_NOT_TITLE)
    if main and sub:
        return f"{main}{'' if main.endswith((':', '?', '!', '.')) else ':'} {sub}"
    return main or sub


def _abstracts(head: Element, lang: str) -> Fields:
    """Take the author's abstract in the article's language; the others stand beside it."""
    found = [(e, text) for e in head.findall(f"{CE}abstract") if (text := _abstract(e))]
    plain = [pair for pair in found if pair[0].get("class", "author") in ("author", "editor")]
    own = [pair for pair in plain if language(pair[0].get(LANG)) in ("", lang)]
    first = next(iter(own or plain), None)
    return {
        "abstract": first[1] if first is not None else "",
        "other_abstract": tuple(
            LocalText(lang=language(e.get(LANG)), kind=_kind(e), value=text)
            for e, text in found
            if first is None or e is not first[0]
        ),
    }


def _kind(abstract: Element) -> str:
    kind = abstract.get("class", "author")
    return "" if kind == "author" else kind


def _abstract(element: Element) -> str:
    pieces: list[str] = []
    for section in element.findall(f"{CE}abstract-sec"):
        heading = words(section.find(f"{CE}section-title")).rstrip(" :.")
        for apart in section.iter(*_APART):
            apart.tail = " " + (apart.tail or "")
        paragraphs = [words(p) for p in section if p.tag != f"{CE}section-title"]
        text = " ".join(filter(None, paragraphs))
        if text:
            is_label = not heading or heading.lower() in _LABELS
            pieces.append(text if is_label else f"{heading}: {text}")
    return " ".join(pieces)


def _keywords(head: Element, info: Element) -> Iterator[Subject]:
    seen: set[Subject] = set()
    for group in head.findall(f"{CE}keywords"):
        if group.get("class") == _ABBREVIATIONS:
            continue
        code = language(group.get(LANG))
        for keyword in group.iter(f"{CE}keyword"):
            subject = Subject(lang=(code,) if code else (), value=words(keyword.find(f"{CE}text")))
            if subject.value and subject not in seen:
                seen.add(subject)
                yield subject
    for topic in info.iter(f"{CE}doctopic"):
        subject = Subject(value=words(topic.find(f"{CE}text")))
        if subject.value and subject not in seen:
            seen.add(subject)
            yield subject


def _erratum(article: Element, info: Element) -> tuple[str, ...]:
    if not is_about_another(article):
        return ()
    found = []
    for element in info.iterfind(f"{CE}document-thread/{CE}refers-to-document"):
        doi = values.doi(words(element.find(f"{CE}doi")))
        found.append(doi or words(element.find(f"{CE}pii")))
    return tuple(dict.fromkeys(filter(None, found)))


def _access(head: Element, info: Element, place: Place) -> AccessCondition:
    """Return the licence: the wrapper's, else the one that a note on the first page names."""
    if place.licence or place.is_open:
        return AccessCondition(
            content_type="isOpenAccess" if place.is_open else "unknown", value=place.licence
        )
    for part in (info, *head.findall(f"{CE}article-footnote")):
        for link in part.iter(f"{CE}inter-ref"):
            if "creativecommons.org" in link.get(HREF, ""):
                return AccessCondition(content_type="isOpenAccess", value=link.get(HREF, ""))
    for note in head.findall(f"{CE}article-footnote"):
        text = words(note.find(f"{CE}note-para"))
        if "creative commons" in text.lower() or "open access" in text.lower():
            return AccessCondition(content_type="isOpenAccess", value=text)
    return AccessCondition()


def _issn_in(pii: str) -> tuple[str, ...]:
    """Return the ISSN in a serial's PII, `S0370-2693(25)00115-7`; it begins with it."""
    found = _SERIAL.match(pii)
    issn = values.issn(found[1]) if found else None
    return (issn,) if issn else ()


def _host(info: Element, place: Place, year: str) -> Host:
    jid = words(info.find(f"{JA}jid"))
    first, last = place.first, place.last
    counted = is_number(first) and is_number(last) and int(last) >= int(first)
    total = str(int(last) - int(first) + 1) if counted else ""
    number = words(info.find(f"{CE}article-number")) or place.number
    return Host(
        genre=("journal",),
        title=place.journal,
        issn=place.issn or (() if place.eissn else _issn_in(words(info.find(f"{CE}pii")))),
        eissn=place.eissn,
        publication_date=year,
        journal_id=(jid,) if jid else (),
        publisher=place.publisher,
        volume=place.volume,
        issue=place.issue,
        pages=Pages(first=first, last=last, total=total) if first or last else None,
        article_number=number,
        editor=place.editors,
        conference=(Conference(name=place.conference),) if place.conference else (),
    )
