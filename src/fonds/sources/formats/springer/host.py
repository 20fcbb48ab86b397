"""What an A++ article or chapter stands in: journal, book, series."""

from __future__ import annotations

from fonds.errors import Finding
from fonds.record import Conference, Host, Serie
from fonds.sources import parts, values
from fonds.sources.formats.springer.people import authors
from fonds.sources.markup import readable
from fonds.sources.xml import Element


def journal(root: Element, article: Element, findings: list[Finding]) -> tuple[Host, str, str]:
    """Return the journal, the year of the issue and the day it was printed."""
    place = _above(article, "Journal")
    issue, volume = _above(article, "Issue"), _above(article, "Volume")
    info = place.find("JournalInfo") if place is not None else None
    number = issue.find("IssueInfo") if issue is not None else None
    cover = parts.day(_at(number, "IssueHistory/CoverDate"), findings)
    printed = parts.day(_at(number, "IssueHistory/PrintDate"))
    article_info = article.find("ArticleInfo")
    first = parts.first(article_info, "ArticleFirstPage")
    last = parts.first(article_info, "ArticleLastPage")
    copied = parts.first(number, "IssueCopyright/CopyrightYear")
    print_issns = parts.issns([parts.first(info, "JournalPrintISSN")])
    host = Host(
        genre=("journal",),
        title=parts.title(
            readable(_at(info, "JournalTitle")), readable(_at(info, "JournalSubTitle"))
        ),
        publication_date=cover[:4],
        copyright_date=copied if values.is_year(copied) else "",
        issn=print_issns,
        eissn=parts.issns([parts.first(info, "JournalElectronicISSN")]),
        doi=parts.doi(_at(info, "JournalDOI"), []),
        journal_id=tuple(filter(None, (parts.first(info, "JournalID"),))),
        publisher_id=tuple(filter(None, (parts.first(info, "JournalID"),))),
        publisher=parts.first(root, "PublisherInfo/PublisherName"),
        volume=_span(volume, "VolumeInfo/VolumeID"),
        issue=_issue(issue),
        pages=parts.pages(first, last),
        article_number=parts.first(article_info, "ArticleCitationID"),
        editor=authors(_at(issue, "IssueHeader"), "Editor"),
        subject=parts.subjects(info.iterfind("JournalSubjectGroup/JournalSubject"))
        if info is not None
        else (),
    )
    return host, cover[:4], printed or (cover if print_issns else "")


def book(chapter: Element, findings: list[Finding]) -> tuple[Host, str]:
    """Return the book and the year it was published."""
    place = _above(chapter, "Book")
    info = _at(place, "BookInfo")
    chapter_info = chapter.find("ChapterInfo")
    copied = parts.first(info, "BookCopyright/CopyrightYear")
    online = parts.day(_at(info, "BookHistory/OnlineDate"), findings)
    printed = parts.day(_at(info, "BookHistory/PrintDate"), findings)
    header = _at(place, "BookHeader")
    year = printed[:4] or (copied if values.is_year(copied) else "") or online[:4]
    meeting = parts.first(info, ".//ConfEventName", ".//ConfSeriesName", ".//ConfEventAbbreviation")
    host = Host(
        genre=("book",) if _above(chapter, "Series") is None else ("book-series",),
        title=parts.title(readable(_at(info, "BookTitle")), readable(_at(info, "BookSubTitle"))),
        language=parts.languages(info.get("Language")) if info is not None else (),
        publication_date=year,
        copyright_date=copied if values.is_year(copied) else "",
        isbn=tuple(filter(None, (parts.first(info, "BookPrintISBN"),))),
        eisbn=tuple(filter(None, (parts.first(info, "BookElectronicISBN"),))),
        doi=parts.doi(_at(info, "BookDOI"), []),
        book_id=tuple(
            filter(None, (parts.first(info, "BookID"), parts.first(info, "BookTitleID")))
        ),
        publisher=parts.first(_above(chapter, "Publisher"), "PublisherInfo/PublisherName"),
        volume=parts.first(info, "BookVolumeNumber"),
        pages=parts.pages(
            parts.first(chapter_info, "ChapterFirstPage"),
            parts.first(chapter_info, "ChapterLastPage"),
        ),
        author=authors(header, "Author"),
        editor=authors(header, "Editor"),
        conference=(Conference(name=meeting),) if meeting else (),
        subject=parts.subjects(info.iterfind("BookSubjectGroup/BookSubject"))
        if info is not None
        else (),
    )
    return host, year


def series(chapter: Element) -> Serie | None:
    """Return the series above the book; None without one."""
    place = _above(chapter, "Series")
    info = _at(place, "SeriesInfo")
    if info is None:
        return None
    return Serie(
        title=parts.title(
            readable(info.find("SeriesTitle")), readable(info.find("SeriesSubTitle"))
        ),
        issn=parts.issns([parts.first(info, "SeriesPrintISSN")]),
        eissn=parts.issns([parts.first(info, "SeriesElectronicISSN")]),
        volume=parts.first(_above(chapter, "Book"), "BookInfo/BookVolumeNumber"),
        editor=authors(_at(place, "SeriesHeader"), "Editor"),
    )


def _above(element: Element, name: str) -> Element | None:
    return next(element.iterancestors(name), None)


def _at(place: Element | None, path: str) -> Element | None:
    return place.find(path) if place is not None else None


def _span(place: Element | None, path: str) -> str:
    """Return "1" or "1-2" from a start and an end."""
    begin, end = parts.first(place, f"{path}Start"), parts.first(place, f"{path}End")
    return f"{begin}-{end}" if end and end != begin else begin


def _issue(issue: Element | None) -> str:
    number = _span(issue, "IssueInfo/IssueID")
    supplement = issue is not None and issue.get("IssueType") == "Supplement"
    return f"Suppl {number}".strip() if supplement else number
