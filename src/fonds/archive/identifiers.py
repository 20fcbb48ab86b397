"""What makes a document the same document, for ever: its identity, and the id made of it.

An identity is what the publisher calls the document by, best first: DOI, PMID, PII, publisher's
number with the journal, else title, journal, year and pages, else the name of its file. The id
is 40 hexadecimal characters: SHA-1 of collection and identity (as an identifier, not as a seal).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata

from fonds.archive import ark as arks
from fonds.archive.prepared import Expected
from fonds.record import Record
from fonds.settings import ArchiveSettings

_SEPARATOR = "\x1f"
_NOT_LETTERS = re.compile(r"[\W_]+")


def identity(record: Record, source: str) -> str:
    """Return the identity of a document; `source` is its file, used when nothing else is there."""
    if record.doi:
        return f"doi:{record.doi[0].lower()}"
    if record.pmid:
        return f"pmid:{record.pmid[0]}"
    if record.pii:
        return f"pii:{re.sub(r'[^0-9a-z]', '', record.pii[0].lower())}"
    host = record.host
    journal = plain((host.issn or host.eissn or (host.title,))[0]) if host else ""
    numbers = record.article_id or record.chapter_id
    if numbers and journal:
        return f"number:{journal}:{numbers[0]}"
    if record.title and host is not None and journal:
        first = host.pages.first if host.pages else host.article_number
        place = (record.publication_date, host.volume, host.issue, first)
        return f"title:{plain(record.title)}:{journal}:{':'.join(place)}"
    return own_identity(record, source)


def own_identity(record: Record, source: str) -> str:
    """Return an identity that no other document of a collection has: file and title."""
    return f"file:{file_name(source)}:{plain(record.title)}"


def identifier(collection: str, name: str) -> str:
    """Return the id of a document of a collection, 40 upper-case hexadecimal characters."""
    text = f"{collection}{_SEPARATOR}{name}"
    return (
        hashlib.sha1(text.encode("utf-8", "surrogatepass"), usedforsecurity=False)
        .hexdigest()
        .upper()
    )


def expected(record: Record, source: str, collection: str, settings: ArchiveSettings) -> Expected:
    """Return the identifiers that a document gets when nobody else has them."""
    found = identifier(collection, identity(record, source))
    return Expected(found, mint(collection, found, settings))


def mint(collection: str, found: str, settings: ArchiveSettings, attempt: int = 0) -> str:
    """Return the ARK of a document of a collection; `attempt` counts those that were taken."""
    publisher = settings.publishers.get(collection) or arks.publisher_of(collection)
    return str(arks.mint(settings.naan, publisher, found, attempt))


def same_title(left: str, right: str) -> bool:
    """Tell whether two titles say the same; markup, case and punctuation do not count."""
    return plain(left) == plain(right)


def file_name(source: str) -> str:
    """Return the name of a file without the folders and archives it came in."""
    return source.rpartition("/")[2]


def plain(text: str) -> str:
    """Return the letters and digits of a text, without case and accents."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return _NOT_LETTERS.sub("", "".join(c for c in spread if not unicodedata.combining(c)))
