"""What a book and its chapters say about themselves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fonds.errors import Finding
from fonds.record import AccessCondition, Host, Pages, Serie, Subject
from fonds.sources import parts, values
from fonds.sources.formats.jats.dates import read_dates
from fonds.sources.formats.jats.front import read_abstracts, read_keywords, read_licence
from fonds.sources.formats.jats.people import read_people
from fonds.sources.languages import language
from fonds.sources.markup import readable, words
from fonds.sources.values import is_number
from fonds.sources.xml import Element, line_of

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DEFAULT_LANGUAGE = "eng"  # the book DTDs declare `@xml:lang` so
_ELECTRONIC = frozenset({"epub", "electronic", "online", "online-only", "ebook", "epdf", "pdf"})

Fields = dict[str, Any]


class Book:
    """A book, as the host of its chapters and as a document."""

    def __init__(self, root: Element) -> None:
        self.root = root
        self.meta = _first(root, "book-meta", "collection-meta")
        self.series = root.find("collection-meta") if root.tag != "collection" else None
        found: list[Finding] = []
        meta = self.meta
        self.dates = read_dates(meta, found) if meta is not None else None
        self.people = read_people(meta, meta) if meta is not None else ((), ())
        self.findings = tuple(found)

    def title(self) -> str:
        """Return title and subtitle."""
        if self.meta is None:
            return ""
        group = _first(self.meta, "book-title-group", "title-group")
        if group is None:
            return readable(_first(self.meta, "book-title", "collection-name"))
        return _with_subtitle(group, "book-title", "title")

    def host(self, pages: Pages | None = None) -> Host:
        """Return the book as the host of a chapter."""
        meta = self.meta
        if meta is None:
            return Host(genre=("book",), pages=pages)
        printed, electronic = _numbers(meta.findall("isbn"))
        names = [(kind_of(one), words(one)) for one in _identifiers(meta)]
        authors, editors = self.people
        dates = self.dates
        return Host(
            genre=("book",),
            title=self.title(),
            isbn=printed,
            eisbn=electronic,
            doi=tuple(doi for kind, t in names if kind == "doi" and (doi := values.doi(t))),
            book_id=tuple(dict.fromkeys(t for kind, t in names if kind != "doi" and t)),
            publisher=words(meta.find("publisher/publisher-name")),
            publication_date=dates.publication if dates is not None else "",
            copyright_date=dates.copyright if dates is not None else "",
            volume=_volume(meta),
            pages=pages,
            author=authors,
            editor=editors,
            subject=tuple(dict.fromkeys(_subjects(meta))),
        )

    def serie(self) -> Serie | None:
        """Return the series that the book belongs to, if it has a name or number."""
        meta = self.series
        if meta is None:
            return None
        named = _first(meta, "collection-name", "title-group/title", "collection-title-group/title")
        issns = [(kind_of(one), values.issn(words(one))) for one in meta.findall("issn")]
        made = Serie(
            title=readable(named),
            issn=tuple(n for kind, n in issns if n and kind not in _ELECTRONIC),
            eissn=tuple(n for kind, n in issns if n and kind in _ELECTRONIC),
            volume=_volume(meta),
        )
        return made if made != Serie() else None

    def language(self) -> str:
        """Return the language of the book: its own word, or the vocabulary's default."""
        named = [self.root.get(_LANG)]
        if self.meta is not None:
            named += [
                words(one.find("meta-value"))
                for one in self.meta.iter("custom-meta")
                if words(one.find("meta-name")) == "lang"
            ]
        said = [code for code in named if code]
        return next((found for code in said if (found := language(code))), "") or (
            "unknown" if said else _DEFAULT_LANGUAGE
        )


def read_chapter(chapter: Element, book: Book, findings: list[Finding]) -> Fields:
    """Return the fields of a chapter; what it does not say itself, its book says."""
    meta = chapter.find("book-part-meta")
    assert meta is not None
    dates = read_dates(meta, findings)
    authors, editors = read_people(meta, meta)
    year = dates.publication or (book.dates.publication if book.dates is not None else "")
    kind = chapter.get("book-part-type") or ""
    fields: Fields = {
        "title": _title(meta),
        "author": authors or ((book.people[0]) if not editors else ()),
        "editor": editors,
        "language": (language(chapter.get(_LANG)) or book.language(),),
        "genre": ("chapter",),
        "original_genre": (kind or "N/A",),
        "publication_date": year,
        "online_date": dates.online,
        "print_date": dates.printed,
        "host": book.host(_pages(meta)),
        "serie": book.serie(),
        "subject": read_keywords(meta) or tuple(dict.fromkeys(_subjects(meta))),
        "access_condition": _licence(meta, book.meta),
        "chapter_id": _own_names(chapter, meta),
        "doi": _dois(_identifiers(meta), findings),
    }
    fields.update(read_abstracts(chapter, meta))
    return fields


