"""Tells which document a delivery is: a new one, a known one, a correction, or a twin."""

from __future__ import annotations

import msgspec

from fonds.archive.catalogue import Catalogue, Located
from fonds.archive.identifiers import (
    file_name,
    identifier,
    identity,
    mint,
    own_identity,
    same_title,
)
from fonds.archive.pack_reader import PackFiles
from fonds.archive.prepared import PreparedDocument
from fonds.archive.same_work import with_keys
from fonds.archive.works import REASONS, key_row
from fonds.errors import Finding
from fonds.record import Record
from fonds.settings import ArchiveSettings
from fonds.sources.pieces import whole_name

_RECORD = msgspec.json.Decoder(Record)


class Known(msgspec.Struct, frozen=True):
    """A document this batch or the catalogue has already."""

    id: str
    ark: str
    version: int
    content: str
    source: str
    reader: str
    title: str | None = None  # None: not looked up yet
    pmid: tuple[str, ...] = ()


class Recognised(msgspec.Struct, frozen=True):
    """Under which identity a document is kept, and what is known under it."""

    identity: str
    id: str
    known: Known | None
    findings: tuple[Finding, ...] = ()


class Recogniser:
    """What is known about the documents of one collection, those of the open batch counted."""

    def __init__(
        self, collection: str, settings: ArchiveSettings, catalogue: Catalogue, files: PackFiles
    ) -> None:
        self._collection = collection
        self._settings = settings
        self._catalogue = catalogue
        self._files = files
        self._known: dict[str, Known] = {}
        self._arks: set[str] = set()
        self._works: dict[str, str] = {}  # keys of this batch's documents, and the first of each

    def recognise(self, document: PreparedDocument, content: str) -> Recognised:
        """Return the identity of a document and what is known under it."""
        name = identity(document.record, document.source)
        found = identifier(self._collection, name)
        known = self._lookup(found)
        if known is None or known.content == content:
            return Recognised(name, found, known)
        if file_name(known.source) == file_name(document.source):
            return Recognised(name, found, known)
        if known.reader == document.reader and self._is_correction(known, document):
            finding = Finding("version-of-other-file", f"version {known.version}: {known.source}")
            return Recognised(name, found, known, (finding,))
        how = "title or number" if known.reader == document.reader else f"format ({known.reader})"
        finding = Finding(
            "doi-shared" if document.record.doi else "identity-shared",
            f"{known.id} has it, too, with another {how}",
        )
        name = own_identity(document.record, document.source)
        found = identifier(self._collection, name)
        return Recognised(name, found, self._lookup(found), (finding,))

    def note(self, known: Known) -> None:
        """Remember a document of the open batch."""
        self._known[known.id] = known

    def mint(self, found: str) -> str:
        """Return an ARK that no document has."""
        attempt = 0
        while True:
            made = mint(self._collection, found, self._settings, attempt)
            if made not in self._arks and not self._catalogue.ark_taken(made):
                self._arks.add(made)
                return made
            attempt += 1

    def same_work(self, keys: tuple[str, ...], found: str) -> Finding | None:
        """Tell which other document is the same work."""
        before = [self._works.setdefault(key, found) for key in keys]
        twin = next(iter(with_keys(self._catalogue, keys, found)), None)
        if twin is not None:
            reason = f"{twin.id} in {twin.collection}: {REASONS[twin.reasons[0]]}"
            return Finding("same-work", reason)
        for key, other in zip(keys, before, strict=True):
            if other != found:
                reason = f"{other} in {self._collection}: {REASONS[key_row(key)[1]]}"
                return Finding("same-work", reason)
        return None

    def _is_correction(self, known: Known, document: PreparedDocument) -> bool:
        """Tell a corrected delivery from another document that claims the same identity.

        Records of one file, and those whose PubMed identifiers differ, are never the same.
        """
        if whole_name(known.source) == whole_name(document.source):
            return False
        title, numbers, now = known.title, known.pmid, document.record
        if title is None:
            stored = self._stored(known.id)
            title, numbers = stored.title, stored.pmid
        differ = numbers and now.pmid and not set(numbers) & set(now.pmid)
        return not differ and same_title(title, now.title)

    def _stored(self, found: str) -> Record:
        located = self._catalogue.current(found)
        assert located is not None
        return _RECORD.decode(self._files.read(located.base[0]))

    def _lookup(self, found: str) -> Known | None:
        known = self._known.get(found)
        if known is None:
            located = self._catalogue.current(found)
            known = known_from(located) if located is not None else None
        return known


def known_from(located: Located) -> Known:
    """Return what the catalogue knows of a document."""
    return Known(
        id=located.id,
        ark=located.ark,
        version=located.version,
        content=located.content,
        source=located.source,
        reader=located.reader,
    )
