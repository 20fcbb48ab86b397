"""A reference as a caller describes it, whatever the way it came."""

from __future__ import annotations

import re

import msgspec

_NOT_LETTERS = re.compile(r"[\W_]+")


class Citation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a caller says of a document. Identifiers are plain: no prefix, no quotes."""

    doi: tuple[str, ...] = ()
    pmid: tuple[str, ...] = ()
    pii: tuple[str, ...] = ()
    ark: tuple[str, ...] = ()
    title: str = ""  # of the article or chapter
    host_title: str = ""  # of the journal or book
    host_doi: str = ""
    issn: tuple[str, ...] = ()  # with hyphen
    isbn: tuple[str, ...] = ()  # digits only
    year: str = ""
    volume: str = ""
    issue: str = ""
    first_page: str = ""
    last_page: str = ""
    author: str = ""  # family name of the first author, or a whole name
    genre: str = ""

    @property
    def has_identifier(self) -> bool:
        """Tell whether it names the document itself."""
        return bool(self.doi or self.pmid or self.pii or self.ark)

    @property
    def is_empty(self) -> bool:
        """Tell whether it says nothing that could be looked for."""
        return self == Citation(genre=self.genre)


def plain_number(text: str) -> str:
    """Return an identifier without punctuation: `S0143-0807(98)90774-7` as `s0143080798907747`."""
    return _NOT_LETTERS.sub("", text).lower()
