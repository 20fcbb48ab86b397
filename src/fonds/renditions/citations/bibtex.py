r"""BibTeX: UTF-8, LaTeX's special characters escaped, words with capitals guarded by braces.

A brace of the text is written as a command: BibTeX counts braces even behind a backslash.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from fonds.renditions.citations.work import Kind, Work, work_of
from fonds.renditions.model import Material
from fonds.renditions.names import Name

_TYPES: dict[Kind, str] = {
    "article": "article",
    "chapter": "incollection",
    "conference": "inproceedings",
    "book": "book",
    "preprint": "misc",
}
_ESCAPES = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$",
    "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
}  # fmt: skip
_SPECIAL = re.compile(r"[\\{}$&%#_^~]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_WORDS = re.compile(r"(\s+)")
_AND = re.compile(r"\band\b", re.IGNORECASE)
_NOT_KEY = re.compile(r"[^a-z0-9]")
_PERCENT = {"{": "%7B", "}": "%7D", "\\": "%5C", '"': "%22", " ": "%20"}


class BibTex:
    """Makes `bibtex`."""

    name = "bibtex"
    extension = "bib"
    typology: Literal["fulltext", "metadata"] = "metadata"
    mimetype = "application/x-bibtex"
    version = 1
    stored = False

    def make(self, material: Material) -> bytes | None:
        """Return one entry."""
        work = work_of(material.record)
        fields = (f"  {name} = {{{value}}},\n" for name, value in _fields(work) if value)
        entry = f"@{_TYPES[work.kind]}{{{key(work)},\n{''.join(fields)}}}\n"
        return entry.encode("utf-8", "replace")


def key(work: Work) -> str:
    """Return a key to cite by: first author, year, first long word of the title."""
    author = work.authors[0].family or work.authors[0].whole.split()[-1] if work.authors else ""
    word = next((plain for w in work.title.split() if len(plain := _ascii(w)) > 3), "")
    return f"{_ascii(author)}{_ascii(work.year)}{word}" or _ascii(work.ark) or "document"


def _fields(work: Work) -> Iterator[tuple[str, str]]:
    inside = work.kind in ("chapter", "conference")
    yield "author", " and ".join(_name(name) for name in work.authors)
    yield "editor", " and ".join(_name(name) for name in work.editors)
    yield "title", _title(work.title)
    if work.kind != "book":
        yield "booktitle" if inside else "journal", escaped(work.container)
    yield "series", escaped(work.series)
    yield "volume", escaped(work.volume)
    yield "number", escaped(work.issue)
    yield "pages", escaped(work.pages.replace("-", "--", 1) if work.last else work.first)
    yield "eid", escaped(work.number)
    yield "year", escaped(work.year)
    yield "publisher", escaped(work.publisher)
    yield "doi", _verbatim(work.doi)
    yield "issn", escaped(", ".join(work.issn))
    yield "isbn", escaped(", ".join(work.isbn))
    yield "url", _verbatim(work.address)
    yield "keywords", escaped(", ".join(work.keywords))
    yield "language", escaped(work.language)
    yield "abstract", escaped(work.abstract)
    yield "note", escaped(work.ark)


def escaped(text: str) -> str:
    """Return a text as the value of a field."""
    return _SPECIAL.sub(lambda match: _ESCAPES[match[0]], _CONTROL.sub(" ", text))


def _name(name: Name) -> str:
    """Return "Family, Given"; a whole name stands in braces, so that nothing splits it."""
    if not name.family:
        return f"{{{escaped(name.whole)}}}"
    family = escaped(name.family)
    if _AND.search(name.family) or "," in name.family:
        family = f"{{{family}}}"
    given = escaped(name.given.replace(",", ""))
    return ", ".join(filter(None, (family, given)))


def _title(text: str) -> str:
    """Guard words with capitals: styles write titles small but for the first letter."""
    pieces = _WORDS.split(text)
    return "".join(
        f"{{{escaped(piece)}}}" if _guarded(piece, first=at == 0) else escaped(piece)
        for at, piece in enumerate(pieces)
    )


def _guarded(word: str, *, first: bool) -> bool:
    return any(letter.isupper() for letter in (word[1:] if first else word))


def _verbatim(text: str) -> str:
    return "".join(_PERCENT.get(c, c) for c in _CONTROL.sub("", text))


def _ascii(text: str) -> str:
    spread = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return _NOT_KEY.sub("", spread.lower())
