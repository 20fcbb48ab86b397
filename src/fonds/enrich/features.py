"""Counts of words and short phrases, to analyse a text that may not be read.

What is given is chosen so that the text cannot be put together again from it
(docs/decisions/2026-11-26-features.md): words without their order, per page and section, and only
phrases that come again; pages and sections with few words are joined to the next.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from fonds.enrich.model import Enriched, Material, Part, Scalar
from fonds.enrich.sections import sections
from fonds.settings import EnrichSettings

LEAST_WORDS = 100  # of a unit whose words are counted by themselves
LEAST_TWICE = 2  # times that two words must stand together
LEAST_THRICE = 3  # times that three words must

_END = "\0"  # of a sentence, among its words
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+|\0")
_PLACEHOLDER = re.compile(r"_placeholder_\w+_")
_SENTENCE = re.compile(r"[.!?;:]\s|\n\s*\n|\f")
_NUMBER = "#"

Words = Sequence[str]


class Unit(msgspec.Struct, frozen=True, rename="camel"):
    """A stretch whose words are counted by themselves."""

    kind: str  # "document", "section", "page"
    first: int  # number of the section or page, from 1; several may be joined
    last: int
    label: str  # of a section whose heading is a usual one: "methods"; else empty
    words: int
    types: int


class Features(msgspec.Struct, frozen=True, rename="camel"):
    """What is counted; the counts themselves are in the table."""

    units: tuple[Unit, ...]
    least_words: int
    least_twice: int
    least_thrice: int


class FeaturesOfText:
    """Makes `features`."""

    name = "features"
    version = 1
    provenance = "counted; no model, no outside data"
    reads: tuple[Part, ...] = ("text", "cleaned", "tei", "pages")
    after: tuple[str, ...] = ("ocr",)
    is_open = True

    def __init__(self, settings: EnrichSettings) -> None:
        self.parameters: Mapping[str, Scalar] = {
            "leastWords": LEAST_WORDS,
            "leastTwice": LEAST_TWICE,
            "leastThrice": LEAST_THRICE,
        }

    def enrich(self, material: Material) -> Enriched | None:
        """Return the counts of the running text, its sections, and the pages of the PDF."""
        whole = _cut(_END.join(_SENTENCE.split(material.running.replace(_END, " "))))
        found = Counter(whole)
        del found[_END]
        if found.total() < LEAST_WORDS:
            return None
        counted = [(Unit("document", 1, 1, "", 0, 0), found)]
        parts = [(one.label, words_of(one.text)) for one in sections(material)]
        counted += _units("section", parts)
        counted += _units("page", [("", words_of(page)) for page in material.pages])
        units = tuple(
            msgspec.structs.replace(unit, words=found.total(), types=len(found))
            for unit, found in counted
        )
        result = Features(units, LEAST_WORDS, LEAST_TWICE, LEAST_THRICE)
        rows = [row for unit, found in counted for row in _rows(unit, 1, sorted(found.items()))]
        for length, repeated in enumerate(phrases(whole), start=2):
            rows += _rows(units[0], length, repeated)
        head = "unit\tfirst\tlast\tlabel\tn\tphrase\tcount\n"
        return Enriched(result, table=(head + "".join(rows)).encode())


def words_of(text: str) -> list[str]:
    """Return the words of a text, small letters, numbers as `#`."""
    return _cut(text.replace(_END, " "))


def _cut(text: str) -> list[str]:
    """Return words, and the ends of sentences where they were marked."""
    plain = unicodedata.normalize("NFC", _PLACEHOLDER.sub(" ", text)).casefold()
    return [_NUMBER if word[0].isdigit() else word for word in _TOKEN.findall(plain)]


def phrases(words: Words) -> Iterator[list[tuple[str, int]]]:
    """Give the phrases of two, then of three words that come again often enough within sentences.

    Each in alphabetical order of their words.
    """
    found: tuple[tuple[Counter[tuple[str, ...]], int], ...] = (
        (Counter(pairwise(words)), LEAST_TWICE),
        (Counter(zip(words, words[1:], words[2:], strict=False)), LEAST_THRICE),
    )
    for counts, least in found:
        again = [(phrase, count) for phrase, count in counts.items() if count >= least]
        yield [(" ".join(phrase), count) for phrase, count in sorted(again) if _END not in phrase]


def _units(kind: str, parts: Sequence[tuple[str, Words]]) -> list[tuple[Unit, Counter[str]]]:
    """Return the words of each part; those with few words are joined to the next."""
    units: list[tuple[Unit, Counter[str]]] = []
    held: Counter[str] = Counter()
    first, label = 1, ""
    for number, (name, words) in enumerate(parts, start=1):
        label = name if not held else ""
        held.update(words)
        if held.total() >= LEAST_WORDS:
            units.append((Unit(kind, first, number, label, 0, 0), held))
            held, first = Counter(), number + 1
    if held and units:  # what is left at the end goes to the last
        unit, before = units[-1]
        units[-1] = (msgspec.structs.replace(unit, last=len(parts), label=""), before + held)
    return units


def _rows(unit: Unit, length: int, found: Iterable[tuple[str, int]]) -> list[str]:
    """Return the rows of phrases of one length."""
    begin = f"{unit.kind}\t{unit.first}\t{unit.last}\t{unit.label}\t{length}\t"
    return [f"{begin}{phrase}\t{count}\n" for phrase, count in found]
