"""Whether a reading is a document at all: it has a title, or something else to stand on.

Without a title it is still a document when somebody wrote it, when it has a number or a text, or
when it says what it cites. What has none of these is an empty form and set aside.
"""

from __future__ import annotations

import msgspec

from fonds.errors import Finding
from fonds.record import Record
from fonds.sources.model import Reading
from fonds.sources.xml import Element

# findings that leave nothing to make a document of
UNTOLD = frozenset({"no-title", "no-document", "record-damaged"})
_MISSING = "title-missing"


def judged(reading: Reading) -> Reading:
    """Name the title that is missing; take `no-title` back where something else is there."""
    if reading.record.title:
        return reading
    codes = {finding.code for finding in reading.findings}
    if codes & (UNTOLD - {"no-title"}) or _MISSING in codes:
        return reading
    found = standing(reading.record, reading.text)
    if not found:
        return reading
    said = next((f for f in reading.findings if f.code == "no-title"), None)
    kept = tuple(f for f in reading.findings if f.code != "no-title")
    missing = Finding(_MISSING, f"it stands on its {found}", line=said.line if said else None)
    return msgspec.structs.replace(reading, findings=(*kept, missing))


def standing(record: Record, text: Element | None) -> str:
    """Return what a document without title stands on, in a word; nothing if there is nothing."""
    if record.doi or record.pmid or record.pii or record.article_id or record.chapter_id:
        return "identifier"
    if any(person.name for person in (*record.author, *record.editor)):
        return "authors"
    if record.abstract:
        return "abstract"
    if text is not None and any(word.strip() for word in text.itertext()):
        return "text"
    if any(one.text or one.title or one.author or one.doi for one in record.ref_bibs):
        return "references"
    return ""
