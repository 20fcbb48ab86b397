"""Springer's A++: one document for each article or chapter, under journal or book and series."""

from __future__ import annotations

from fonds.errors import Finding
from fonds.record import AccessCondition, Record
from fonds.sources import parts, values
from fonds.sources.formats.springer.host import book, journal, series
from fonds.sources.formats.springer.people import authors, funders
from fonds.sources.formats.springer.references import references
from fonds.sources.markup import readable, words
from fonds.sources.model import Reading, Source
from fonds.sources.parts import Fields
from fonds.sources.running_text import RunningText
from fonds.sources.xml import Element, local

_GENRES = {
    "OriginalPaper": "research-article",
    "InvitedPaper": "research-article",
    "ReviewPaper": "review-article",
    "BriefCommunication": "brief-communication",
    "Letter": "brief-communication",
    "EditorialNotes": "editorial",
    "BookReview": "book-reviews",
    "CaseReport": "case-report",
    "Abstract": "abstract",
    "ProceedingsPaper": "conference",
}
_KINDS = ("Article", "Chapter")
_FORMULAS = {"MATHML": "math", "TEX": "tex-math"}


class SpringerReader:
    """Reads A++ journals, books and their parts."""

    name = "springer"
    label = "Springer A++"
    version = 6

    def __init__(self) -> None:
        self._body = RunningText("fonds.sources.formats.springer")

    def recognises(self, source: Source) -> bool:
        """Tell by a `Publisher` with its `PublisherInfo`; covers and front matter hold nothing."""
        root = source.root
        return (
            root is not None
            and local(root.tag) == "Publisher"
            and (root.find("PublisherInfo") is not None or bool(_documents(root)))
        )

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every article and chapter of the tree. Changes the tree."""
        assert source.root is not None
        return tuple(self._read(source.root, one) for one in _documents(source.root))

    def _read(self, root: Element, one: Element) -> Reading:
        findings: list[Finding] = []
        text = self._body(one)
        _one_formula_each(one)
        record = (
            _article(root, one, findings) if one.tag == "Article" else _chapter(root, one, findings)
        )
        return parts.reading(record, text, findings, one)


def _documents(root: Element) -> list[Element]:
    return [one for one in root.iter(*_KINDS) if one.find(f"{one.tag}Info") is not None]


def _one_formula_each(one: Element) -> None:
    """Keep one form of each formula in the head, named as JATS does: it is read aloud once."""
    header = one.find(f"{one.tag}Header")
    info = one.find(f"{one.tag}Info")
    for place in (info, header):
        for element in place.iter("InlineEquation", "Equation") if place is not None else ():
            element.tag = "alternatives"
            for source in element.iter("EquationSource"):
                form = _FORMULAS.get(source.get("Format") or "", "textual-form")
                source.tag = "textual-form" if form == "math" and not len(source) else form


def _article(root: Element, one: Element, findings: list[Finding]) -> Record:
    info = one.find("ArticleInfo")
    assert info is not None
    host, year, printed = journal(root, one, findings)
    online = parts.day(info.find("ArticleHistory/OnlineDate"), findings)
    issue = next(one.iterancestors("Issue"), None)
    issue_year = parts.first(issue, "IssueInfo/IssueHistory/CoverDate/Year")
    kind = info.get("ArticleType") or ""
    return Record(
        **_common(one, info, findings),
        genre=(_GENRES.get(kind, "other") if kind else "article",),
        original_genre=(kind or "N/A",),
        publication_date=year or online[:4],
        online_date=online,
        print_date=printed,
        original_date=parts.as_delivered(issue_year),
        host=host,
    )


def _chapter(root: Element, one: Element, findings: list[Finding]) -> Record:
    info = one.find("ChapterInfo")
    assert info is not None
    host, year = book(one, findings)
    online = parts.day(info.find("ChapterHistory/OnlineDate"), findings)
    kind = info.get("ChapterType") or parts.first(info, "ChapterCategory")
    return Record(
        **_common(one, info, findings),
        genre=("conference" if host.conference or _is_proceedings(one) else "chapter",),
        original_genre=(kind or "N/A",),
        publication_date=year or online[:4],
        online_date=online,
        host=host,
        serie=series(one),
    )


def _is_proceedings(chapter: Element) -> bool:
    infos = (book.find("BookInfo") for book in chapter.iterancestors("Book"))
    return any(i is not None and i.get("BookProductType") == "Proceedings" for i in infos)


def _common(one: Element, info: Element, findings: list[Finding]) -> Fields:
    """Return what articles and chapters give in elements of the same names."""
    kind = str(one.tag)
    header = one.find(f"{kind}Header")
    code = _language(one, info)
    right = info.find(f"{kind}Copyright")
    stated = parts.first(right, "CopyrightYear")
    fields: Fields = {
        "arxiv": tuple(words(e) for e in info.findall(f"{kind}ExternalID[@Type='arXiv']")),
        **parts.spoken(code),
        **parts.identifiers(
            info.find(f"{kind}DOI"),
            findings,
            parts.first(info, f"{kind}ID"),
            name=f"{kind.lower()}_id",
        ),
        "copyright_date": stated if values.is_year(stated) else "",
        "access_condition": _licence(info, right),
        "author": authors(header, "Author"),
        "editor": authors(header, "Editor"),
        "funder": funders(info, header),
        "subject": tuple(
            keyword
            for group in (header.findall("KeywordGroup") if header is not None else ())
            for keyword in parts.subjects(group.findall("Keyword"), group.get("Language") or code)
        ),
        "ref_bibs": references(one.find(f"{kind}Backmatter")),
    }
    return fields | _titles(info, kind, code) | _abstracts(header, code)


def _language(one: Element, info: Element) -> str | None:
    """Return the language of an article or chapter; chapters leave it to their book."""
    own = info.get("Language") or one.get("Language")
    return own or next((e.get("Language") for e in one.iterancestors("Book")), None)


def _titles(info: Element, kind: str, code: str | None) -> Fields:
    """Return the title in the article's language; the others are translations."""
    found = info.findall(f"{kind}Title")
    own = next((e for e in found if e.get("Language") in (None, code)), next(iter(found), None))
    subtitles = info.findall(f"{kind}SubTitle")
    under = next(
        (
            e
            for e in subtitles
            if own is not None and e.get("Language") in (None, own.get("Language"))
        ),
        None,
    )
    return {
        "title": parts.title(readable(own), readable(under)),
        "translated_title": parts.local_texts(
            (e.get("Language"), "", readable(e)) for e in found if e is not own
        ),
    }


def _abstracts(header: Element | None, code: str | None) -> Fields:
    found = header.findall("Abstract") if header is not None else []
    own = next((e for e in found if e.get("Language") in (None, code)), next(iter(found), None))
    return {
        "abstract": parts.prose(own, "Heading", "Para", "SimplePara"),
        "other_abstract": parts.local_texts(
            (e.get("Language"), "", parts.prose(e, "Heading", "Para", "SimplePara"))
            for e in found
            if e is not own
        ),
    }


def _licence(info: Element, right: Element | None) -> AccessCondition:
    licence = right.find("License") if right is not None else None
    grants = info.find(f"{str(info.tag).removesuffix('Info')}Grants")
    open_choice = grants is not None and grants.get("Type") == "OpenChoice"
    if licence is None:
        return parts.access("", is_open=open_choice)
    links = [e.get("Address") or "" for e in licence.iter("RefTarget")]
    link = next((at for at in links if "licen" in at or "creativecommons" in at), "")
    named = " ".join(filter(None, (licence.get("SubType"), licence.get("Version"))))
    return parts.access(
        link, words(licence) or named, is_open=open_choice or licence.get("Type") == "OpenAccess"
    )
