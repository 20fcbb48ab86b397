"""The chain that a document goes through: unpacked once, enriched by all that are due.

This is what worker processes do. They read the archive and write nothing.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType

import msgspec

from fonds.archive.archive import Archive
from fonds.archive.catalogue import Located
from fonds.archive.enriched import Method
from fonds.archive.ledger import EnrichmentNote
from fonds.archive.model import EnrichmentStatus
from fonds.archive.prepared import PreparedEnrichment, PreparedFile, Typology
from fonds.enrich.merging import (
    JSON_TYPE,
    TABLE_TYPE,
    TEI_TYPE,
    Envelope,
    Json,
    Outline,
    layer_type,
    merged,
)
from fonds.enrich.model import Enriched, Enrichment, Failed, Material
from fonds.enrich.standoff import stand_off
from fonds.errors import Finding, FondsError
from fonds.record import Record
from fonds.renditions.compress import pack_bytes
from fonds.settings import EnrichSettings

_JSON = ".json"
_TEXTS = frozenset({"text", "cleaned", "pages"})
_ENVELOPE = msgspec.json.Decoder(Envelope)
_PLAIN = msgspec.json.Decoder(Json)


class TooLong(Exception):
    """An enrichment took longer than the limit."""


def method_of(enrichment: Enrichment) -> Method:
    """Return what a document's enrichment is compared with, to tell whether it is due."""
    parameters = msgspec.json.encode(dict(sorted(enrichment.parameters.items()))).decode()
    return Method(enrichment.name, enrichment.version, parameters)


class Chain:
    """Some enrichments over the documents of an archive; for one thread."""

    def __init__(
        self, archive: Archive, enrichments: Sequence[Enrichment], settings: EnrichSettings
    ) -> None:
        self._archive = archive
        self._enrichments = enrichments
        self._methods = {one.name: method_of(one) for one in enrichments}
        self._seconds = settings.document_seconds

    def run(self, number: int, *, failed: bool = False) -> PreparedEnrichment | None:
        """Enrich a document by what is due in it; None when nothing is, or it is gone.

        `failed`: what failed before is due again.
        """
        turn = self._archive.turn_of(number)
        located = self._archive.located([number]).get(number)
        due = self._due(number, failed=failed)
        if located is None or not due:
            return None
        with _heard():
            return self._document(located, turn, due).run()

    def give_up(self, number: int, finding: Finding) -> PreparedEnrichment | None:
        """Say of every enrichment that is due in a document that it failed."""
        turn = self._archive.turn_of(number)
        located = self._archive.located([number]).get(number)
        due = self._due(number, failed=True)
        if located is None or not due:
            return None
        return self._document(located, turn, due).fail(finding)

    def _document(self, located: Located, turn: int, due: Sequence[Enrichment]) -> _Document:
        return _Document(self._archive, located, turn, self._enrichments, due, self._seconds)

    def _due(self, number: int, *, failed: bool) -> list[Enrichment]:
        done = {one.name: one for one in self._archive.enrichments(number)}
        due = []
        for one in self._enrichments:
            before, now = done.get(one.name), self._methods[one.name]
            if before is not None and not (failed and before.status == "failed"):
                if before.version > now.version:
                    continue
                if (before.version, before.parameters) == (now.version, now.parameters):
                    continue
            due.append(one)
        return due


