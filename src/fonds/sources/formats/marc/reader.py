"""MARC 21 files in any of three forms; each record is a document, a damaged one costs itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fonds.errors import Finding
from fonds.record import Record
from fonds.sources import json_records
from fonds.sources.formats.marc import iso2709
from fonds.sources.formats.marc.describe import describe
from fonds.sources.formats.marc.fields import Field, MarcRecord
from fonds.sources.json_records import Json
from fonds.sources.markup import words
from fonds.sources.model import Piece, Reading, Source
from fonds.sources.pieces import alone
from fonds.sources.xml import Element, line_of, local

_NAMESPACE = "http://www.loc.gov/MARC21/slim"
# types of record (leader/06): holdings, authority, classification, community information
_NO_DOCUMENT = "uvxyzwq"


class MarcReader:
    """Reads every record of a binary file."""

    name = "marc"
    label = "MARC 21 (ISO 2709)"
    version = 4

    def recognises(self, source: Source) -> bool:
        """Tell by a leader and the terminators of fields."""
        return source.root is None and iso2709.is_marc(source.data)

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every record."""
        raws = list(iso2709.split(source.data))
        return tuple(_from_bytes(raw, alone=len(raws) == 1) for raw in raws)


class MarcXmlReader:
    """Reads every record of a MARCXML file."""

    name = "marcxml"
    label = "MARCXML"
    version = 4

    def recognises(self, source: Source) -> bool:
        """Tell by MARCXML's namespace, or a record of leader and data fields."""
        return source.root is not None and bool(_elements(source.root))

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every record."""
        assert source.root is not None
        found = _elements(source.root)
        readings = [read(one) for one in found]
        if len(found) == 1:
            return tuple(readings)
        return tuple(
            Reading(record=r.record, findings=r.findings, piece=alone(one, _name(r.record, at)))
            for at, (one, r) in enumerate(zip(found, readings, strict=True), start=1)
        )


class MarcJsonReader:
    """Reads every record of a file of MARC in JSON."""

    name = "marc-json"
    label = "MARC in JSON"
    version = 4

    def recognises(self, source: Source) -> bool:
        """Tell by an object of a leader and a list of fields."""
        first = json_records.first(source, _listed)
        return first is not None and {"leader", "fields"} <= first.keys()

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every record."""
        return json_records.read(source, _listed, _from_json)


def read(element: Element) -> Reading:
    """Read one `record` of MARCXML."""
    leader = "".join(str(e.text or "") for e in element.iterfind("{*}leader"))
    fields = [
        Field(e.get("tag") or "", value=str(e.text or ""))
        for e in element.iterfind("{*}controlfield")
    ]
    for e in element.iterfind("{*}datafield"):
        subfields = tuple((one.get("code") or "", words(one)) for one in e.iterfind("{*}subfield"))
        first, second = e.get("ind1") or " ", e.get("ind2") or " "
        fields.append(Field(e.get("tag") or "", "", first, second, subfields))
    marc = MarcRecord(leader, tuple(fields))
    record = describe(marc)
    return Reading(record=record, findings=_judged(marc, record, (), line_of(element)))


def _elements(root: Element) -> list[Element]:
    if local(root.tag) == "record":
        found = [root]
    elif local(root.tag) == "collection":
        found = list(root.iterfind("{*}record"))
    else:
        return []
    is_marc = root.tag.startswith(f"{{{_NAMESPACE}}}")
    return [e for e in found if is_marc or e.find("{*}datafield") is not None]


def _from_bytes(raw: iso2709.Raw, *, alone: bool) -> Reading:
    marc, findings = iso2709.parse(raw)
    record = Record()
    if marc is not None:
        record = describe(marc)
        findings = _judged(marc, record, findings, None, f"byte {raw.place}: ")
    name = record.article_id[0] if record.article_id else f"byte-{raw.place}"
    return Reading(
        record=record,
        findings=findings,
        piece=None if alone else Piece(name.replace("/", "_"), raw.data),
    )


def _judged(
    marc: MarcRecord,
    record: Record,
    findings: tuple[Finding, ...],
    line: int | None,
    place: str = "",
) -> tuple[Finding, ...]:
    """Say when field 245 is missing, and what stands for it."""
    if marc.first("245").subfields:
        return findings
    kind = marc.leader[6:7]
    if record.title:
        found = Finding("title-missing", f"{place}no field 245; another title stands for it", line)
    elif kind and kind in _NO_DOCUMENT:
        found = Finding("no-document", f"{place}a record of type {kind}", line)
    else:
        found = Finding("no-title", f"{place}it has no field 245", line)
    return (*findings, found)


def _name(record: Record, number: int) -> str:
    return record.article_id[0] if record.article_id else str(number)


def _listed(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list) else [value]


def _from_json(given: Json) -> tuple[Record, tuple[Finding, ...]]:
    fields = []
    for one in json_records.objects(given.get("fields")):
        for tag, value in one.items():
            if isinstance(value, dict):
                subfields = tuple(
                    (str(code), str(text))
                    for part in json_records.objects(value.get("subfields"))
                    for code, text in part.items()
                )
                first, second = str(value.get("ind1") or " "), str(value.get("ind2") or " ")
                fields.append(Field(str(tag), "", first, second, subfields))
            else:
                fields.append(Field(str(tag), value=str(value)))
    marc = MarcRecord(str(given.get("leader") or ""), tuple(fields))
    record = describe(marc)
    return record, _judged(marc, record, (), None)
