"""The TEI header of a record, with ISTEX's conventions (istex-api.md 4.8).

ISTEX's own files carry an attribute `scheme` that TEI does not know; the address of a term stands
in `source` here, which TEI has for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from fonds.record import Host, Record, Serie
from fonds.renditions.tei_names import date, idnos, lang, person, scopes, typed
from fonds.renditions.vocabularies import content_type, publication_type
from fonds.renditions.xml_text import attribute, element

_STATUS = {"isOpenAccess": "free", "isNotOpenAccess": "restricted"}
_LEVELS = {"journal": "j"}


def header(record: Record) -> str:
    """Return the element `teiHeader`."""
    return "\n".join((
        "<teiHeader>",
        "<fileDesc>",
        f"<titleStmt>{_titles(record) or '<title/>'}{_funders(record)}</titleStmt>",
        _publication(record),
        _notes(record),
        f"<sourceDesc>{source(record)}</sourceDesc>",
        "</fileDesc>",
        _ENCODING,
        _profile(record),
        "</teiHeader>",
    ))  # fmt: skip


_ENCODING = (
    '<encodingDesc><appInfo><application ident="fonds" version="1"><label>Fonds</label>'
    "</application></appInfo></encodingDesc>"
)


def _titles(record: Record) -> str:
    code = next(iter(record.language), "")
    said = element("title", record.title, f' level="a" type="main"{lang(code)}')
    return said + "".join(
        element("title", other.value, f' level="a" type="alt"{lang(other.lang)}')
        for other in record.translated_title
    )


def _funders(record: Record) -> str:
    return "".join(
        f"<funder>{element('orgName', one.name)}{idnos(one.award, 'grant')}</funder>"
        for one in record.funder
        if one.name or one.award
    )


def _publication(record: Record) -> str:
    publisher = record.host.publisher if record.host else ""
    said = "<authority>ISTEX</authority>" + element("publisher", publisher)
    return (
        f"<publicationStmt>{said}{_availability(record)}"
        f"{date(record.publication_date, 'published')}</publicationStmt>"
    )


def _availability(record: Record) -> str:
    access = record.access_condition
    status = _STATUS.get(access.content_type, "unknown") if access else "unknown"
    value = access.value if access else ""
    target = ""
    if value.startswith(("http://", "https://")) and not any(c.isspace() for c in value):
        target = f' target="{attribute(value)}"'
    licence = f"<licence{target}>{element('p', value)}</licence>" if value else ""
    said = licence + element("p", record.corpus_name)
    return f'<availability status="{status}">{said}</availability>' if said else ""


def _notes(record: Record) -> str:
    said = "".join(_note("content-type", genre, content_type(genre)) for genre in record.genre)
    if record.host is not None:
        said += "".join(
            _note("publication-type", genre, publication_type(genre)) for genre in record.host.genre
        )
    said += "".join(element("note", one, ' type="original-type"') for one in record.original_genre)
    return f"<notesStmt>{said}</notesStmt>" if said else ""


def _note(kind: str, genre: str, address: str) -> str:
    where = f' source="{address}"' if address else ""
    return element("note", genre, f' type="{kind}" subtype="{typed(genre)}"{where}')


def source(record: Record) -> str:
    """Return the document as a `biblStruct`: itself, its journal or book, the series."""
    host = record.host
    kind = "article" if host is None or "journal" in host.genre else "inbook"
    return (
        f'<biblStruct type="{kind}">{_analytic(record)}{_monogr(record, host)}'
        f"{_series(record.serie)}</biblStruct>"
    )


def _analytic(record: Record) -> str:
    said = "".join((
        _titles(record) or "<title/>",
        *(person("author", who) for who in record.author),
        *(person("editor", who) for who in record.editor),
        idnos((record.id,), "istex"),
        idnos((record.ark_istex,), "ark"),
        idnos(record.doi, "DOI"),
        idnos(record.pii, "PII"),
        idnos(record.pmid, "PMID"),
        idnos(record.pmcid, "PMCID"),
        idnos(record.arxiv, "arXiv"),
        idnos(record.article_id, "article-id"),
        idnos(record.chapter_id, "chapter-id"),
    ))  # fmt: skip
    return f"<analytic>{said}</analytic>"


def _monogr(record: Record, host: Host | None) -> str:
    published = date(record.publication_date, "published")
    published += date(record.online_date, "epublished") + date(record.print_date, "ppublished")
    if host is None:
        return f"<monogr><imprint>{published or '<date/>'}</imprint></monogr>"
    level = next((_LEVELS[g] for g in host.genre if g in _LEVELS), "m")
    head = "".join((
        element("title", host.title, f' level="{level}" type="main"') or "<title/>",
        idnos(host.issn, "pISSN"),
        idnos(host.eissn, "eISSN"),
        idnos(host.isbn, "ISBN"),
        idnos(host.eisbn, "eISBN"),
        idnos(host.doi, "DOI"),
        idnos(host.publisher_id, "publisher-id"),
        idnos(host.journal_id, "journal-id"),
        idnos(host.book_id, "book-id"),
        *(person("author", who) for who in host.author),
        *(person("editor", who) for who in host.editor),
        *(element("meeting", meeting.name) for meeting in host.conference),
    ))  # fmt: skip
    imprint = element("publisher", host.publisher) + (published or "<date/>")
    imprint += scopes(host.volume, host.issue, host.pages, host.article_number)
    return f"<monogr>{head}<imprint>{imprint}</imprint></monogr>"


def _series(serie: Serie | None) -> str:
    if serie is None:
        return ""
    said = "".join((
        element("title", serie.title, ' level="s" type="main"'),
        *(person("editor", who) for who in serie.editor),
        idnos(serie.issn, "pISSN"),
        idnos(serie.eissn, "eISSN"),
        idnos(serie.isbn, "ISBN"),
        idnos(serie.doi, "DOI"),
        scopes(serie.volume, serie.issue, None),
    ))  # fmt: skip
    return f"<series>{said}</series>" if said else ""


def _profile(record: Record) -> str:
    said = "".join((*_abstracts(record), *_languages(record), _keywords(record)))
    return f"<profileDesc>{said}</profileDesc>" if said else ""


def _abstracts(record: Record) -> Iterator[str]:
    if record.abstract:
        code = next(iter(record.language), "")
        yield f"<abstract{lang(code)}>{element('p', record.abstract)}</abstract>"
    for other in record.other_abstract:
        if other.value:
            kind = f' style="{attribute(other.kind)}"' if other.kind else ""
            yield f"<abstract{lang(other.lang)}{kind}>{element('p', other.value)}</abstract>"


def _languages(record: Record) -> Iterator[str]:
    tags = (lang(code).removeprefix(' xml:lang="').rstrip('"') for code in record.language)
    known = "".join(f'<language ident="{tag}">{tag}</language>' for tag in tags if tag)
    if known:
        yield f"<langUsage>{known}</langUsage>"


def _keywords(record: Record) -> str:
    """Return the keywords, those of one language together."""
    groups: dict[str, list[str]] = {}
    for subject in record.subject:
        groups.setdefault(next(iter(subject.lang), ""), []).append(element("term", subject.value))
    said = "".join(
        f"<keywords{lang(code)}>{''.join(terms)}</keywords>"
        for code, terms in groups.items()
        if any(terms)
    )
    return f"<textClass>{said}</textClass>" if said else ""
