"""The institution of an affiliation as printed: "Department of Botany, University of Oslo, Norway".

Rules, no register: the part that names a university or an academy, else the one that names a
hospital, an institute or the like. Departments alone name no institution. Spellings that differ in
more than case, accents and punctuation stay apart.
"""

from __future__ import annotations

import re

import msgspec

from fonds.enrich.folding import folded

_PARTS = re.compile(r"[;,]|\s[–—-]\s|(?<!\b[A-Z])(?<!Univ)(?<!Dept)(?<!Inst)(?<!St)\.\s+(?=[A-Z])")
_ASIDE = re.compile(r"\([^)]*\)|\[[^\]]*\]")
_MAIL = re.compile(r"\S+@\S+|(?i:\be-?mail\b.*|\b(?:current|present) add?ress\b:?)")
_MARK = re.compile(r"^[\s\d*†‡§¶#.:a-z]{0,3}(?=[A-ZÀ-Þ])")  # "1 ", "a", "*": calls of notes
# the whole an institution is told by, in folded words
_FIRST = re.compile(
    r"\b(?:univ\w*|universit\w*|universidad\w*|uniwersytet|univerzita|yliopisto|hochschule|"
    r"institute of technology|polytechni\w*|politecnico|ecole|eth|academ(?:y|ia|ie)|akademie|"
    r"cnrs|inserm|inra|inrae|inria|cirad|csic|cnr|nasa|noaa|usda|embrapa|fiocruz|max planck\b.*|"
    r"smithsonian\b.*|college london|national museum)\b"
)
_SECOND = re.compile(
    r"\b(?:hospital\w*|hopital|hopitaux|hospices|chu|clinic\w*|klinik\w*|institut\w*|istituto|"
    r"museum|museu\w*|college|centre|center|centro|zentrum|foundation|fundaca?o|fundacion|"
    r"ministry|ministerio|ministere|agency|agence|observator\w*|botanical gardens?|gardens|"
    r"laborator(?:y|ies)|laboratoire|council|society|service|station|organi[sz]ation|inc|ltd|gmbh|"
    r"corporation|herbarium|bureau|administration|nhs)\b"
)
_WITHIN = re.compile(
    r"^(?:the )?(?:department|dept|departa?ment\w*|division|school|faculty|facul\w+|section|unit|"
    r"unite|group|programa?|program|laboratory of|laboratorio|service de|graduate|college of|"
    r"academic unit)\b"
)
_STREET = re.compile(r"^\d|\b(?:drive|street|road|avenue|ave|boulevard|rue|campus|way|box)$")
_SYSTEMS = frozenset({"university of california", "california state university",
                      "state university of new york", "university of texas",
                      "university of north carolina",
                      "indian institute of technology"})  # fmt: skip
_MOST = 120  # characters; what is longer was not cut well


class Institution(msgspec.Struct, frozen=True):
    """An institution as one affiliation writes it; `key` is what its spellings share."""

    key: str
    name: str


def institution_of(affiliation: str) -> Institution | None:
    """Return the institution that an affiliation names; None if it names none."""
    parts = _parts(affiliation)
    keys = [folded(part) for part in parts]
    at = _place(keys)
    if at is None:
        return None
    name, key = parts[at], keys[at]
    if key in _SYSTEMS and at + 1 < len(parts) and not any(map(str.isdigit, parts[at + 1])):
        name = f"{name}, {parts[at + 1]}"
    key = folded(name).removeprefix("the ")
    return Institution(key, name.removeprefix("the ").removeprefix("The "))


def _parts(affiliation: str) -> list[str]:
    plain = _MAIL.sub("", _ASIDE.sub("", affiliation))
    found = (_MARK.sub("", part.strip()).strip(" .:") for part in _PARTS.split(plain))
    return [part for part in found if part and len(part) <= _MOST]


def _place(keys: list[str]) -> int | None:
    """Return which part names the institution."""
    for told in (_FIRST, _SECOND):
        for at, key in enumerate(keys):
            within = _WITHIN.search(key) or _STREET.search(key)
            if told.search(key) and " " in key and not within:
                return at
    return None
