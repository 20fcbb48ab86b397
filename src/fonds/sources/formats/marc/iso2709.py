"""MARC in its binary form: sound records, and what damaged ones still say.

Standards: ISO 2709; https://www.loc.gov/marc/specifications/specrecstruc.html. A record that lies
about its length ends at its terminator; one whose directory is wrong is read by its field
terminators, in the order of the directory's tags. MARC-8 is decoded by pymarc's tables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

import msgspec

from fonds.errors import Finding
from fonds.sources.formats.marc.fields import Field, MarcRecord
from fonds.sources.values import is_number

_RECORD, _FIELD, _SUB = b"\x1d", b"\x1e", b"\x1f"
_BETWEEN = b"\r\n\x00\x1a "
_EAST_ASIAN = re.compile(rb"(\x1b\$,?1)([^\x1b]*)")
_LEADER = 24
_ENTRY = 12


class Raw(msgspec.Struct, frozen=True):
    """A record's bytes, where they begin, and what is wrong with them."""

    place: int
    data: bytes
    findings: tuple[Finding, ...] = ()


def is_marc(data: bytes) -> bool:
    """Tell by a leader: five digits (or what damage left of them) and field terminators."""
    head = data[:_LEADER].lstrip(_BETWEEN)
    return head[:5].isdigit() and _FIELD in data[:20_000] and (_RECORD in data or _SUB in data)


def split(data: bytes) -> Iterator[Raw]:
    """Give the records of a file."""
    place, end = 0, len(data)
    while place < end:
        if data[place : place + 1] in (b"\r", b"\n", b"\x00", b"\x1a", b" "):
            place += 1
            continue
        said = data[place : place + 5]
        length = int(said) if said.isdigit() else 0
        if length > _LEADER and data[place + length - 1 : place + length] == _RECORD:
            yield Raw(place, data[place : place + length])
            place += length
            continue
        stop = data.find(_RECORD, place) + 1 or end
        reason = (
            f"byte {place}: the leader says {said.decode('latin-1')!r} bytes, it has {stop - place}"
        )
        yield Raw(place, data[place:stop], (Finding("record-repaired", reason),))
        place = stop


def _once_too_often(data: bytes) -> bytes:
    """Return the record before somebody took its bytes for Latin-1 and wrote them as UTF-8.

    Such a record is longer than its leader says by one byte for each that is not ASCII.
    """
    try:
        plain = data.decode("utf-8").encode("latin-1")
    except UnicodeError:
        return data
    return plain if data[:5].isdigit() and len(plain) == int(data[:5]) else data


def parse(raw: Raw) -> tuple[MarcRecord | None, tuple[Finding, ...]]:
    """Return the fields of a record; None when nothing of it can be read."""
    findings = list(raw.findings)
    data = _once_too_often(raw.data) if findings else raw.data
    if data is not raw.data:
        findings.append(_repaired(raw.place, "it was written as UTF-8 once too often"))
    leader = data[:_LEADER].decode("latin-1")
    base = int(leader[12:17]) if is_number(leader[12:17]) else 0
    if not (base > _LEADER and data[base - 1 : base] == _FIELD):
        base = data.find(_FIELD) + 1
        findings.append(_repaired(raw.place + 12, f"the data do not begin at {leader[12:17]!r}"))
    directory = data[_LEADER : base - 1]
    if base < _LEADER or len(directory) < _ENTRY:
        findings.append(Finding("record-damaged", f"byte {raw.place}: it has no directory"))
        return None, tuple(findings)
    fields = _by_directory(data, directory, base)
    if fields is None:
        findings.append(_repaired(raw.place + _LEADER, "the directory does not fit the fields"))
        fields = _by_terminators(data, directory, base)
    decode = _Decoder(leader, b"".join(content for _, content in fields))
    found = tuple(_field(tag, content, decode) for tag, content in fields)
    if decode.said:  # known when every field was decoded
        findings.append(_repaired(raw.place + 9, decode.said))
    return MarcRecord(leader, found), tuple(findings)


def _repaired(place: int, reason: str) -> Finding:
    return Finding("record-repaired", f"byte {place}: {reason}")


def _by_directory(data: bytes, directory: bytes, base: int) -> list[tuple[str, bytes]] | None:
    """Return tag and content of every field; None when an entry points to none."""
    if len(directory) % _ENTRY:
        return None
    found = []
    for at in range(0, len(directory), _ENTRY):
        entry = directory[at : at + _ENTRY]
        if not entry[3:].isdigit():
            return None
        begin = base + int(entry[7:12])
        end = begin + int(entry[3:7])
        if data[end - 1 : end] != _FIELD or _FIELD in data[begin : end - 1]:
            return None
        found.append((entry[:3].decode("latin-1"), data[begin : end - 1]))
    return found


def _by_terminators(data: bytes, directory: bytes, base: int) -> list[tuple[str, bytes]]:
    entries = [directory[at : at + _ENTRY] for at in range(0, len(directory), _ENTRY)]
    if all(entry[7:12].isdigit() for entry in entries):
        entries.sort(key=lambda entry: int(entry[7:12]))
    tags = [entry[:3].decode("latin-1") for entry in entries]
    contents = data[base:].rstrip(_RECORD).split(_FIELD)
    return list(zip(tags, contents, strict=False))


def _field(tag: str, content: bytes, decode: _Decoder) -> Field:
    if tag < "010" and _SUB not in content:
        return Field(tag, value=decode.text(content))
    head, *parts = content.split(_SUB)
    indicators = (head.decode("latin-1") + "  ")[:2]
    subfields = tuple((part[:1].decode("latin-1"), decode.text(part[1:])) for part in parts if part)
    return Field(tag, "", indicators[0], indicators[1], subfields)


class _Decoder:
    """Decodes the text of one record; `said` tells where the leader was wrong about it."""

    def __init__(self, leader: str, content: bytes) -> None:
        self.said = ""
        self._utf8 = _is_utf8(content)
        declared = leader[9:10] == "a"
        if declared and not self._utf8:
            self.said = "it is declared UTF-8 and is not"
        elif not declared and self._utf8 and not content.isascii() and b"\x1b" not in content:
            self.said = "it is declared MARC-8 and is UTF-8"
        elif not declared:
            self._utf8 = False

    def text(self, content: bytes) -> str:
        """Return a piece of text in one form of Unicode."""
        if content.isascii() and b"\x1b" not in content:
            return content.decode("ascii")
        if self._utf8:
            return unicodedata.normalize("NFC", content.decode("utf-8", "replace"))
        from pymarc.marc8 import marc8_to_unicode  # noqa: PLC0415  # its tables slow every start

        whole = _EAST_ASIAN.sub(_in_threes, content)
        if whole != content:
            self.said = self.said or "its MARC-8 ends within a character"
            content = whole
        try:
            return unicodedata.normalize("NFC", marc8_to_unicode(content, hide_utf8_warnings=True))
        except (UnicodeDecodeError, ValueError, KeyError):
            self.said = self.said or "its MARC-8 is broken"
            return content.decode("latin-1")


def _in_threes(match: re.Match[bytes]) -> bytes:
    """Return East Asian characters, three bytes each, without what is left over."""
    return match[1] + match[2][: len(match[2]) // 3 * 3]


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