class _Document:
    """One document on its way through the chain."""

    def __init__(
        self,
        archive: Archive,
        located: Located,
        turn: int,
        enrichments: Sequence[Enrichment],
        due: Sequence[Enrichment],
        seconds: float,
    ) -> None:
        self._archive = archive
        self._all = enrichments
        self._has_new_text = False
        self._located = located
        self._turn = turn
        self._due = due
        self._seconds = seconds
        self._level = archive.deflate_level
        self._base: Json = _PLAIN.decode(archive.read(located.base[0]))
        self._added = located.files[len(located.base) :]
        self._outlines: dict[str, Outline] = {}
        self._kept: list[tuple[str, str]] = []
        self._results: dict[str, bytes] = {}
        self._files: list[PreparedFile] = []
        self._notes: list[EnrichmentNote] = []
        self._keep({one.name for one in due})

    def run(self) -> PreparedEnrichment:
        """Make everything that is due."""
        before = merged(self._base, self._outlines.values())
        record = msgspec.convert(before, Record)
        material = Material(record, self._read, self._results)
        due = {one.name for one in self._due}
        for one in self._all:
            if one.name not in due:
                if not self._has_new_text or _TEXTS.isdisjoint(one.reads):
                    continue
                self._forget(one.name)
            begin = time.monotonic()
            try:
                with _limited(self._seconds):
                    made = one.enrich(material)
                    if made is not None:
                        self._add(one, made, material)
            except TooLong:
                finding = Finding("enrichment-timeout", f"more than {self._seconds:g} seconds")
                self._note(one, "failed", begin, finding)
            except Failed as error:
                self._note(one, "failed", begin, error.finding)
            except FondsError as error:  # a model, a table or a server that cannot be used
                self._note(one, "failed", begin, Finding(error.code, error.message[:500]))
            except MemoryError:
                reason = "it needs more memory than the limit"
                self._note(one, "failed", begin, Finding("enrichment-memory", reason))
            except Exception as error:  # an enrichment's bug costs its result, not the run
                reason = f"{type(error).__name__}: {error}"[:500]
                self._note(one, "failed", begin, Finding("enrichment-failed", reason))
            else:
                self._note(one, "nothing" if made is None else "made", begin)
        return self._prepared()

    def fail(self, finding: Finding) -> PreparedEnrichment:
        """Make nothing and say why."""
        for one in self._due:
            self._note(one, "failed", time.monotonic(), finding)
        return self._prepared()

    def _read(self, typology: str, extension: str) -> bytes | None:
        for file in self._located.files:
            if (file.typology, file.extension) == (typology, extension):
                return self._archive.read(file)
        return None

    def _keep(self, names: set[str]) -> None:
        """Take over what enrichments that are not due had made."""
        held = {f.extension: f.mimetype for f in self._added if f.typology == "enrichments"}
        for file in self._added:
            name = file.extension.removesuffix(_JSON)
            if file.typology != "enrichments" or name == file.extension or name in names:
                continue
            envelope = _ENVELOPE.decode(self._archive.read(file))
            has_layer = ("fulltext", name) in {(one.typology, one.extension) for one in self._added}
            self._outlines[name] = Outline(name, envelope.fields, held.get(name, ""), has_layer)
            self._results[name] = bytes(envelope.result)
            self._kept += [("enrichments", file.extension), ("enrichments", name)]
            self._kept.append(("fulltext", name))

    def _forget(self, name: str) -> None:
        """Drop what an enrichment had made: it runs again over another text."""
        self._outlines.pop(name, None)
        self._results.pop(name, None)
        self._kept = [kind for kind in self._kept if kind[1] not in (name, name + _JSON)]

    def _add(self, one: Enrichment, made: Enriched, material: Material) -> None:
        record = material.record
        result = msgspec.json.encode(made.result)
        fields = _PLAIN.decode(msgspec.json.encode(made.fields))
        envelope = Envelope(
            type=one.name,
            version=one.version,
            id=record.id,
            ark_istex=record.ark_istex,
            document_version=record.version,
            provenance=one.provenance,
            parameters=dict(one.parameters),
            fields=fields,
            result=msgspec.Raw(result),
        )
        tei = made.tei
        if made.annotations and not tei:
            tei = stand_off(record, one.name, one.version, one.provenance, made.annotations)
        kind, form = (TABLE_TYPE, made.table) if made.table else (TEI_TYPE, tei)
        files = [self._file("enrichments", one.name, kind, form)] if form else []
        data = msgspec.json.encode(envelope)
        files.append(self._file("enrichments", one.name + _JSON, JSON_TYPE, data))
        if made.layer:
            files.append(self._file("fulltext", one.name, layer_type(one.name), made.layer))
        self._files += files
        self._outlines[one.name] = Outline(one.name, fields, kind if form else "", bool(made.layer))
        self._results[one.name] = result
        material.note(one.name, result)
        if made.layer:
            now = msgspec.convert(merged(self._base, self._outlines.values()), Record)
            material.add_layer(now, one.name, made.layer)
            self._has_new_text = True

    def _file(self, typology: Typology, extension: str, mimetype: str, data: bytes) -> PreparedFile:
        packed = pack_bytes(data, self._level)
        return PreparedFile(
            typology=typology,
            extension=extension,
            mimetype=mimetype,
            original=False,
            name=f"{extension}.tsv" if mimetype == TABLE_TYPE else "",
            method=packed.method,
            crc32=packed.crc32,
            size=packed.size,
            sha512=packed.sha512,
            data=packed.data,
        )

    def _note(
        self,
        one: Enrichment,
        status: EnrichmentStatus,
        begin: float,
        finding: Finding | None = None,
    ) -> None:
        took = round((time.monotonic() - begin) * 1000, 3)
        self._notes.append(EnrichmentNote(one.name, one.version, status, took, finding))

    def _prepared(self) -> PreparedEnrichment:
        record = msgspec.json.encode(merged(self._base, self._outlines.values()))
        return PreparedEnrichment(
            ord=self._located.ord,
            id=self._located.id,
            version=self._located.version,
            turn=self._turn,
            record=self._file("metadata", "json", JSON_TYPE, record),
            notes=tuple(self._notes),
            files=tuple(self._files),
            kept=tuple(self._kept),
        )


@contextmanager
def _heard() -> Iterator[None]:
    """Let the alarm that `_limited` sets raise TooLong."""

    def raise_it(number: int, frame: FrameType | None) -> None:
        raise TooLong

    before = signal.signal(signal.SIGALRM, raise_it)
    try:
        yield
    finally:
        signal.signal(signal.SIGALRM, before)


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise TooLong in what runs longer, as far as it comes back to the interpreter."""
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def run_all(
    chain: Chain, numbers: Iterable[int], *, failed: bool = False
) -> list[PreparedEnrichment]:
    """Enrich documents one after another."""
    made = (chain.run(number, failed=failed) for number in numbers)
    return [one for one in made if one is not None]
