"""Who made what a MARC record describes: authors, editors, meetings."""

from __future__ import annotations

import re

import msgspec

from fonds.record import Conference, Contributor
from fonds.sources import parts, records, values
from fonds.sources.formats.marc.fields import Field, MarcRecord

_EDITOR = re.compile(r"\b(?:edt|ed\.|edited|editors?|hrsg|éd\.)", re.IGNORECASE)
_NO_AUTHOR = re.compile(
    r"\b(?:trl|tr\.|translator|ill\.|illustrator|ill|prt|pbl|printer|publisher|fmo|former owner)\b",
    re.IGNORECASE,
)
_EDITED = re.compile(
    r"\b(?:edited|editors?|eds?\.|herausgegeben|hrsg\.|édité|sous la direction)\b([^;]*)",
    re.IGNORECASE,
)
_PERSONS, _BODIES, _MEETINGS = ("100", "700"), ("110", "710"), ("111", "711")


class Makers(msgspec.Struct, frozen=True):
    """The persons and bodies of a record, and the meetings that it came from."""

    authors: tuple[Contributor, ...]
    editors: tuple[Contributor, ...]
    meetings: tuple[Conference, ...]


def people(marc: MarcRecord) -> Makers:
    """Return who made a work; what names another work (with a title) is nobody of this one."""
    authors: list[Contributor] = []
    editors: list[Contributor] = []
    said = " ".join(_EDITED.findall(marc.first("245").text("c")))
    for field in marc.all(*_PERSONS, *_BODIES):
        role = " ".join((*field.each("e"), *field.each("4")))
        person = _person(field)
        added = field.tag[0] == "7"
        edits = bool(_EDITOR.search(role)) or (added and not role and _is_in(person, said))
        if person is None or field.each("t") or (added and not edits and _NO_AUTHOR.search(role)):
            continue
        target = editors if edits else authors
        if person not in target:
            target.append(person)
    return Makers(tuple(authors), tuple(editors), _meetings(marc))


def _is_in(person: Contributor | None, said: str) -> bool:
    """Tell whether the title page names a person behind "edited by", where no role is given."""
    return person is not None and bool(person.surname) and person.surname in said


def _person(field: Field) -> Contributor | None:
    orcid = next((text for text in field.each("0") + field.each("1") if values.orcid(text)), "")
    if field.tag in _BODIES:
        return parts.group(field.text("ab"), field.each("u"))
    name = records.undated(field.text("ab")).strip("[]")
    return records.turned(name, affiliations=tuple(field.each("u")), orcid=orcid)


def _meetings(marc: MarcRecord) -> tuple[Conference, ...]:
    names = (f.text("andc") for f in marc.all(*_MEETINGS) if not f.each("t"))
    return tuple(dict.fromkeys(Conference(name=name) for name in names if name))
