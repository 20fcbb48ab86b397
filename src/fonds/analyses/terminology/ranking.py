"""Which candidates are terms: C-value times weirdness.

C-value raises longer phrases and takes from a phrase what belongs to longer ones that hold it
(Frantzi, Ananiadou and Mima, Int. J. on Digital Libraries 3 (2000), 115-130); weirdness compares
a phrase's share of the corpus with that of its rarest word in the language in general (Ahmad,
Gillam and Tostevin, TREC-8 (1999)), of which the logarithm is taken; what every document has is
lowered by its rarity. Longer phrases weigh more than in the paper: measured on authors' keywords.
"""

from __future__ import annotations

import re
from collections import defaultdict

import numpy as np
import numpy.typing as npt

from fonds.analyses.terminology.candidates import Counted

Floats = npt.NDArray[np.float64]

_LENGTH = 1.5  # power of the number of words
_SHORT = 2  # letters: "mm", "kg"; in capitals it is an acronym
_PART = re.compile(r"[\s'’-]+")
# what articles and their PDF texts say of themselves, in any language
_NO_TERM = frozenset({
    "al", "com", "copyright", "creativecommons", "doi", "email", "et", "etc", "fig", "figs",
    "figure", "figures", "http", "https", "licence", "license", "org", "pdf", "pp", "supplementary",
    "tab", "tabela", "table", "tableau", "tables", "vol", "www",
})  # fmt: skip


def rank(counted: Counted) -> tuple[Floats, Floats]:
    """Return score and weirdness of each candidate; more is better."""
    from fonds.enrich.terms.frequencies import GeneralLanguage  # noqa: PLC0415  # loads its lists
    from fonds.enrich.words import Words  # noqa: PLC0415

    general = GeneralLanguage(Words(counted.language))
    shares = np.array(list(map(general.share, counted.stems)), np.float64)
    weird = counted.times / max(1, counted.words) / shares if len(shares) else shares
    spread = np.log1p(counted.documents / np.maximum(counted.held, 1))
    return c_value(counted) * np.log1p(weird) * spread, weird


def c_value(counted: Counted) -> Floats:
    """Return the C-value of each candidate."""
    rows = {stem: at for at, stem in enumerate(counted.stems)}
    outer: dict[int, list[int]] = defaultdict(list)
    lengths = np.ones(len(counted.stems))
    for at, stem in enumerate(counted.stems):
        words = stem.split(" ")
        lengths[at] = len(words)
        for size in range(1, len(words)):
            inside = {" ".join(words[i : i + size]) for i in range(len(words) - size + 1)}
            for row in (rows[one] for one in inside if one in rows):
                outer[row].append(int(counted.times[at]))
    within = np.zeros(len(counted.stems))
    for row, times in outer.items():
        within[row] = sum(times) / len(times)
    return np.asarray(lengths**_LENGTH * np.maximum(counted.times - within, 0), np.float64)


def is_term(form: str) -> bool:
    """Tell whether a spelling can be a term: units, addresses and parts of articles are none."""
    words = [word.casefold() for word in _PART.split(form) if word]
    if not words or any(word in _NO_TERM for word in words):
        return False
    return len(words) > 1 or len(form) > _SHORT or (form.isupper() and len(form) > 1)
