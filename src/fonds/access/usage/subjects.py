"""What a record is to COUNTER: an item of a title, with identifiers as the reports write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import blake2b

import msgspec
from stdnum import isbn as isbns

from fonds.record import Host, Record

NO_YEAR = "0001"  # Code of Practice 5.1, 3.3.8: where it is not known
_TITLE_TYPES: Mapping[str, tuple[str, str]] = {  # genre -> data type of the title and of its items
    "journal": ("Journal", "Article"),
    "book": ("Book", "Book_Segment"),
    "book-series": ("Book", "Book_Segment"),
    "conference": ("Conference", "Conference_Item"),
    "reference-works": ("Reference_Work", "Reference_Item"),
    "newspaper": ("Newspaper_or_Newsletter", "News_Item"),
    "patent": ("Patent", "Patent"),
    "report": ("Report", "Report"),
    "thesis": ("Thesis_or_Dissertation", "Thesis_or_Dissertation"),
}
_UNKNOWN = ("Unspecified", "Unspecified")
BOOKS = frozenset({"Book", "Reference_Work"})
_DOI = re.compile(r"10\.[1-9][0-9]{2}[0-9.]*/.+")
_ISSN = re.compile(r"[0-9]{4}-[0-9]{3}[0-9X]")
_ORCID = re.compile(r"[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9X]")
_DATE = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_YEAR = re.compile(r"[0-9]{4}")
_MOST_AUTHORS = 3  # the reports take no more
_decode = msgspec.json.Decoder(Record).decode


class Author(msgspec.Struct, frozen=True, omit_defaults=True):
    """An author of an item."""

    name: str
    orcid: str = ""


class Title(msgspec.Struct, frozen=True, omit_defaults=True):
    """A journal or a book."""

    key: str
    name: str = ""
    publisher: str = ""
    data_type: str = "Unspecified"
    doi: str = ""
    isbn: str = ""
    print_issn: str = ""
    online_issn: str = ""


class Item(msgspec.Struct, frozen=True, omit_defaults=True):
    """A document."""

    key: str  # its id
    title: str  # key of its title
    name: str = ""
    publisher: str = ""
    data_type: str = "Unspecified"
    yop: str = NO_YEAR
    date: str = ""  # yyyy-mm-dd, or empty
    doi: str = ""
    ark: str = ""
    authors: tuple[Author, ...] = ()


def read_subject(content: bytes, identifier: str, ark: str) -> tuple[Item, Title]:
    """Return the item that a stored record is, and its title."""
    record = _decode(content)
    host = record.host or Host(genre=())
    whole = _types(record, host)
    title = Title(
        key=_key(record, host),
        name=host.title or record.title,
        publisher=host.publisher or record.corpus_name,
        data_type=whole[0],
        doi=_first(_DOI, host.doi),
        isbn=_isbn(host),
        print_issn=_first(_ISSN, host.issn),
        online_issn=_first(_ISSN, host.eissn),
    )
    year = record.publication_date
    dates = (record.online_date, record.print_date)
    authors = tuple(
        Author(one.name, one.orcid if _ORCID.fullmatch(one.orcid) else "")
        for one in record.author
        if len(one.name) > 1
    )
    return Item(
        key=identifier,
        title=title.key,
        name=record.title,
        publisher=title.publisher,
        data_type=whole[1],
        yop=year if _YEAR.fullmatch(year) else NO_YEAR,
        date=min(filter(_DATE.fullmatch, dates), default=""),
        doi=_first(_DOI, record.doi),
        ark=ark,
        authors=tuple(dict.fromkeys(authors))[:_MOST_AUTHORS],
    ), title


def _types(record: Record, host: Host) -> tuple[str, str]:
    for genre in (*host.genre, *record.genre):
        if genre in _TITLE_TYPES:
            title, item = _TITLE_TYPES[genre]
            # a book that is delivered as a whole is itself the item
            return title, title if title == "Book" and record.genre[:1] == ("book",) else item
    return _UNKNOWN


def _key(record: Record, host: Host) -> str:
    """Return what tells titles apart: ISSN, ISBN, else the name."""
    for values in (host.issn, host.eissn, host.isbn, host.eisbn):
        if values:
            text = values[0].upper().replace("-", "")
            break
    else:
        text = " ".join((host.title or record.title).casefold().split())
    return blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def _isbn(host: Host) -> str:
    for text in (*host.isbn, *host.eisbn):
        if isbns.is_valid(text):
            shown: str = isbns.format(text, convert=True)
            return shown if len(shown) == 17 else ""  # without its parts it is no ISBN of a report
    return ""


def _first(pattern: re.Pattern[str], values: tuple[str, ...]) -> str:
    return next((value for value in values if pattern.fullmatch(value)), "")
