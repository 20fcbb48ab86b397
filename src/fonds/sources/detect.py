"""Which reader a file belongs to, told by its content; and the reading of a candidate."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from fonds.errors import Finding
from fonds.plugins import installed
from fonds.settings import LimitSettings
from fonds.sources import entities, instructions
from fonds.sources.companions import Companions
from fonds.sources.model import Candidate, DeliveredFile, Reader, Reading, Rejected, Source
from fonds.sources.pages import further
from fonds.sources.pairing import XML, extension
from fonds.sources.standing import UNTOLD, judged
from fonds.sources.xml import Element, parse

GROUP = "fonds.sources"
_NOT_READ = frozenset({"format-not-read", "file-unclaimed"})
# a byte order mark or blanks may stand before the first angle bracket; UTF-16 has zeros around it
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*(?:<|$)")


def load_readers() -> tuple[Reader, ...]:
    """Return every installed reader, ours and those of plug-ins, in order of their names."""
    return tuple(point.load()() for point in installed(GROUP).values())


def read_candidate(
    candidate: Candidate,
    readers: Sequence[Reader],
    limits: LimitSettings,
    companions: Companions | None = None,
) -> tuple[Reading, ...] | Rejected:
    """Read the documents of a candidate, or say why there are none.

    `companions` keeps the trees of files that describe a delivery at hand.
    """
    file = candidate.description
    if file is None:
        assert candidate.pdf is not None
        return Rejected(candidate.pdf, Finding("pdf-alone", "no metadata of the same name"))
    companions = companions or Companions(limits)
    beside = companions.trees((*further(candidate), *candidate.beside))
    found = _read_file(file, readers, limits, beside)
    if isinstance(found, Finding) and found.code in _NOT_READ:
        found = _other_description(candidate, readers, limits, beside) or found
    if isinstance(found, Finding):
        return Rejected(file, _explained(found, candidate.findings))
    first, *others = found
    first = msgspec.structs.replace(first, findings=(*candidate.findings, *first.findings))
    return first, *others


def _read_file(
    file: DeliveredFile,
    readers: Sequence[Reader],
    limits: LimitSettings,
    beside: tuple[Element, ...],
) -> tuple[Reading, ...] | Finding:
    try:
        path = Path(file.location)
        if path.stat().st_size > limits.xml_bytes:
            return Finding("file-too-large", f"more than {limits.xml_bytes} bytes")
        data = path.read_bytes()
    except OSError as error:
        return Finding("file-unreadable", error.strerror or str(error))
    plain = unzipped(data, limits)
    if isinstance(plain, Finding):
        return plain
    return read_bytes(plain, readers, limits, name=file.name, beside=beside)


def _explained(finding: Finding, others: tuple[Finding, ...]) -> Finding:
    """Say what was wrong with the files on arrival beside why they cannot be read."""
    reason = "; ".join((finding.reason, *(other.reason for other in others)))
    return msgspec.structs.replace(finding, reason=reason)


def unzipped(data: bytes, limits: LimitSettings) -> bytes | Finding:
    """Return what a gzip stream holds, within the limits; other bytes as they are."""
    if not data.startswith(b"\x1f\x8b"):
        return data
    inflater = zlib.decompressobj(wbits=31)
    try:
        plain = inflater.decompress(data, limits.xml_bytes)
    except zlib.error as error:
        return Finding("archive-damaged", str(error))
    if inflater.unconsumed_tail:
        return Finding("archive-bomb", f"more than {limits.xml_bytes} bytes")
    return plain


def _other_description(
    candidate: Candidate,
    readers: Sequence[Reader],
    limits: LimitSettings,
    beside: tuple[Element, ...],
) -> tuple[Reading, ...] | None:
    """Read the first further description of the same document that a reader knows."""
    for attachment in candidate.attachments:
        if attachment.role == "metadata":
            found = _read_file(attachment.file, readers, limits, beside)
            if not isinstance(found, Finding):
                return found
    return None


def read_bytes(
    data: bytes,
    readers: Sequence[Reader],
    limits: LimitSettings,
    *,
    name: str = "x.xml",
    beside: tuple[Element, ...] = (),
) -> tuple[Reading, ...] | Finding:
    """Read the documents in the bytes of a description, or say why there are none."""
    if not data:
        return Finding("file-empty", "zero bytes")
    if not (_MARKUP.match(data) or extension(name) in XML):
        return _read(Source(name, data=data, beside=beside), (), readers)
    parsed = parse(entities.resolve(instructions.keep(data)), limits)
    if isinstance(parsed, Finding):
        return parsed
    return _read(Source(name, root=parsed.root, beside=beside), parsed.findings, readers)


def _read(
    source: Source, findings: tuple[Finding, ...], readers: Sequence[Reader]
) -> tuple[Reading, ...] | Finding:
    reader = next((one for one in readers if one.recognises(source)), None)
    if reader is None:
        return _not_read(source, findings)
    readings = tuple(map(judged, reader.read(source)))
    if not readings:
        return Finding("format-not-read", f"{reader.label} without a document", line=1)
    worst = next((f for r in readings for f in r.findings if f.code in UNTOLD), None)
    if worst is not None and len(readings) == 1:
        return worst
    return tuple(
        msgspec.structs.replace(r, findings=(*findings, *r.findings), reader=reader.name)
        for r in readings
    )


def _not_read(source: Source, findings: tuple[Finding, ...]) -> Finding:
    """Name the root; what else was wrong with the file is said too, with its place."""
    if source.root is None:
        return Finding("file-unclaimed", f"it begins with {source.data[:24]!r}")
    reason = f"its root is {_name(source.root)}"
    if not findings:
        return Finding("format-not-read", reason, line=1)
    worst = findings[0]
    return Finding("format-not-read", f"{reason}; {worst.reason}", worst.line, worst.column)


def _name(root: Element) -> str:
    namespace, _, name = root.tag.lstrip("{").rpartition("}")
    return f"{name} in {namespace}" if namespace else name
