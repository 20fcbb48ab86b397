"""Finds abbreviations where they are explained (the algorithm of Schwartz and Hearst, 2003)."""

from __future__ import annotations

import re

import msgspec

from fonds.enrich.door import Enriched, EnrichSettings, Material
from fonds.enrich.standoff import annotation_list, block, keywords, term

_EXPLAINED = re.compile(r"((?:[\w-]+\s+){1,10})\((\w[\w-]{1,9})\)")


class Acronym(msgspec.Struct, frozen=True):
    short: str
    long: str
    count: int  # how often the short form stands in the text


class Acronyms(msgspec.Struct, frozen=True):
    found: tuple[Acronym, ...]


class AcronymsOfText:
    name = "acronyms"
    version = 1
    provenance = "Schwartz and Hearst 2003, written anew (Apache-2.0)"
    reads = ("cleaned", "text")
    after = ()
    is_open = False

    def __init__(self, settings: EnrichSettings) -> None:
        self.parameters: dict[str, str] = {}

    def enrich(self, material: Material) -> Enriched | None:
        text, longs = material.running, {}
        for match in _EXPLAINED.finditer(text):
            if match[2][:1].isupper() and (long := expansion(match[2], match[1])):
                longs.setdefault(match[2], long)
        if not longs:
            return None
        counts = {short: len(re.findall(rf"\b{re.escape(short)}\b", text)) for short in longs}
        found = tuple(Acronym(short, longs[short], counts[short]) for short in sorted(longs))
        terms = [term(f"{one.long} ({one.short})", {"frequency": one.count}) for one in found]
        lists = (annotation_list("rd-acronyms", [block([keywords(terms, change="acronyms")])]),)
        fields = {"acronyms": {one.short: one.long for one in found}}
        return Enriched(Acronyms(found), fields, lists)


def expansion(short: str, before: str) -> str:
    """Return the words that a short form stands for; empty when its letters are not there."""
    before = " ".join(before.split()[-min(len(short) + 5, len(short) * 2) :])
    at = len(before)
    for place in range(len(short) - 1, -1, -1):
        at -= 1
        while at >= 0 and (
            before[at].lower() != short[place].lower()
            or (place == 0 and at > 0 and before[at - 1].isalnum())
        ):
            at -= 1
        if at < 0:
            return ""
    return before[at:]
