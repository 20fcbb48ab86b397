"""The bibliography of an A++ article or chapter."""

from __future__ import annotations

from fonds.record import Contributor, Reference
from fonds.sources import parts
from fonds.sources.formats.springer.people import name
from fonds.sources.markup import readable, words
from fonds.sources.xml import Element

_STRUCTURED = ("BibArticle", "BibChapter", "BibBook", "BibIssue", "BibUnstructured")


def references(back: Element | None) -> tuple[Reference, ...]:
    """Return every reference in order."""
    if back is None:
        return ()
    return tuple(
        found
        for citation in back.iterfind(".//Bibliography//Citation")
        if (found := _reference(citation)) is not None
    )


def _reference(citation: Element) -> Reference | None:
    entry = _first(citation, *_STRUCTURED)
    entry = citation if entry is None else entry
    title = readable(_first(entry, "ArticleTitle", "ChapterTitle"))
    book = readable(_first(entry, "BookTitle", "IssueTitle"))
    journal = parts.first(entry, "JournalTitle")
    handles = {e.get("Type") or "": parts.first(e, "Handle") for e in citation.iter("Occurrence")}
    alone = book if not title else ""
    return parts.reference(
        entry,
        citation.get("ID") or "",
        title=title or alone,
        authors=_people(entry, "BibAuthorName", "BibInstitutionalAuthorName"),
        editors=_people(entry, "BibEditorName"),
        date=parts.first(entry, "Year"),
        doi=parts.first(entry, "BibArticleDOI", "BibBookDOI", "BibChapterDOI")
        or handles.get("DOI", ""),
        pmid=handles.get("PID", ""),
        host=journal or (book if not alone else ""),
        volume=parts.first(entry, "VolumeID"),
        issue=parts.first(entry, "IssueID"),
        begin=parts.first(entry, "FirstPage"),
        end=parts.first(entry, "LastPage"),
    )


def _people(entry: Element, person: str, group: str = "") -> list[Contributor | None]:
    return [
        name(e) if e.tag == person else parts.group(words(e))
        for e in entry
        if e.tag in (person, group)
    ]


def _first(entry: Element, *paths: str) -> Element | None:
    return next((e for path in paths if (e := entry.find(path)) is not None), None)
