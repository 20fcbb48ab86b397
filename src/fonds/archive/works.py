"""Which documents are the same work: keys that two deliveries of one article share.

A key is made of a DOI, a PMID, a PII, or of title, year and first page. A title of few letters
("Editorial") says little, so its journal is part of its key. Keys stand in the pack's ledger and
in an index of the catalogue, so that seeing a duplicate costs one look-up per key while a document
is loaded. Nothing is merged: documents that share a key are linked, and a person may undo a link.
"""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from fonds.archive.identifiers import plain
from fonds.record import Record

Reason = Literal["doi", "pmid", "pii", "title", "hand"]

REASONS: dict[Reason, str] = {
    "doi": "the same DOI",
    "pmid": "the same PMID",
    "pii": "the same PII",
    "title": "the same title, year and first page",
    "hand": "linked by hand",
}
_KINDS: tuple[Reason, ...] = ("doi", "pmid", "pii")
_TELLING = 25  # letters from which on a title is a title of its own
_DIGITS = 15  # hexadecimal, so that a key is a positive 64-bit integer


class Twin(msgspec.Struct, frozen=True):
    """Another document that is the same work."""

    id: str
    collection: str
    reasons: tuple[Reason, ...]


class Decision(msgspec.Struct, frozen=True):
    """What a person decided about two documents; it outlives every version of both."""

    first: str  # the smaller id
    second: str
    linked: bool
    why: str
    time: float  # seconds since 1970


class Work(msgspec.Struct, frozen=True):
    """Documents that are one work."""

    reasons: tuple[Reason, ...]
    ids: tuple[str, ...]


def work_keys(record: Record) -> tuple[str, ...]:
    """Return what a record shares with other deliveries of the same work: `doi:`, `title:` ..."""
    keys = [f"doi:{_digest(doi.lower())}" for doi in record.doi]
    keys += [f"pmid:{_digest(pmid)}" for pmid in record.pmid]
    keys += [f"pii:{_digest('pii ' + plain(pii))}" for pii in record.pii]
    host, title = record.host, plain(record.title)
    first = (host.pages.first if host.pages else "") or host.article_number if host else ""
    year = record.publication_date[:4]
    if title and year and first:
        journal = plain(host.title) if host and len(title) < _TELLING else ""
        keys.append(f"title:{_digest(chr(31).join((title, year, plain(first), journal)))}")
    return tuple(dict.fromkeys(keys))


def key_row(key: str) -> tuple[int, Reason]:
    """Return a key as the catalogue keeps it."""
    kind, _, digest = key.partition(":")
    for reason in _KINDS:
        if kind == reason:
            return int(digest, 16), reason
    return int(digest, 16), "title"


def _digest(text: str) -> str:
    data = text.encode("utf-8", "surrogatepass")
    return hashlib.blake2b(data, digest_size=8).hexdigest()[:_DIGITS]
