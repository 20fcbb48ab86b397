"""What a record says of the journal or book it stands in, and where in it."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b
from typing import Literal

import msgspec

from fonds.sources.values import is_year, issn

Kind = Literal["serial", "monograph"]

# genres of a host; what is in none of both (a database, a patent) is no title of ours
KINDS: dict[str, Kind] = {
    "journal": "serial",
    "book": "monograph",
    "book-series": "monograph",
    "ebook": "monograph",
    "conference": "monograph",
    "reference-works": "monograph",
}
_NOT_LETTERS = re.compile(r"[\W_]+")
_MOST_NAME = 1_000  # characters
_LEAST_WORDS = 3  # of a title by which a document is found


class _Person(msgspec.Struct, frozen=True):
    name: str = ""
    surname: str = ""


class _Pages(msgspec.Struct, frozen=True):
    first: str = ""


class _Host(msgspec.Struct, frozen=True, rename="camel"):
    genre: tuple[str, ...] = ()
    title: str = ""
    publication_date: str = ""
    issn: tuple[str, ...] = ()
    eissn: tuple[str, ...] = ()
    isbn: tuple[str, ...] = ()
    eisbn: tuple[str, ...] = ()
    publisher: str = ""
    volume: str = ""
    issue: str = ""
    pages: _Pages | None = None
    article_number: str = ""
    author: tuple[_Person, ...] = ()
    editor: tuple[_Person, ...] = ()


class _File(msgspec.Struct, frozen=True):
    extension: str


class _Access(msgspec.Struct, frozen=True, rename="camel"):
    content_type: str = ""


class _Record(msgspec.Struct, frozen=True, rename="camel"):
    """The part of a record that holdings look at."""

    title: str = ""
    publication_date: str = ""
    doi: tuple[str, ...] = ()
    pmid: tuple[str, ...] = ()
    host: _Host | None = None
    fulltext: tuple[_File, ...] = ()
    access_condition: _Access = _Access()


class Description(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A journal or book as one record describes it; many records say the same."""

    kind: Kind
    title: str
    publisher: str = ""
    issn: tuple[str, ...] = ()
    eissn: tuple[str, ...] = ()
    isbn: tuple[str, ...] = ()
    eisbn: tuple[str, ...] = ()
    author: str = ""  # of a book
    editor: str = ""  # of a book
    volume: str = ""  # of a book
    year: int = 0  # of a book


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where a document stands, and what there is of it."""

    description: Description | None
    year: int  # 0: unknown
    volume: str
    issue: str
    page: str
    doi: str
    pmid: str
    has_pdf: bool
    has_text: bool  # a PDF counts
    is_open: bool  # under an open licence
    title_key: int  # of the document's own title


_decoder = msgspec.json.Decoder(_Record)


def read_standing(record: bytes) -> Standing:
    """Read where a document stands from its record."""
    read = _decoder.decode(record)
    host = read.host or _Host()
    described = describe(host)
    formats = {file.extension for file in read.fulltext}
    own = read.publication_date or host.publication_date
    in_book = described is not None and described.kind == "monograph"
    return Standing(
        description=described,
        year=_year(own),
        volume="" if in_book else _line(host.volume),
        issue="" if in_book else _line(host.issue),
        page=(host.pages.first if host.pages is not None else "") or host.article_number,
        doi=read.doi[0].lower() if read.doi else "",
        pmid=read.pmid[0] if read.pmid else "",
        has_pdf="pdf" in formats,
        has_text=bool(formats),
        is_open=read.access_condition.content_type == "isOpenAccess",
        title_key=title_key(read.title),
    )


def describe(host: _Host) -> Description | None:
    """Return the journal or book of a host; None when it is none, or has no name and number."""
    kind = KINDS.get(host.genre[0] if host.genre else "")
    title = _line(host.title)[:_MOST_NAME]
    serial = kind == "serial"
    numbers = {
        "issn": _issns(host.issn) if serial else (),
        "eissn": _issns(host.eissn) if serial else (),
        "isbn": () if serial else _isbns(host.isbn),
        "eisbn": () if serial else _isbns(host.eisbn),
    }
    if kind is None or not (plain(title) or any(numbers.values())):
        return None
    if serial:
        return Description(
            kind=kind, title=title, publisher=_line(host.publisher),
            issn=numbers["issn"], eissn=numbers["eissn"],
        )  # fmt: skip
    return Description(
        kind=kind, title=title, publisher=_line(host.publisher),
        isbn=numbers["isbn"], eisbn=numbers["eisbn"],
        author=_first(host.author), editor=_first(host.editor),
        volume=_line(host.volume), year=_year(host.publication_date),
    )  # fmt: skip


def plain(text: str) -> str:
    """Return letters and digits alone, without case and accents: what names are compared by."""
    if text.isascii():
        return _NOT_LETTERS.sub(" ", text.lower()).strip()
    spread = unicodedata.normalize("NFKD", text.casefold())
    return _NOT_LETTERS.sub(" ", "".join(c for c in spread if not unicodedata.combining(c))).strip()


def title_key(title: str) -> int:
    """Return a number by which documents of one whole title are found; 0 for a title of two words.

    Two titles may share it (once in many millions): who asks compares them.
    """
    words = plain(title).split()
    if len(words) < _LEAST_WORDS:
        return 0
    digest = blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1  # SQLite's integers have a sign


def valid_issn(text: str) -> bool:
    """Tell whether an ISSN with hyphen has the right check character; 0000-0000 is none."""
    digits = text.replace("-", "")
    if len(digits) != 8 or not digits[:7].isdecimal() or not digits.isascii():
        return False
    total = sum(int(digit) * (8 - at) for at, digit in enumerate(digits[:7]))
    expected = "0123456789X"[-total % 11]
    return digits[7] == expected and digits != "00000000"


def isbn13(text: str) -> str:
    """Return an ISBN of 10 or 13 digits as 13 digits; empty when it is none."""
    digits = re.sub(r"[\s-]", "", text).upper()
    if not digits.isascii():
        return ""
    if re.fullmatch(r"97[89]\d{10}", digits):
        return digits if digits[-1] == _check13(digits[:12]) else ""
    if re.fullmatch(r"\d{9}[\dX]", digits):
        total = sum((10 - at) * (10 if c == "X" else int(c)) for at, c in enumerate(digits))
        return f"978{digits[:9]}{_check13('978' + digits[:9])}" if total % 11 == 0 else ""
    return ""


def isbn_forms(text: str) -> tuple[str, ...]:
    """Return the ways an ISBN may be written in a record: as it stands, 13 digits, 10 digits."""
    long = isbn13(text)
    short = ""
    if long.startswith("978"):
        total = sum((10 - at) * int(digit) for at, digit in enumerate(long[3:12]))
        short = long[3:12] + "0123456789X"[-total % 11]
    return tuple(dict.fromkeys(filter(None, (text.strip(), long, short))))


def _check13(digits: str) -> str:
    return str(-sum(int(c) * (3 if at % 2 else 1) for at, c in enumerate(digits)) % 10)


def _issns(found: tuple[str, ...]) -> tuple[str, ...]:
    read = (issn(text) for text in found)
    return tuple(dict.fromkeys(one for one in read if one is not None and valid_issn(one)))


def _isbns(found: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one for one in map(isbn13, found) if one))


def _first(people: tuple[_Person, ...]) -> str:
    return _line(people[0].surname or people[0].name) if people else ""


def _year(text: str) -> int:
    return int(text[:4]) if is_year(text[:4]) else 0


def _line(text: str) -> str:
    return " ".join(text.split())
