"""What fuzzing runs: bytes through every reader and every rendition, with what must hold."""

from __future__ import annotations

import json
import time
import traceback
from collections.abc import Callable
from pathlib import Path

import msgspec
from lxml import etree

from fonds.errors import Finding
from fonds.findings import FINDINGS
from fonds.record import Record
from fonds.renditions.door import load_renditions
from fonds.renditions.model import Material
from fonds.renditions.quality import indicators
from fonds.renditions.text import with_text_facts
from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_bytes
from fonds.sources.model import Reading

SLOW = 5.0  # seconds one small file may take
_RECORD = msgspec.json.Decoder(Record)
_IDENTIFIERS = {"id": "0" * 40, "ark_istex": "ark:/99999/000-00000000-0", "corpus_name": "c"}


class Slow(Exception):
    """A small file took longer than it may."""


class Target:
    """Readers and renditions, loaded once."""

    def __init__(self) -> None:
        self._readers = load_readers()
        self._renditions = load_renditions()
        self._limits = LimitSettings()

    def run(self, data: bytes, name: str = "") -> str:
        """Read bytes and make every form of what was read; return what became of them.

        Whatever is wrong with the bytes is a finding; an exception is a fault of ours.
        """
        name = name or ("x.xml" if data.lstrip()[:1] == b"<" else "x.txt")
        begin = time.monotonic()
        found = read_bytes(data, self._readers, self._limits, name=name)
        if isinstance(found, Finding):
            assert found.code in FINDINGS, found
            return found.code
        for reading in found[:20]:
            self._check(reading)
        if (took := time.monotonic() - begin) > SLOW:
            raise Slow(f"{took:.1f} s for {len(data)} bytes")
        return found[0].reader

    def _check(self, reading: Reading) -> None:
        for finding in reading.findings:
            assert finding.code in FINDINGS, finding
            assert finding.reason
        record = with_text_facts(reading.record, reading.text)
        quality = indicators(record, None, has_body=reading.text is not None)
        record = msgspec.structs.replace(record, quality_indicators=quality, **_IDENTIFIERS)
        assert _RECORD.decode(msgspec.json.encode(record)) == record, "the record changes as JSON"
        for rendition in self._renditions:
            made = rendition.make(Material(record, reading.text))
            if made is not None:
                _well_made(rendition.mimetype, made)


def _well_made(mimetype: str, made: bytes) -> None:
    """Hold a rendition against what its type promises."""
    text = made.decode("utf-8")
    if "xml" in mimetype:
        etree.fromstring(made, etree.XMLParser(resolve_entities=False, huge_tree=True))
    elif "json" in mimetype:
        json.loads(text)
    else:
        assert "\x00" not in text


def place_of(error: Exception) -> str:
    """Return the kind of an error and the last place in our code it passed."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "/fonds/" in f.filename] or list(frames)
    last = ours[-1]
    return f"{type(error).__name__} {Path(last.filename).name}:{last.name}"


def shows(target: Target, place: str) -> Callable[[bytes], bool]:
    """Return a function that tells whether bytes show the fault of a place."""

    def shown(data: bytes) -> bool:
        try:
            target.run(data)
        except Exception as error:  # every kind counts here
            return place_of(error) == place
        return False

    return shown
