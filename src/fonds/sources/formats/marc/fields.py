"""A MARC record as its fields, whatever form it was delivered in."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

_ISBD = re.compile(r"[\s/:;,=+]+$")
_RETYPED = "[from old catalog]"  # the Library of Congress, of what it did not see again
_STOP = re.compile(r"(?<=[^\W\d_]{3})\.$|(?<=[\])\d])\.$")


class Field(msgspec.Struct, frozen=True):
    """A field; control fields have a value and no subfields."""

    tag: str
    value: str = ""
    first: str = " "  # first indicator
    second: str = " "
    subfields: tuple[tuple[str, str], ...] = ()

    def text(self, codes: str, separator: str = " ") -> str:
        """Return the subfields of the codes in their order, without ISBD's marks at the end."""
        found = (text.strip() for code, text in self.subfields if code in codes)
        return clean(separator.join(filter(None, found)))

    def each(self, code: str) -> list[str]:
        """Return every subfield of a code."""
        return [text.strip() for one, text in self.subfields if one == code and text.strip()]


class MarcRecord(msgspec.Struct, frozen=True):
    """The fields of a record in their order."""

    leader: str
    fields: tuple[Field, ...]

    def all(self, *tags: str) -> Iterator[Field]:
        """Give the fields of some tags."""
        return (field for field in self.fields if field.tag in tags)

    def first(self, *tags: str) -> Field:
        """Return the first field of the first tag that there is; an empty one else."""
        found = (field for tag in tags for field in self.fields if field.tag == tag)
        return next(found, Field(""))

    def control(self, tag: str) -> str:
        """Return the value of a control field."""
        return self.first(tag).value


def clean(text: str) -> str:
    """Return a text without the marks that ISBD puts between the parts of a description."""
    own = text.replace(_RETYPED, "").strip()
    return _STOP.sub("", _ISBD.sub("", own)).strip()
