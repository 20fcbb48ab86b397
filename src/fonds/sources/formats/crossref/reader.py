"""Crossref deposits of every schema version, and what Crossref's queries answer.

Schemas: https://gitlab.com/crossref/schema. The namespace changes with each version, so local
names are matched. Query answers (`doi_records`, `crossref_result`, OAI records) hold the same
elements in another envelope; some have prefixes that nobody declared.
"""

from __future__ import annotations

from fonds.errors import Finding
from fonds.record import Record
from fonds.sources.formats.crossref import hosts, parts
from fonds.sources.formats.crossref.hosts import Standing
from fonds.sources.languages import language
from fonds.sources.markup import words
from fonds.sources.model import Piece, Reading, Source
from fonds.sources.pieces import alone
from fonds.sources.xml import Element, line_of, local, without_namespaces

# what is a document -> ISTEX's genre
_UNITS = {
    "journal_article": "article",
    "conference_paper": "conference",
    "content_item": "chapter",
    "posted_content": "other",
    "dissertation": "other",
    "dataset": "other",
    "peer_review": "other",
    "standard": "other",
    "pending_publication": "other",
}
# documents of their own only where nothing of theirs was deposited
_WHOLES = {"book": "book", "conference": "conference", "report-paper": "other"}
_META = {
    "book": hosts.BOOKS,
    "conference": hosts.PROCEEDINGS,
    "report-paper": hosts.REPORTS,
    "standard": ("standard_metadata", "standard_series_metadata"),
}
# what a piece keeps of the elements its record stands in
_KEPT = frozenset(
    {"head", "header", "event_metadata", "journal_metadata", "journal_issue", "contributors"}
    | {"database_metadata"}
    | {tag for tags in _META.values() for tag in tags}
)
# what says which language a host's documents are in; their neighbours do not
_DESCRIBES = ("journal_metadata", *(tag for tags in _META.values() for tag in tags))
_KINDS = {"posted_content": "type", "content_item": "component_type", "book": "book_type"}
_ANSWERS = frozenset({"doi_records", "crossref_result", "record", "crossref"})


class CrossrefDepositReader:
    """Reads every document of a deposit."""

    name = "crossref-deposit"
    label = "Crossref deposit"
    version = 7

    def recognises(self, source: Source) -> bool:
        """Tell by a `doi_batch` that holds documents."""
        root = source.root
        return root is not None and local(root.tag) == "doi_batch" and bool(documents(root))

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every document of the deposit. Changes the tree."""
        assert source.root is not None
        return read_documents(source.root)


class CrossrefUnixrefReader:
    """Reads every document of an answer to a query."""

    name = "crossref-unixref"
    label = "Crossref query result"
    version = 5

    def recognises(self, source: Source) -> bool:
        """Tell by the envelope of an answer with documents in a `crossref` element."""
        root = source.root
        if root is None or local(root.tag) not in _ANSWERS:
            return False
        wanted = ("{*}crossref", "{*}query_result", "{*}doi_record")
        return next(root.iter(*wanted), None) is not None and bool(documents(root))

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every document of the answer. Changes the tree."""
        assert source.root is not None
        return read_documents(source.root)


def documents(root: Element) -> list[Element]:
    """Return the elements that are documents, in their order."""
    wanted = [f"{{*}}{tag}" for tag in (*_UNITS, *_WHOLES)]
    found = []
    for element in root.iter(*wanted):
        tag = local(element.tag)
        if any(local(above.tag) in _UNITS for above in element.iterancestors()):
            continue  # no schema puts a document into another
        held = element.iter("{*}conference_paper", "{*}content_item")
        if tag not in _WHOLES or next(held, None) is None:
            found.append(element)
    return found


def read_documents(root: Element) -> tuple[Reading, ...]:
    """Read every document under an element. Changes the tree."""
    found = documents(root)
    pieces: list[Piece | None] = [None] * len(found)
    if len(found) > 1:
        pieces = [alone(unit, _name(unit, at), _KEPT) for at, unit in enumerate(found, start=1)]
    without_namespaces(root)
    return tuple(_read(unit, piece) for unit, piece in zip(found, pieces, strict=True))


def _name(unit: Element, number: int) -> str:
    found = unit.find("{*}doi_data/{*}doi")
    return words(found) or str(number)


def _read(unit: Element, piece: Piece | None) -> Reading:
    findings: list[Finding] = []
    meta = next((e for tag in _META.get(unit.tag, ()) if (e := unit.find(tag)) is not None), unit)
    title, translated = parts.titles(meta)
    year, online, printed = parts.dates(meta, findings)
    authors, editors = parts.people(meta)
    abstract, others = parts.abstracts(meta)
    standing = _standing(unit, year, findings)
    genre = (_UNITS | _WHOLES)[unit.tag]
    kind = unit.get(_KINDS.get(unit.tag, "type"))
    record = Record(
        title=title or words(meta.find("proceedings_title")) or _component(unit),
        translated_title=translated,
        abstract=abstract,
        other_abstract=others,
        author=authors,
        editor=editors,
        language=(_language(unit, meta),),
        genre=("book",) if unit.tag == "content_item" and kind == "book" else (genre,),
        original_genre=(f"{unit.tag}:{kind}" if kind else unit.tag,),
        publication_date=year or (standing.host.publication_date if standing.host else ""),
        online_date=online,
        print_date=printed,
        doi=parts.doi(meta, findings),
        pii=parts.piis(meta),
        article_id=parts.numbers(meta),
        host=standing.host,
        serie=standing.serie,
        ref_bibs=parts.references(meta),
        access_condition=parts.licence(meta),
        funder=parts.funders(meta),
        fulltext_url=words(meta.find("doi_data/resource")),
    )
    if not record.title and not record.doi:
        findings.append(Finding("no-title", "neither title nor DOI", line=line_of(unit)))
    return Reading(record=record, findings=tuple(findings), piece=piece)


def _standing(unit: Element, year: str, findings: list[Finding]) -> Standing:
    above = {element.tag: element for element in unit.iterancestors()}
    if "journal" in above:
        return hosts.journal(unit, above["journal"], year, findings)
    if unit.tag == "conference_paper":
        conference = above.get("conference")
        return hosts.proceedings(unit, conference, year) if conference is not None else Standing()
    if unit.tag == "content_item":
        found = above.get("book", above.get("report-paper"))
        return hosts.book(unit, found, year) if found is not None else Standing()
    if unit.tag == "conference":
        return hosts.proceedings(unit, unit, year)
    if unit.tag in ("book", "report-paper"):
        return hosts.book(unit, unit, year)
    return hosts.repository(unit, year)


def _component(unit: Element) -> str:
    """Return what an untitled part of a book is called there: "chapter 7"."""
    number = words(unit.find("component_number"))
    return f"{unit.get('component_type') or 'part'} {number}" if number else ""


def _language(unit: Element, meta: Element) -> str:
    """Return the language of the document, else that of its host."""
    own = language(meta.get("language")) or language(unit.get("language"))
    for element in unit.iterancestors():
        if own:
            break
        described = (e for tag in _DESCRIBES if (e := element.find(tag)) is not None)
        own = next(filter(None, (language(e.get("language")) for e in described)), "")
    return own or "unknown"
