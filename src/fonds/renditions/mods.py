"""MODS 3.7 of a record, with ISTEX's conventions (istex-api.md 4.7).

The host stands before the identifiers, the conditions of access after them. Languages are codes of
ISO 639-2/B. Written for every document, so joined from strings; see `xml_text`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from fonds.record import AccessCondition, Contributor, Funder, Host, Pages, Record, Serie, Subject
from fonds.renditions.model import Material
from fonds.renditions.names import name_of
from fonds.renditions.vocabularies import (
    CONTENT_TYPES,
    PUBLICATION_TYPES,
    content_type,
    publication_type,
)
from fonds.renditions.xml_text import attribute, document, element

_ROOT = (
    '<mods xmlns="http://www.loc.gov/mods/v3" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'version="3.7">'
)
# (field of the record, type of the identifier)
_IDENTIFIERS = (
    ("doi", "DOI"), ("pii", "PII"), ("pmid", "PMID"), ("pmcid", "PMCID"), ("arxiv", "arXiv"),
    ("article_id", "ArticleID"), ("chapter_id", "ChapterID"), ("sici", "SICI"),
)  # fmt: skip
_HOST_IDENTIFIERS = (
    ("doi", "DOI"), ("issn", "ISSN"), ("eissn", "eISSN"), ("isbn", "ISBN"), ("eisbn", "eISBN"),
    ("publisher_id", "PublisherID"), ("journal_id", "JournalID"), ("book_id", "BookID"),
)  # fmt: skip
_SERIE_IDENTIFIERS = (("doi", "DOI"), ("issn", "ISSN"), ("eissn", "eISSN"), ("isbn", "ISBN"))
_KINDS = {"": "", "personal": ' type="personal"', "corporate": ' type="corporate"'}


class Mods:
    """Makes `mods`."""

    name = "mods"
    extension = "mods"
    typology: Literal["fulltext", "metadata"] = "metadata"
    mimetype = "application/mods+xml"
    version = 1
    stored = True

    def make(self, material: Material) -> bytes | None:
        """Return the record as MODS; there is always one."""
        return document("\n".join([_ROOT, *filter(None, _parts(material.record)), "</mods>\n"]))


def _parts(record: Record) -> Iterator[str]:
    yield from _titles(record)
    yield from (_name(person, "author", "aut") for person in record.author)
    yield from (_name(person, "editor", "edt") for person in record.editor)
    yield from (_funder(funder) for funder in record.funder)
    yield "<typeOfResource>text</typeOfResource>"
    yield from (_genre(g, CONTENT_TYPES, content_type(g)) for g in record.genre)
    yield from (element("genre", g, ' displayLabel="publisher"') for g in record.original_genre)
    yield _origin(
        record.host.publisher if record.host else "",
        issued=record.publication_date,
        copyrighted=record.copyright_date,
        others=(("online", record.online_date), ("print", record.print_date)),
    )
    yield from _languages(record.language)
    yield element("abstract", record.abstract, _lang(record.language))
    for other in record.other_abstract:
        kind = f' type="{attribute(other.kind)}"' if other.kind else ""
        yield element("abstract", other.value, kind + _lang((other.lang,)))
    yield from (_funding(funder) for funder in record.funder)
    yield from _subjects(record.subject)
    if record.host is not None:
        yield _host(record.host, record.publication_date)
    if record.serie is not None:
        yield _serie(record.serie)
    for identifier in record.erratum_of:
        inside = element("identifier", identifier, ' type="DOI"')
        yield f'<relatedItem otherType="erratumOf">{inside}</relatedItem>'
    yield element("identifier", record.id, ' type="istex"')
    yield element("identifier", record.ark_istex, ' type="ark"')
    yield _identifiers(record, _IDENTIFIERS)
    if record.fulltext_url:
        yield f"<location>{element('url', record.fulltext_url)}</location>"
    if record.access_condition is not None:
        yield _access(record.access_condition)
    yield _record_info(record)


def _titles(record: Record) -> Iterator[str]:
    inside = element("title", record.title)
    yield f"<titleInfo{_lang(record.language)}>{inside}</titleInfo>" if inside else ""
    for other in record.translated_title:
        attributes = f' type="translated"{_lang((other.lang,))}'
        yield f"<titleInfo{attributes}>{element('title', other.value)}</titleInfo>"


def _lang(codes: Iterable[str]) -> str:
    code = next(iter(codes), "")
    return f' lang="{attribute(code)}"' if code and code != "unknown" else ""


def _name(person: Contributor, role: str, code: str) -> str:
    name = name_of(person)
    parts = (
        f"{element('namePart', name.given, _GIVEN)}{element('namePart', name.family, _FAMILY)}"
        if name.family
        else element("namePart", name.whole)
    )
    affiliations = "".join(element("affiliation", one) for one in person.affiliations)
    identifier = element("nameIdentifier", person.orcid, ' type="orcid"')
    kind = _KINDS["personal" if name.family else ""]
    terms = (
        f'<role><roleTerm type="text">{role}</roleTerm>'
        f'<roleTerm type="code" authority="marcrelator">{code}</roleTerm></role>'
    )
    return f"<name{kind}>{parts}{affiliations}{identifier}{terms}</name>"


_GIVEN = ' type="given"'
_FAMILY = ' type="family"'


def _funder(funder: Funder) -> str:
    if not funder.name:
        return ""
    identifier = element("nameIdentifier", funder.id)
    term = '<role><roleTerm type="text">funder</roleTerm></role>'
    return f"<name{_KINDS['corporate']}>{element('namePart', funder.name)}{identifier}{term}</name>"


def _funding(funder: Funder) -> str:
    said = "; ".join(filter(None, (funder.name, *funder.award)))
    return element("note", said, ' type="funding"') if funder.award else ""


def _genre(genre: str, authority: str, address: str) -> str:
    value = f' valueURI="{address}"' if address else ""
    return element("genre", genre, f' authority="ISTEX" authorityURI="{authority}"{value}')


def _origin(
    publisher: str, *, issued: str, copyrighted: str, others: tuple[tuple[str, str], ...] = ()
) -> str:
    encoding = ' encoding="w3cdtf"'
    inside = "".join([
        element("publisher", publisher),
        element("dateIssued", issued, encoding),
        element("copyrightDate", copyrighted, encoding),
        *(element("dateOther", date, f'{encoding} type="{kind}"') for kind, date in others),
    ])  # fmt: skip
    return f"<originInfo>{inside}</originInfo>" if inside else ""


def _languages(codes: tuple[str, ...]) -> Iterator[str]:
    for code in codes:
        if code and code != "unknown":
            term = element("languageTerm", code, ' type="code" authority="iso639-2b"')
            yield f"<language>{term}</language>"


def _subjects(subjects: tuple[Subject, ...]) -> Iterator[str]:
    for subject in subjects:
        topic = element("topic", subject.value)
        yield f"<subject{_lang(subject.lang)}>{topic}</subject>" if topic else ""


def _identifiers(part: Record | Host | Serie, kinds: tuple[tuple[str, str], ...]) -> str:
    return "".join(
        element("identifier", value, f' type="{kind}"')
        for field, kind in kinds
        for value in getattr(part, field)
    )


def _host(host: Host, date: str) -> str:
    inside = "".join([
        f"<titleInfo>{element('title', host.title)}</titleInfo>" if host.title else "",
        *(_name(person, "author", "aut") for person in host.author),
        *(_name(person, "editor", "edt") for person in host.editor),
        *(
            f'<name type="conference">{element("namePart", meeting.name)}</name>'
            for meeting in host.conference
        ),
        *(_genre(g, PUBLICATION_TYPES, publication_type(g)) for g in host.genre),
        _origin(
            host.publisher, issued=host.publication_date, copyrighted=host.copyright_date
        ),
        *_languages(host.language),
        *_subjects(host.subject),
        _identifiers(host, _HOST_IDENTIFIERS),
        _part(host, host.publication_date or date),
    ])  # fmt: skip
    return f'<relatedItem type="host">{inside}</relatedItem>'


def _part(host: Host, date: str) -> str:
    inside = "".join([
        _detail("volume", "vol.", host.volume),
        _detail("issue", "no.", host.issue),
        _detail("article", "art.", host.article_number),
        _extent(host.pages),
        element("date", date, ' encoding="w3cdtf"'),
    ])  # fmt: skip
    return f"<part>{inside}</part>" if inside else ""


def _detail(kind: str, caption: str, number: str) -> str:
    if not number:
        return ""
    said = f"<caption>{caption}</caption>{element('number', number)}"
    return f'<detail type="{kind}">{said}</detail>'


def _extent(pages: Pages | None) -> str:
    if pages is None:
        return ""
    total = pages.total if pages.total.isascii() and pages.total.isdigit() else ""
    inside = (
        element("start", pages.first)
        + element("end", pages.last)
        + element("total", total.lstrip("0"))
    )
    return f'<extent unit="pages">{inside}</extent>' if inside else ""


def _serie(serie: Serie) -> str:
    inside = "".join([
        f"<titleInfo>{element('title', serie.title)}</titleInfo>" if serie.title else "",
        *(_name(person, "editor", "edt") for person in serie.editor),
        _origin("", issued=serie.publication_date, copyrighted=""),
        _identifiers(serie, _SERIE_IDENTIFIERS),
    ])  # fmt: skip
    part = _detail("volume", "vol.", serie.volume) + _detail("issue", "no.", serie.issue)
    inside += f"<part>{part}</part>" if part else ""
    return f'<relatedItem type="series">{inside}</relatedItem>' if inside else ""


def _access(access: AccessCondition) -> str:
    said = element("accessCondition", access.content_type, ' type="restriction on access"')
    if not access.value:
        return said
    link = ""
    if access.value.startswith(("http://", "https://")) and " " not in access.value:
        link = f' xlink:href="{attribute(access.value)}"'
    return said + element("accessCondition", access.value, f' type="use and reproduction"{link}')


def _record_info(record: Record) -> str:
    inside = (
        element("recordContentSource", record.corpus_name)
        + element("recordIdentifier", record.id, ' source="ISTEX"')
        + "<recordOrigin>Made by Fonds from the publisher's delivery</recordOrigin>"
        + '<languageOfCataloging><languageTerm type="code" authority="iso639-2b">eng'
        + "</languageTerm></languageOfCataloging>"
    )
    return f"<recordInfo>{inside}</recordInfo>"
