"""The articles of a TEI volume (Dingler's Polytechnisches Journal): one document each."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from fonds.record import Contributor, Host, Pages, Record
from fonds.sources.formats.tei.description import LANG, Description
from fonds.sources.formats.tei.header import licence
from fonds.sources.formats.tei.people import contributors
from fonds.sources.formats.tei.references import ID, year_of
from fonds.sources.languages import language
from fonds.sources.markup import readable, words
from fonds.sources.model import Piece
from fonds.sources.pieces import alone
from fonds.sources.values import is_number
from fonds.sources.xml import Element

_AUTHORS = frozenset({"author", "author_orig"})
_KEPT = frozenset({"teiHeader", "pb"})
_NOTES = frozenset({"note", "sic"})


def articles(root: Element) -> Iterator[Element]:
    """Give the inner texts that are articles, in order."""
    for text in root.iter("{*}text"):
        if (text.get("type") or "").startswith("art"):
            yield text


def piece_of(article: Element) -> Piece:
    """Return an article in its volume, without the others; with the page break before it."""
    parent, before = article.getparent(), _break_before(article)
    copied = deepcopy(before) if before is not None else None
    if parent is not None and copied is not None:
        copied.tail = None
        parent.insert(parent.index(article), copied)
    made = alone(article, article.get(ID) or "article", _KEPT)
    if parent is not None and copied is not None:
        parent.remove(copied)
    return made


def take_out_articles(root: Element) -> None:
    """Leave of a volume what stands around its articles: title, preface, register."""
    for article in list(articles(root)):
        parent = article.getparent()
        if parent is not None:
            parent.remove(article)


def read_article(text: Element, header: Description) -> Record:
    """Return the record of an article of a volume, without its text."""
    year = year_of(header.source)
    kind = text.get("type") or ""
    lang = next((code for one in _with_those_above(text) if (code := language(one.get(LANG)))), "")
    return Record(
        title=_title(text),
        author=_authors(text),
        language=(lang or header.language() or "unknown",),
        genre=("article",),
        original_genre=(kind,),
        publication_date=year,
        article_id=tuple(filter(None, [text.get(ID)])),
        host=_host(text, header, year),
        access_condition=licence(header),
    )


def _with_those_above(element: Element) -> Iterator[Element]:
    yield element
    yield from element.iterancestors()


def _title(text: Element) -> str:
    """Return the main title; what stands below it says who and from where."""
    parts = text.findall("{*}front/{*}titlePart")
    main = [readable(one, skip=_NOTES) for one in parts if one.get("type") == "main"]
    column = [readable(one, skip=_NOTES) for one in parts if one.get("type") == "column"]
    return " ".join(filter(None, main)).rstrip(" ,") or next(iter(column), "")


def _authors(text: Element) -> tuple[Contributor, ...]:
    named = [
        words(one)
        for one in text.iterfind("{*}front//{*}persName")
        if one.get("role") in _AUTHORS and not _in_note(one)
    ]
    return tuple(Contributor(name=name) for name in dict.fromkeys(named) if name)


def _in_note(element: Element) -> bool:
    return next(element.iterancestors("{*}note"), None) is not None


def _host(text: Element, header: Description, year: str) -> Host:
    numbers = {one.get("type"): one.get("n") or "" for one in text.iterancestors("{*}text")}
    described = header.source_part("biblFull")
    if described is None:
        described = header.file
    return Host(
        genre=("journal",),
        title=words(described.find("{*}titleStmt/{*}title")),
        publication_date=year,
        publisher=words(described.find("{*}publicationStmt/{*}publisher")),
        volume=numbers.get("volume", ""),
        issue=numbers.get("issue", ""),
        pages=_pages(text),
        editor=contributors(described.findall("{*}titleStmt/{*}editor"), {}),
    )


def _pages(text: Element) -> Pages | None:
    """Return the pages from the breaks in the text, and the one before it if it begins within."""
    own = [one for one in text.iter("{*}pb") if not _in_note(one)]
    numbers = [n for one in own if is_number(n := one.get("n") or "")]
    opening = text.find("{*}front/{*}pb")
    if opening is None:
        before = _break_before(text)
        number = (before.get("n") or "") if before is not None else ""
        numbers = [number, *numbers] if is_number(number) else numbers
    if not numbers:
        return None
    first, last = numbers[0], numbers[-1]
    total = str(int(last) - int(first) + 1) if int(last) >= int(first) else ""
    return Pages(first=first, last=last, total=total)


def _break_before(text: Element) -> Element | None:
    """Return the last page break before a text."""
    current: Element | None = text
    while current is not None:
        for sibling in current.itersiblings(preceding=True):
            breaks = [one for one in sibling.iter("{*}pb") if not _in_note(one)]
            if breaks:
                return breaks[-1]
        current = current.getparent()
    return None
