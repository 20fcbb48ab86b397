"""ARKs as ISTEX makes them: `ark:/NAAN/SSS-XXXXXXXX-C`, the last one a check character.

The alphabet has no vowels and no Y, so that no words arise; two equal characters never stand side
by side in the eight. Source of the check: the NOID Check Digit Algorithm with ISTEX's alphabet
(istex-api.md 4.4, 12.8).
"""

from __future__ import annotations

import hashlib
import re

import msgspec

ALPHABET = "0123456789BCDFGHJKLMNPQRSTVWXZ"
TEST_NAAN = "99999"  # reserved for tests; whoever resolves it finds nothing

_FORM = re.compile(rf"ark:/?(\d{{5,9}})/([0-9A-Z]{{3}})-([{ALPHABET}]{{8}})-([{ALPHABET}])")
_NAME = 8
# hyphens mean nothing in an ARK, whichever of them a text processor made of them
_MEANINGLESS = re.compile(r"[-\u2010-\u2015\s]+")
_PUBLISHER = 3
_NAAN = re.compile(r"[0-9bcdfghjkmnpqrstvwxz]{5,16}")


class Ark(msgspec.Struct, frozen=True):
    """An ARK in its parts."""

    naan: str
    publisher: str  # three characters, one per collection
    name: str  # eight characters

    @property
    def check(self) -> str:
        """Return the check character: sum of place times ordinal, modulo 30."""
        text = f"{self.naan}{self.publisher}{self.name}"
        total = sum(place * max(0, ALPHABET.find(char)) for place, char in enumerate(text, 1))
        return ALPHABET[total % len(ALPHABET)]

    def __str__(self) -> str:
        return f"ark:/{self.naan}/{self.publisher}-{self.name}-{self.check}"


def parse(text: str) -> Ark | None:
    """Return the parts of an ARK; None when its form or its check character is wrong."""
    match = _FORM.fullmatch(text.strip())
    if match is None:
        return None
    ark = Ark(match[1], match[2], match[3])
    return ark if ark.check == match[4] else None


def normalised(naan: str, name: str) -> str:
    """Return an ARK as it is kept, from the parts of an address: hyphens and case as we write them.

    Source: the ARK specification (draft-kunze-ark), normalisation.
    """
    plain = _MEANINGLESS.sub("", name).upper()
    parts = plain[:_PUBLISHER], plain[_PUBLISHER:-1], plain[-1:]
    return f"ark:/{naan.lower()}/{'-'.join(parts)}"


def is_naan(text: str) -> bool:
    """Tell whether this can be the number of a naming authority."""
    return _NAAN.fullmatch(text.lower()) is not None


def mint(naan: str, publisher: str, identifier: str, attempt: int = 0) -> Ark:
    """Return the ARK of an identifier; `attempt` counts names that were taken already."""
    digest = hashlib.sha256(f"{identifier}/{attempt}".encode()).digest()
    return Ark(naan, publisher, _characters(int.from_bytes(digest, "big"), _NAME))


def publisher_of(collection: str) -> str:
    """Return three characters for a collection that has none in the settings."""
    return _characters(int.from_bytes(hashlib.sha256(collection.encode()).digest(), "big"), 3)


def _characters(number: int, count: int) -> str:
    """Write a number in the alphabet, never twice the same character in a row."""
    written = ""
    while len(written) < count:
        choices = ALPHABET.replace(written[-1], "") if written else ALPHABET
        number, place = divmod(number, len(choices))
        written += choices[place]
    return written
