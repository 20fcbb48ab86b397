"""The questions of the search benchmarks, by class; the words are drawn evenly over the ranks."""

from __future__ import annotations

from benchmarks.dataset import Seed, common_words

FACETS = "corpusName[*],publicationDate[perYear],language[10]"


def by_class(real: list[Seed], count: int) -> dict[str, list[str]]:
    """Return `count` queries of each class."""
    words = common_words(real, 3 * count)
    triples = [words[i::count][:3] for i in range(count)]
    return {
        "one word": [a for a, _, _ in triples],
        "two words": [f"{a} {b}" for a, b, _ in triples],
        "three words": [f"{a} {b} {c}" for a, b, c in triples],
        "two words, AND": [f"{a} AND {b}" for a, b, _ in triples],
        "phrase": [f'"{a} {b}"' for a, b, _ in triples],
        "title and years": [f"title:{a} AND publicationDate:[1980 TO 1999]" for a, _, _ in triples],
        "prefix": [f"{a[:4]}*" for a, _, _ in triples],
        "leading wildcard": [f"*{a[-4:]}" for a, _, _ in triples],
        "fuzzy": [f"{a}~1" for a, _, _ in triples],
        "everything": ["*"] * count,
    }


def short(real: list[Seed], count: int) -> list[str]:
    """Return queries of one, two and three words in turn."""
    classes = by_class(real, count)
    return [
        classes[name][i] for i in range(count) for name in ("one word", "two words", "three words")
    ]
