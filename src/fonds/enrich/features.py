"""Counts of words and short phrases, to analyse a text that may not be read.

What is given is chosen so that the text cannot be put together again from it
(docs/decisions/2026-11-26-features.md): words without their order, per page and section, and only
phrases that come again; pages and sections with few words are joined to the next.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, repeat

import msgspec
import numpy as np
import numpy.typing as npt

from fonds.enrich.model import Enriched, Material, Part, Scalar
from fonds.enrich.sections import sections
from fonds.settings import EnrichSettings

LEAST_WORDS = 100  # of a unit whose words are counted by themselves
LEAST_TWICE = 2  # times that two words must stand together
LEAST_THRICE = 3  # times that three words must

_END = "\0"  # of a sentence, among its words
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|\d+|\0")
_PLACEHOLDER = re.compile(r"_placeholder_\w+_")
_BLANK_LINE = re.compile(r"\n\s*\n|\f")
_STOPS = ".!?;:"  # at the end of what stands between blanks, the end of a sentence
_PIECE_END = "\n"
_IN_PIECES = re.compile(f"{_TOKEN.pattern}|{_PIECE_END}")
_IN_ASCII = re.compile(rf"[a-z]++(?:[-'][a-z]++)*+|[0-9]++|\0|{_PIECE_END}")  # the same, sooner
_NUMBER = "#"

_MOST_TYPES = 1 << 21  # different words of which three make a 64-bit number

Words = Sequence[str]
Numbers = npt.NDArray[np.int64]  # words by their number in alphabetical order; 0 is _END


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
        running = material.running.replace(_END, " ")
        whole = _BLANK_LINE.sub(f" {_END} ", running).split()
        parts = sections(material)
        texts = [whole, *(one.text.split() for one in parts), *map(str.split, material.pages)]
        names, (all_of_it, *numbers) = _read(texts)
        if np.count_nonzero(all_of_it) < LEAST_WORDS:
            return None
        units = [(Unit("document", 1, 1, "", 0, 0), all_of_it)]
        units += _units("section", [one.label for one in parts], numbers[: len(parts)])
        units += _units("page", [""] * len(material.pages), numbers[len(parts) :])
        counted = [_counted(unit, held, len(names)) for unit, held in units]
        result = Features(
            tuple(unit for unit, _, _ in counted), LEAST_WORDS, LEAST_TWICE, LEAST_THRICE
        )
        rows = ["unit\tfirst\tlast\tlabel\tn\tphrase\tcount\n"]
        for unit, held, counts in counted:
            words = map(names.__getitem__, held.tolist())
            rows += _rows(unit, 1, zip(words, counts.tolist(), strict=True))
        for length, repeated in enumerate(_repeated(names, all_of_it), start=2):
            rows += _rows(result.units[0], length, repeated)
        return Enriched(result, table="".join(rows).encode())


def words_of(text: str) -> list[str]:
    """Return the words of a text, small letters, numbers as `#`."""
    return list(map(_name, _TOKEN.findall(_plain(text.replace(_END, " ")))))


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", _PLACEHOLDER.sub(" ", text)).casefold()


def _name(token: str) -> str:
    return _NUMBER if token[0].isdigit() else token


def phrases(words: Words) -> Iterator[list[tuple[str, int]]]:
    """Give the phrases of two, then of three words that come again often enough within sentences.

    Each in alphabetical order of their words.
    """
    names, (numbers,) = _numbered([words])
    return _repeated(names, numbers)


def _read(texts: Sequence[Sequence[str]]) -> tuple[list[str], list[Numbers]]:
    """Return the different words of texts cut at blanks, and the words of each text by number.

    Each different piece is read once, all by one expression. Sentences are told apart in the
    first text alone.
    """
    different = set(chain.from_iterable(texts))
    ascii_first = sorted(different, key=str.isascii, reverse=True)
    beyond = sum(map(str.isascii, ascii_first))
    tokens = _tokens(_IN_ASCII, ascii_first[:beyond]) + _tokens(_IN_PIECES, ascii_first[beyond:])
    named = {one: _name(one) for one in set(tokens)}
    names = sorted({_END, *named.values()} - {_PIECE_END})
    number = dict(zip(names, range(len(names)), strict=True))
    of_token = {token: number.get(name, -1) for token, name in named.items()}
    words = np.fromiter(map(of_token.__getitem__, tokens), np.int64, len(tokens))
    ends = np.flatnonzero(words < 0)
    starts = np.concatenate([[0], ends[:-1] + 1])
    words[ends] = 0  # of a sentence, where it is read
    stops = ends + np.fromiter(map(_STOPS.__contains__, [one[-1] for one in ascii_first]), np.int64)
    place = dict(zip(ascii_first, range(len(ascii_first)), strict=True))
    found = []
    for text, upto in zip(texts, chain([stops], repeat(ends)), strict=False):
        here = np.fromiter(map(place.__getitem__, text), np.int64, len(text))
        found.append(_laid(words, starts[here], upto[here]))
    return names, found


def _tokens(pattern: re.Pattern[str], pieces: Sequence[str]) -> list[str]:
    return pattern.findall(_plain("".join([one + _PIECE_END for one in pieces])))


def _laid(words: Numbers, starts: Numbers, ends: Numbers) -> Numbers:
    """Return stretches of words one after another."""
    lengths = ends - starts
    before = np.cumsum(lengths) - lengths
    at: Numbers = np.repeat(starts - before, lengths) + np.arange(lengths.sum())
    found: Numbers = words[at]
    return found


def _numbered(lists: Sequence[Words]) -> tuple[list[str], list[Numbers]]:
    """Return the different words of some lists in alphabetical order, and each list by number."""
    names = sorted({_END}.union(*lists))
    number = dict(zip(names, range(len(names)), strict=True))
    return names, [np.array([number[word] for word in one], np.int64) for one in lists]


def _repeated(names: Sequence[str], numbers: Numbers) -> Iterator[list[tuple[str, int]]]:
    """Give the phrases of words given by number, as `phrases` does."""
    base = len(names)
    inside = (np.bincount(numbers, minlength=base) >= LEAST_TWICE)[numbers] & (numbers > 0)
    keys, whole = numbers if base < _MOST_TYPES else numbers.astype(object), inside
    for length, least in ((2, LEAST_TWICE), (3, LEAST_THRICE)):
        keys = keys[:-1] * base + numbers[length - 1 :]
        whole = whole[:-1] & inside[length - 1 :]
        found, counts = np.unique(keys[whole], return_counts=True)
        often = counts >= least
        yield list(zip(_phrases(names, found[often], length), counts[often].tolist(), strict=True))


def _phrases(names: Sequence[str], keys: Numbers, length: int) -> list[str]:
    """Return the phrases that keys stand for: numbers to the base of all names."""
    columns: list[list[str]] = []
    for _ in range(length):
        columns.insert(0, [names[number] for number in (keys % len(names)).tolist()])
        keys = keys // len(names)
    return list(map(" ".join, zip(*columns, strict=True)))


def _units(
    kind: str, labels: Sequence[str], parts: Sequence[Numbers]
) -> list[tuple[Unit, Numbers]]:
    """Return the words of each part; those with few words are joined to the next."""
    units: list[tuple[Unit, Numbers]] = []
    held = np.empty(0, np.int64)
    first, label = 1, ""
    for number, (name, words) in enumerate(zip(labels, parts, strict=True), start=1):
        label = name if not len(held) else ""
        held = np.concatenate([held, words])
        if len(held) >= LEAST_WORDS:
            units.append((Unit(kind, first, number, label, 0, 0), held))
            held, first = held[:0], number + 1
    if len(held) and units:  # what is left at the end goes to the last
        unit, before = units[-1]
        joined = msgspec.structs.replace(unit, last=len(parts), label="")
        units[-1] = (joined, np.concatenate([before, held]))
    return units


def _counted(unit: Unit, numbers: Numbers, size: int) -> tuple[Unit, Numbers, Numbers]:
    """Return a unit with its figures, the words in it, and how often each stands there."""
    counts = np.bincount(numbers, minlength=size)
    counts[0] = 0  # ends of sentences are no words
    held = np.flatnonzero(counts)
    counts = counts[held]
    unit = msgspec.structs.replace(unit, words=int(counts.sum()), types=len(held))
    return unit, held, counts


def _rows(unit: Unit, length: int, found: Iterable[tuple[str, int]]) -> list[str]:
    """Return the rows of phrases of one length."""
    begin = f"{unit.kind}\t{unit.first}\t{unit.last}\t{unit.label}\t{length}\t"
    return [f"{begin}{phrase}\t{count}\n" for phrase, count in found]
