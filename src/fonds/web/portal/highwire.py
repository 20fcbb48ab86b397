"""The tags in the head of a page that Google Scholar and Zotero read (Highwire Press)."""

from __future__ import annotations

from collections.abc import Iterator

from fonds.record import Record
from fonds.sources.languages import tag

_MOST_PEOPLE = 200
_MOST_TITLE = 1_000


def meta_tags(record: Record, base: str, pdf: str) -> Iterator[tuple[str, str]]:
    """Give the tags of an article; every address in them is absolute."""
    found = _tags(record, base, pdf)
    return ((name, content) for name, content in found if content)


def _tags(record: Record, base: str, pdf: str) -> Iterator[tuple[str, str]]:
    host = record.host
    yield "citation_title", record.title[:_MOST_TITLE]
    for author in record.author[:_MOST_PEOPLE]:
        shown = f"{author.surname}, {author.forename}" if author.surname else author.name
        yield "citation_author", shown.strip(", ")
        if author.orcid:
            yield "citation_author_orcid", f"https://orcid.org/{author.orcid}"
    yield "citation_publication_date", publication_date(record)
    yield "citation_online_date", record.online_date.replace("-", "/")
    if host is not None:
        is_book = "journal" not in host.genre and bool(host.isbn or host.eisbn)
        yield ("citation_inbook_title" if is_book else "citation_journal_title"), host.title
        yield "citation_volume", host.volume
        yield "citation_issue", host.issue
        yield "citation_publisher", host.publisher
        for issn in (*host.issn, *host.eissn):
            yield "citation_issn", issn
        for isbn in (*host.isbn, *host.eisbn):
            yield "citation_isbn", isbn
        if host.pages is not None:
            yield "citation_firstpage", host.pages.first or host.article_number
            yield "citation_lastpage", host.pages.last
        else:
            yield "citation_firstpage", host.article_number
    for doi in record.doi:
        yield "citation_doi", doi
    for pmid in record.pmid:
        yield "citation_pmid", pmid
    for language in record.language:
        yield "citation_language", tag(language)
    for subject in record.subject:
        yield "citation_keywords", subject.value
    if pdf:
        yield "citation_pdf_url", f"{base}{pdf}"
    yield "citation_abstract_html_url", f"{base}/notice/{record.ark_istex}"


def publication_date(record: Record) -> str:
    """Return the most exact date in the year of publication, as `YYYY/MM/DD` or shorter."""
    dates = (record.print_date, record.online_date)
    known = [date for date in dates if date[:4] == record.publication_date]
    return max(known, key=len, default=record.publication_date).replace("-", "/")
