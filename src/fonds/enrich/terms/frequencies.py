"""In how many documents a phrase occurs: what tells a term from a word that everyone uses.

Counted over the archive, by stems. Where the archive holds too little of a language, the
frequencies of the general language stand in (wordfreq, data CC BY-SA 4.0): the share of documents
of usual length that would hold the word.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

import msgspec
import numpy as np
import numpy.typing as npt
import wordfreq

from fonds.enrich.terms.vocabulary import Ints
from fonds.enrich.words import Words

Floats = npt.NDArray[np.float64]

_USUAL = 5_000  # words of a document
_RAREST = 1e-6  # share of a word that no list knows, and the least of one
_MOST = 3_000_000  # phrases counted at a time
_LANGUAGES = {
    "eng": "en", "fre": "fr", "ger": "de", "spa": "es", "ita": "it", "por": "pt", "dut": "nl",
    "swe": "sv", "dan": "da", "nor": "nb", "fin": "fi", "rus": "ru", "rum": "ro", "hun": "hu",
    "tur": "tr",
}  # fmt: skip


class Rarity(Protocol):
    """Tells how rare phrases are."""

    def idf(self, phrases: Sequence[str]) -> Floats:
        """Return the inverse document frequency of phrases, given as stems."""
        ...


class StemRarity:
    """Rarity that is looked up once for each stem of a vocabulary."""

    def __init__(self, rarity: Rarity) -> None:
        self._rarity = rarity
        self._stems: Sequence[str] = ()
        self._idf = np.zeros(0)

    def idf(self, phrases: Sequence[str]) -> Floats:
        """Return the inverse document frequency of phrases, given as stems."""
        return self._rarity.idf(phrases)

    def of_stems(self, stems: Sequence[str], numbers: Ints) -> Floats:
        """Return the inverse document frequency of some of a growing list of stems."""
        if stems is not self._stems:
            self._stems, self._idf = stems, np.zeros(0)
        known = len(self._idf)
        if known < len(stems):
            self._idf = np.concatenate([self._idf, self._rarity.idf(stems[known:])])
        return self._idf[numbers]


class Frequencies(msgspec.Struct, frozen=True):
    """Document frequencies of an archive."""

    documents: int
    of_phrase: Mapping[str, int]

    def idf(self, phrases: Sequence[str]) -> Floats:
        """Return ln((1 + N) / (0.5 + df)) of each."""
        get = self.of_phrase.get
        counts = np.array([get(phrase, 0) for phrase in phrases], np.float64)
        return np.log((1.0 + self.documents) / (0.5 + counts))

    def dump(self) -> bytes:
        """Return a file that `load` reads; the same counts give the same bytes."""
        rows = sorted(self.of_phrase.items())
        text = "".join(f"{phrase}\t{count}\n" for phrase, count in rows)
        return gzip.compress(f"{self.documents}\n{text}".encode(), mtime=0)

    @staticmethod
    def load(data: bytes) -> Frequencies:
        """Read what `dump` wrote; raises ValueError, EOFError and OSError for anything else."""
        first, *lines = gzip.decompress(data).decode().split("\n")[:-1]
        rows = (line.partition("\t") for line in lines)
        return Frequencies(int(first), {phrase: int(count) for phrase, _, count in rows})


class GeneralLanguage:
    """Frequencies of a language in general; of one without a list, every word is rare."""

    def __init__(self, words: Words) -> None:
        name = _LANGUAGES.get(words.language)
        known: dict[str, float] = {}
        found = wordfreq.get_frequency_dict(name, "small") if name else {}
        for stem, share in zip(words.stems(found), found.values(), strict=True):
            known[stem] = known.get(stem, 0.0) + share
        self._shares = known

    def share(self, phrase: str) -> float:
        """Return the share of the rarest word of a phrase in all words; at least a millionth."""
        shares = [self._shares.get(stem, _RAREST) for stem in phrase.split(" ")]
        return max(min(shares), _RAREST)

    def idf(self, phrases: Sequence[str]) -> Floats:
        """Return the inverse document frequencies expected of the rarest words of phrases."""
        shares = np.array(list(map(self.share, phrases)), np.float64)
        return np.asarray(-np.log(-np.expm1(_USUAL * np.log1p(-shares))), np.float64)


def count_documents(phrases: Iterable[Iterable[str]], least: int = 2) -> Frequencies:
    """Count in how many documents each phrase occurs; those of fewer than `least` are left out."""
    total = 0
    counts: dict[str, int] = {}
    for of_document in phrases:
        total += 1
        for phrase in of_document:
            counts[phrase] = counts.get(phrase, 0) + 1
        if len(counts) > _MOST:  # phrases seen once are forgotten: counts are lower bounds
            counts = {phrase: count for phrase, count in counts.items() if count > 1}
    return Frequencies(total, {phrase: n for phrase, n in counts.items() if n >= least})
