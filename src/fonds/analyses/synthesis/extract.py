"""The key sentences of a text: near to what it speaks of, where such sentences stand, no two alike.

Centroid of tf-idf (Radev et al. 2004), place in the document and cue phrases (Edmundson 1969),
redundancy cut (Carbonell and Goldstein 1998). Sentences are chosen, never written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from math import log, sqrt

import msgspec

from fonds.analyses.synthesis.passages import Sentence
from fonds.enrich.words import TERM, Words

Vector = Mapping[str, float]

_CUE, _ASIDE, _DANGLING = 0.15, -0.2, -0.25  # added to a score
_ALIKE = 0.45  # cosine; of two sentences nearer than that, one is kept
_PLACES = {"introduction": 1.0, "conclusion": 1.1, "abstract": 1.1, "discussion": 0.95}
_BEGIN, _END = (0.15, 1.0), (0.9, 1.0)  # of a text without headings
_ELSEWHERE = 0.75


class Scored(msgspec.Struct, frozen=True):
    """A sentence and what speaks for it."""

    sentence: Sentence
    score: float
    stems: Vector  # of length 1


def scored(
    sentences: Sequence[Sentence], words: Words, focus: Vector | None = None
) -> list[Scored]:
    """Return sentences with their scores, in their order.

    `focus` has weights of stems that the reader cares for, of length 1: those of a theme.
    """
    counts = [_counted(one.text, words) for one in sentences]
    frequency: Counter[str] = Counter()
    for one in counts:
        frequency.update(one.keys())
    whole = len(counts)
    vectors = [_unit({stem: n * (0.5 + log(whole / frequency[stem])) for stem, n in one.items()})
               for one in counts]  # fmt: skip
    total: Counter[str] = Counter()
    for vector in vectors:
        total.update(vector)
    centre = _unit(total)
    return [
        Scored(one, round(_score(one, vector, centre, focus), 6), vector)
        for one, vector in zip(sentences, vectors, strict=True)
    ]


def chosen(found: Sequence[Scored], most: int) -> list[Scored]:
    """Return the best sentences, no two alike, the best first; none that nothing speaks for."""
    kept: list[Scored] = []
    for one in sorted(found, key=lambda one: (-one.score, one.sentence.at, one.sentence.text)):
        if len(kept) == most or one.score <= 0:
            break
        if all(cosine(one.stems, other.stems) < _ALIKE for other in kept):
            kept.append(one)
    return kept


def cosine(one: Vector, other: Vector) -> float:
    """Return how alike two vectors of length 1 are, 0 to 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(weight * other.get(stem, 0.0) for stem, weight in one.items())


def _score(sentence: Sentence, vector: Vector, centre: Vector, focus: Vector | None) -> float:
    text = sentence.text.lower()
    if _cues("never").search(text):  # thanks, money
        return 0.0
    near = cosine(vector, centre)
    if focus is not None:
        near = (near + cosine(vector, focus)) / 2
    score = near * _weight(sentence)
    if _cues("cue").search(text):
        score += _CUE
    if _cues("points").search(text):  # to something that is not quoted with it
        score += _ASIDE
    if _cues("hangs").match(text):  # on the sentence before
        score += _DANGLING
    return score


@cache
def _cues(kind: str) -> re.Pattern[str]:
    """Return the expression of a kind of cue phrases in small letters, in all languages."""
    text = resources.files("fonds.analyses.synthesis").joinpath("cues.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    found = "|".join(pattern for name, _, pattern in rows if name == kind)
    return re.compile(rf"\b(?:{found})\b")


def _weight(sentence: Sentence) -> float:
    """Return how much the place of a sentence speaks for it."""
    if sentence.label:
        return _PLACES.get(sentence.label, _ELSEWHERE)
    if sentence.at <= _BEGIN[0]:
        return _BEGIN[1]
    return _END[1] if sentence.at >= _END[0] else _ELSEWHERE


def _counted(text: str, words: Words) -> Counter[str]:
    seen = map(words.look, words.tokens(text))
    return Counter(stem for kind, stem in seen if kind == TERM)


def _unit(weights: Mapping[str, float]) -> Vector:
    length = sqrt(sum(weight * weight for weight in weights.values()))
    return {stem: weight / length for stem, weight in weights.items()} if length else {}