def read_book(book: Book, findings: list[Finding]) -> Fields:
    """Return the fields of a book that is a document itself."""
    meta = book.meta
    findings += book.findings
    fields: Fields = {
        "title": book.title(),
        "author": book.people[0],
        "editor": book.people[1],
        "language": (book.language(),),
        "genre": ("book",),
        "original_genre": (str(book.root.tag),),
        "host": book.host(),
        "serie": book.serie(),
    }
    if meta is not None and book.dates is not None:
        fields.update(read_abstracts(book.root, meta))
        fields["subject"] = read_keywords(meta) or tuple(dict.fromkeys(_subjects(meta)))
        fields["publication_date"] = book.dates.publication
        fields["copyright_date"] = book.dates.copyright
        fields["access_condition"] = _licence(meta, None)
        fields["doi"] = _dois(_identifiers(meta), findings)
    return fields


def kind_of(element: Element) -> str:
    """Return the type that an identifier is marked with, whatever the version calls it."""
    names = ("pub-id-type", "book-part-id-type", "book-id-type", "publication-format",
             "pub-type", "content-type", "collection-id-type")  # fmt: skip
    return next((kind for name in names if (kind := element.get(name))), "")


def _first(element: Element, *paths: str) -> Element | None:
    return next((one for path in paths if (one := element.find(path)) is not None), None)


def _identifiers(meta: Element) -> list[Element]:
    return [*meta.findall("book-id"), *meta.findall("book-part-id"), *meta.findall("collection-id")]


def _numbers(elements: Iterable[Element]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return ISBNs of paper and of screen."""
    printed: list[str] = []
    electronic: list[str] = []
    for one in elements:
        number = words(one).replace("-", "").replace(" ", "").upper()
        if len(number) in (10, 13) and number[:-1].isdigit():
            (electronic if kind_of(one) in _ELECTRONIC else printed).append(number)
    return tuple(dict.fromkeys(printed)), tuple(dict.fromkeys(electronic))


def _volume(meta: Element) -> str:
    return words(_first(meta, "volume", "book-volume-number", "volume-in-collection/volume-number"))


def _subjects(meta: Element) -> list[Subject]:
    """Return subjects; a heading with subdivisions is one (Fiji -- History)."""
    found: list[Subject] = []
    for group in [*meta.findall("subj-group"), *meta.findall("book-part-categories/subj-group")]:
        parts = [words(one) for one in group.iter("subject")]
        value = " -- ".join(filter(None, parts))
        if value:
            found.append(Subject(value=value))
    return found


def _title(meta: Element) -> str:
    group = meta.find("title-group")
    return _with_subtitle(group, "title") if group is not None else ""


def _with_subtitle(group: Element, *names: str) -> str:
    return parts.title(readable(_first(group, *names)), readable(group.find("subtitle")))


def _pages(meta: Element) -> Pages | None:
    first, last = words(meta.find("fpage")), words(meta.find("lpage"))
    counted = is_number(first) and is_number(last) and int(last) >= int(first)
    total = str(int(last) - int(first) + 1) if counted else ""
    return Pages(first=first, last=last, total=total) if first or last else None


def _own_names(chapter: Element, meta: Element) -> tuple[str, ...]:
    named = [words(one) for one in meta.findall("book-part-id") if kind_of(one) != "doi"]
    return tuple(dict.fromkeys(filter(None, [*named, chapter.get("id") or ""])))


def _dois(elements: Iterable[Element], findings: list[Finding]) -> tuple[str, ...]:
    found: list[str] = []
    for one in elements:
        if kind_of(one) == "doi":
            valid = values.doi(words(one))
            if valid is None:
                reason = f"{words(one)[:80]!r}"
                findings.append(Finding("doi-invalid", reason, line=line_of(one)))
            else:
                found.append(valid)
    return tuple(dict.fromkeys(found))


def _licence(meta: Element, above: Element | None) -> AccessCondition:
    own = read_licence(meta)
    return read_licence(above) if above is not None and not own.value else own
