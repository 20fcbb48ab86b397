"""What a theme is called: the terms its documents use and others do not (c-TF-IDF).

Grootendorst 2022, https://arxiv.org/abs/2203.05794, over documents that use a term instead of its
occurrences: one long document does not name a theme.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain
from math import log

import msgspec

from fonds.analyses.themes.clusters import Cluster
from fonds.analyses.themes.print_words import PRINT
from fonds.analyses.themes.words import Said

TERMS = 10  # of each theme
IN_LABEL = 3
_LEAST = 2  # documents of a theme that must use a term, in themes of four and more
_LEAST_SHARE = 0.05  # ... and the share of its documents
_LETTERS = 3  # a shorter term is an abbreviation at best
_PHRASE = 1.25  # weight of each further word: phrases say more than words
_AS_OFTEN = 0.6  # share of a word's documents in which a phrase with it stands for it


class Name(msgspec.Struct, frozen=True):
    """A term of a theme."""

    term: str
    documents: int  # of the theme that use it
    weight: float


def names(said: Sequence[Said], clusters: Sequence[Cluster]) -> tuple[tuple[Name, ...], ...]:
    """Return the terms of each theme, the most telling first."""
    spellings = _spellings(said)
    inside = [
        Counter(chain.from_iterable(said[at].phrases for at in one.members)) for one in clusters
    ]
    outside: Counter[str] = Counter()
    for counts in inside:
        outside.update(counts)
    whole = sum(len(one.members) for one in clusters)
    return tuple(
        _names(counts, outside, len(one.members), whole, spellings)
        for one, counts in zip(clusters, inside, strict=True)
    )


def label(found: Sequence[Name], number: int) -> str:
    """Return the name of a theme; its number where it has no terms."""
    return ", ".join(one.term for one in found[:IN_LABEL]) or str(number)


def _names(
    inside: Counter[str], every: Counter[str], size: int, whole: int, spellings: dict[str, str]
) -> tuple[Name, ...]:
    least = max(_LEAST, _LEAST_SHARE * size) if size >= 2 * _LEAST else 1
    found = []
    for phrase, count in inside.items():
        spelling = spellings[phrase]
        if count < least or len(spelling) < _LETTERS or not PRINT.isdisjoint(phrase.split(" ")):
            continue
        length = min(3, phrase.count(" ") + 1)
        rarity = log(1 + whole / every[phrase])
        focus = count / every[phrase]  # share of its documents that are in the theme
        weight = count / size * rarity * focus * _PHRASE ** (length - 1)
        found.append((phrase, Name(spelling, count, round(weight, 6))))
    found.sort(key=lambda pair: (-pair[1].weight, pair[0]))
    return tuple(_distinct(found))


def _distinct(found: Iterable[tuple[str, Name]]) -> list[Name]:
    """Return the first of those that share words: "gut" says nothing beside "gut microbiota"."""
    kept: list[tuple[frozenset[str], Name]] = []
    for phrase, name in found:
        stems = frozenset(phrase.split(" "))
        twin = next((at for at, (other, _) in enumerate(kept) if stems & other), None)
        if twin is None:
            if len(kept) < TERMS:
                kept.append((stems, name))
            continue
        other, first = kept[twin]
        others = any(stems & one for at, (one, _) in enumerate(kept) if at != twin)
        if stems > other and not others and name.documents >= _AS_OFTEN * first.documents:
            kept[twin] = (stems, name)
    return [name for _, name in kept]


def _spellings(said: Sequence[Said]) -> dict[str, str]:
    """Return how each phrase is written most often; of as many, small letters first."""
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for one in said:
        for phrase, spelling in one.phrases.items():
            counts[phrase][spelling] += 1
    return {
        phrase: min(found, key=lambda s: (-found[s], sum(map(str.isupper, s)), s))
        for phrase, found in counts.items()
    }
