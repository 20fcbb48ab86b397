"""Which reader a file belongs to, told by its content; and the reading of a candidate."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import entry_points
from pathlib import Path

from lxml import etree

from fonds.errors import Finding
from fonds.settings import LimitSettings
from fonds.sources import entities
from fonds.sources.model import Candidate, Reader, Reading, Rejected
from fonds.sources.xml import Element, Parsed, parse

GROUP = "fonds.sources"


def load_readers() -> tuple[Reader, ...]:
    """Return every installed reader, ours and those of plug-ins, in order of their names."""
    points = sorted(entry_points(group=GROUP), key=lambda point: point.name)
    return tuple(point.load()() for point in points)


def read_candidate(
    candidate: Candidate, readers: Sequence[Reader], limits: LimitSettings
) -> tuple[Reading, ...] | Rejected:
    """Read the documents of a candidate, or say why there are none."""
    if candidate.xml is None:
        assert candidate.pdf is not None
        return Rejected(candidate.pdf, Finding("pdf-alone", "no metadata of the same name"))
    try:
        data = Path(candidate.xml.location).read_bytes()
    except OSError as error:
        return Rejected(candidate.xml, Finding("file-unreadable", error.strerror or str(error)))
    found = read_xml(data, readers, limits)
    if isinstance(found, Finding) and found.code == "format-not-read":
        found = _other_description(candidate, readers, limits) or found
    return Rejected(candidate.xml, found) if isinstance(found, Finding) else found


def _other_description(
    candidate: Candidate, readers: Sequence[Reader], limits: LimitSettings
) -> tuple[Reading, ...] | None:
    """Read the first further description of the same document that a reader knows."""
    for attachment in candidate.attachments:
        if attachment.role == "metadata":
            found = read_xml(Path(attachment.file.location).read_bytes(), readers, limits)
            if not isinstance(found, Finding):
                return found
    return None


def read_xml(
    data: bytes, readers: Sequence[Reader], limits: LimitSettings
) -> tuple[Reading, ...] | Finding:
    """Read the documents in the bytes of an XML file, or say why there are none."""
    if not data:
        return Finding("file-empty", "zero bytes")
    parsed = parse(entities.resolve(data), limits)
    if isinstance(parsed, Finding):
        return parsed
    reader = next((one for one in readers if one.recognises(parsed.root)), None)
    if reader is None:
        return _not_read(parsed)
    readings = reader.read(parsed.root)
    if not readings:
        return Finding("format-not-read", f"{reader.label} without a document", line=1)
    worst = next((f for r in readings for f in r.findings if f.code == "no-title"), None)
    if worst is not None and len(readings) == 1:
        return worst
    return tuple(
        Reading(r.record, r.body, (*parsed.findings, *r.findings), reader.name) for r in readings
    )


def _not_read(parsed: Parsed) -> Finding:
    """Name the root; what else was wrong with the file is said too, with its place."""
    reason = f"its root is {_name(parsed.root)}"
    if not parsed.findings:
        return Finding("format-not-read", reason, line=1)
    worst = parsed.findings[0]
    return Finding("format-not-read", f"{reason}; {worst.reason}", worst.line, worst.column)


def _name(root: Element) -> str:
    name = etree.QName(root)
    return f"{name.localname} in {name.namespace}" if name.namespace else name.localname
