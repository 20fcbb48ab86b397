"""Which files of which documents an export holds, pack by pack, as columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
import numpy as np

from fonds.archive.archive import Archive
from fonds.archive.extents import Documents, Extents, Files, Kind, Mask
from fonds.archive.model import StoredFile
from fonds.archive.names import outgoing_names
from fonds.archive.rows import NOW, FileRow, stored
from fonds.corpora.selection import Selection
from fonds.corpora.withholding import Reasons, Withholding
from fonds.search.engine import Ords

TEXT: Kind = ("fulltext", "txt")
OCR: Kind = ("fulltext", "ocr")  # takes the place of the text, where there is one
_CHUNK = 500  # documents looked up at a time
_REMEMBERED = 20_000  # files of one export, about 10 MB


class Chosen(msgspec.Struct, frozen=True):
    """What an export takes out of some packs."""

    extents: Extents
    documents: Documents  # those asked for
    files: Files  # chosen and delivered
    withheld: Files  # chosen and not delivered
    reasons: Reasons  # of each withheld file
    absent: tuple[tuple[Kind, Ords], ...]  # what was asked for by name and is not there


class Choice(msgspec.Struct, frozen=True):
    """What an export holds."""

    archive: Archive
    ords: Ords  # ascending
    selection: Selection
    withholding: Withholding
    turn: int = NOW  # of the enrichments that go out

    def packs(self, first: int = 0) -> Iterator[Chosen]:
        """Give what is taken out of the packs, some at a time, from a document on."""
        ords = self.ords[np.searchsorted(self.ords, self.ords.dtype.type(first)) :]
        for extents in self.archive.extents(ords, self.turn):
            yield self._of(extents, ords)

    def _of(self, extents: Extents, ords: Ords) -> Chosen:
        heads = extents.documents.ord
        first, last = int(heads[0]), int(heads[-1])
        begin, end = np.searchsorted(ords, np.array((first, last + 1), ords.dtype))
        wanted = np.zeros(last - first + 1, np.bool_)
        wanted[ords[begin:end] - first] = True
        documents = extents.documents.where(wanted[heads - first])
        taken = self._taken(extents.kinds, extents.files, first, len(wanted))
        if not wanted.all():
            taken &= wanted[extents.files.ord - first]
        files = extents.files.where(taken)
        reasons = self._reasons(extents, files)
        free = reasons == 0
        absent = tuple(self._absent(extents.kinds, documents.ord, files))
        shut = ~free
        return Chosen(
            extents, documents, files.where(free), files.where(shut), reasons[shut], absent
        )

    def _reasons(self, extents: Extents, files: Files) -> Reasons:
        """Say for each file whether it is withheld."""
        reasons: Reasons = np.zeros(len(files), np.uint8)
        if not self.withholding.reasons:
            return reasons
        cuts = [*np.searchsorted(files.ord, extents.firsts).tolist(), len(files)]
        for collection, begin, end in zip(extents.collections, cuts, cuts[1:], strict=False):
            for number in np.unique(files.kind[begin:end]).tolist():
                here = begin + np.flatnonzero(files.kind[begin:end] == number)
                kind = extents.kinds[number]
                reasons[here] = self.withholding(collection, kind, files.ord[here])
        return reasons

    def _taken(self, kinds: tuple[Kind, ...], files: Files, first: int, span: int) -> Mask:
        takes = [self.selection.takes(kind) for kind in kinds]
        if OCR not in kinds or TEXT not in kinds or not takes[kinds.index(TEXT)]:
            return np.array(takes, np.bool_)[files.kind]
        takes[kinds.index(OCR)] = True
        chosen: Mask = np.array(takes, np.bool_)[files.kind]
        recognised = np.zeros(span, np.bool_)
        recognised[files.ord[files.kind == kinds.index(OCR)] - first] = True
        chosen &= ~((files.kind == kinds.index(TEXT)) & recognised[files.ord - first])
        return chosen

    def _absent(
        self, kinds: tuple[Kind, ...], ords: Ords, files: Files
    ) -> Iterator[tuple[Kind, Ords]]:
        for kind in self.selection.named():
            also = [kind, OCR] if kind == TEXT else [kind]
            numbers = [kinds.index(one) for one in also if one in kinds]
            named = np.zeros(len(kinds), np.bool_)
            named[numbers] = True
            there = np.zeros(int(ords[-1] - ords[0]) + 1, np.bool_)
            there[files.ord[named[files.kind]] - ords[0]] = True
            missing = ords[~there[ords - ords[0]]]
            if len(missing):
                yield kind, missing


class Members:
    """Looks up the files of an export.

    They are asked for up to three times: for their bytes, their digests and the directory. Those of
    small exports are remembered; those of large ones are not, so that memory stays flat.
    """

    def __init__(self, archive: Archive, count: int, turn: int = NOW) -> None:
        """Look up `count` files in all, as they were at a turn."""
        self._archive = archive
        self._turn = turn
        self._remember = count <= _REMEMBERED
        self._known: dict[tuple[int, ...], list[tuple[str, StoredFile]]] = {}

    def of(self, files: Files) -> Iterable[tuple[str, StoredFile]]:
        """Give path in the export and file of each row; rows of a document stand together."""
        if not len(files):
            return ()
        if not self._remember:
            return _members(self._archive, files, self._turn)
        key = (int(files.ord[0]), int(files.place[0]), len(files))
        known = self._known.get(key)
        if known is not None:
            return known
        found = self._known[key] = list(_members(self._archive, files, self._turn))
        return found


def _members(archive: Archive, files: Files, turn: int) -> Iterator[tuple[str, StoredFile]]:
    ords = files.ord
    places = files.place
    begins = np.flatnonzero(np.diff(ords, prepend=0))
    for at in range(0, len(begins), _CHUNK):
        begin = int(begins[at])
        end = int(begins[at + _CHUNK]) if at + _CHUNK < len(begins) else len(ords)
        yield from _looked_up(archive, ords[begin:end].tolist(), places[begin:end].tolist(), turn)


def _looked_up(
    archive: Archive, ords: list[int], places: list[int], turn: int
) -> Iterator[tuple[str, StoredFile]]:
    found = archive.placed(list(dict.fromkeys(ords)), turn)
    names: list[str] = []
    last = 0
    pack = ""
    files: tuple[FileRow, ...] = ()
    for number, place in zip(ords, places, strict=True):
        if number != last:
            identifier, pack, files = found[number]
            names = outgoing_names(identifier, files)
            last = number
        yield names[place], stored(files[place], pack)
