"""Keys by which references meet the documents that they are.

A reference is a document of the archive when both have the same DOI or, where one of them has
none, the same title (of four words and more) and years at most one apart. A key is a number of 64
bits, so that a comparison of all references with all documents is one of numbers.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b

import msgspec

from fonds.enrich.folding import folded

_LEAST_WORDS = 4  # of a title that alone names a work
_YEARS_APART = 1  # online and in print
_DOI, _TITLE, _TITLE_BESIDE_DOI = "doi", "title", "title+doi"


class _Reference(msgspec.Struct, frozen=True, rename="camel"):
    title: str = ""
    doi: str = ""
    publication_date: str = ""


class Citing(msgspec.Struct, frozen=True, rename="camel"):
    """The part of a record that says what it is and what it cites."""

    title: str = ""
    doi: tuple[str, ...] = ()
    publication_date: str = ""
    ref_bibs: tuple[_Reference, ...] = ()


read_citing = msgspec.json.Decoder(Citing).decode


def own_keys(record: Citing) -> Iterator[int]:
    """Give the keys of a document as a work: those that references to it have."""
    for doi in record.doi:
        yield _key(_DOI, doi.lower())
    title, year = _named(record.title), _year(record.publication_date)
    if title and year:
        for near in range(year - _YEARS_APART, year + _YEARS_APART + 1):
            yield _key(_TITLE, title, near)
            if not record.doi:
                yield _key(_TITLE_BESIDE_DOI, title, near)


def cited_keys(record: Citing) -> Iterator[int]:
    """Give the keys of what a document cites."""
    for one in record.ref_bibs:
        if one.doi:
            yield _key(_DOI, one.doi.lower())
        title, year = _named(one.title), _year(one.publication_date)
        if title and year:
            yield _key(_TITLE_BESIDE_DOI if one.doi else _TITLE, title, year)


def _named(title: str) -> str:
    """Return a title as titles are compared; empty when it is too short to name a work."""
    plain = folded(title)
    return plain if plain.count(" ") >= _LEAST_WORDS - 1 else ""


def _year(text: str) -> int:
    return int(text[:4]) if text[:4].isdecimal() and text[:4].isascii() else 0


def _key(kind: str, text: str, year: int = 0) -> int:
    data = f"{kind}\x1f{year}\x1f{text}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big")
