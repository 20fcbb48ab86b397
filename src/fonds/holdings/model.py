"""What holdings give out."""

from __future__ import annotations

import msgspec

from fonds.holdings.describing import Kind


class Title(msgspec.Struct, frozen=True, kw_only=True):
    """A journal or book of which documents are held."""

    id: str  # TTL-XXXXXXXX-C
    kind: Kind
    name: str
    other_names: tuple[str, ...] = ()
    publisher: str = ""
    issn: tuple[str, ...] = ()
    eissn: tuple[str, ...] = ()
    isbn: tuple[str, ...] = ()
    eisbn: tuple[str, ...] = ()
    subjects: tuple[str, ...] = ()  # of a journal: "Science", "Science › Botany"
    author: str = ""  # of a book
    editor: str = ""
    volume: str = ""
    year: int = 0  # of a book
    first_year: int = 0  # of its documents; 0: none is known
    last_year: int = 0
    documents: int = 0
    collections: tuple[tuple[str, int], ...] = ()  # with their documents, the largest first

    @property
    def display(self) -> str:
        """Return its name, or a number where it has none."""
        return self.name or next(iter((*self.issn, *self.eissn, *self.isbn, *self.eisbn)), self.id)


class Issue(msgspec.Struct, frozen=True):
    """Documents of one title in one year, volume and issue."""

    year: int
    volume: str
    issue: str
    documents: int


class Listing(msgspec.Struct, frozen=True):
    """One page of titles."""

    total: int
    titles: tuple[Title, ...]


class Linked(msgspec.Struct, frozen=True):
    """A document that other services know by a number."""

    ord: int
    pmid: str
    doi: str
