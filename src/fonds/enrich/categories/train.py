"""Training of the classifier by text, from the categories of journals, with held-out figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import SGDClassifier

from fonds.enrich.categories.classifier import (
    COLUMNS,
    LEAST,
    TOP,
    Classifier,
    Halves,
    Node,
    hashed,
    rarity,
    weighted,
)
from fonds.enrich.categories.examples import Example
from fonds.enrich.words import Words

FOLDS = 3
_LEAST = 15  # texts of a class; smaller ones are not learnt
_SMALLEST = 0.02  # weights nearer to zero are dropped


class Figures(msgspec.Struct, frozen=True):
    """How often classes were right, on journals held out."""

    texts: int
    right: tuple[float, ...]  # share at each level, of the texts that were given one
    given: tuple[float, ...]  # share of texts with a class of at least the least probability
    right_given: tuple[float, ...]  # share of those that is right
    commonest: float  # share of the commonest top class: what guessing would reach
    classes: dict[str, tuple[int, float, float]]  # top class: texts, precision, recall


def train(
    words: Words, examples: Sequence[Example], tested: Sequence[Example] = (), levels: int = 1
) -> tuple[Classifier, Figures]:
    """Train on all examples, and judge on `tested`, or on a third of the journals at a time.

    A tested text is never judged by a model that has seen its journal.
    """
    rows = [hashed(words, one.text) for one in examples]
    judged: list[_Judged] = []
    if tested:
        seen = {one.group for one in tested}
        kept = [at for at, one in enumerate(examples) if one.group not in seen]
        judged += _judge(
            fit([rows[at] for at in kept], [examples[at] for at in kept], levels), words, tested
        )
    groups = {group: at for at, group in enumerate(sorted({one.group for one in examples}))}
    for fold in range(0 if tested else FOLDS):
        kept = [at for at, one in enumerate(examples) if groups[one.group] % FOLDS != fold]
        held = [one for one in examples if groups[one.group] % FOLDS == fold]
        model = fit([rows[at] for at in kept], [examples[at] for at in kept], levels)
        judged += _judge(model, words, held)
    return fit(rows, examples, levels), _figures(judged, levels)


def fit(rows: Sequence[dict[int, int]], examples: Sequence[Example], levels: int = 1) -> Classifier:
    """Return a classifier of these examples."""
    idf = rarity(rows)
    nodes: dict[str, Node] = {}
    for level in range(levels):
        above: dict[str, list[int]] = {}
        for at, one in enumerate(examples):
            if len(one.codes) > level:
                above.setdefault(one.codes[level - 1] if level else TOP, []).append(at)
        for code, members in sorted(above.items()):
            node = _node(rows, [(at, examples[at].codes[level]) for at in members], idf)
            if node is not None:
                nodes[code] = node
    return Classifier(idf, nodes)


def _node(
    rows: Sequence[dict[int, int]], members: Sequence[tuple[int, str]], idf: Halves
) -> Node | None:
    counts = Counter(code for _, code in members)
    kept = [(at, code) for at, code in members if counts[code] >= _LEAST]
    if len({code for _, code in kept}) < 2:
        return None
    weights = [weighted(rows[at], idf) for at, _ in kept]
    places = np.concatenate([columns for columns, _ in weights])
    values = np.concatenate([numbers for _, numbers in weights])
    ends = np.cumsum([0, *(len(columns) for columns, _ in weights)])
    matrix = csr_matrix((values, places, ends), shape=(len(kept), COLUMNS))
    model = SGDClassifier(loss="log_loss", alpha=1e-5, random_state=1, max_iter=30, tol=None)
    model.fit(matrix, [code for _, code in kept])
    learnt, bias, codes = model.coef_, model.intercept_, tuple(map(str, model.classes_))
    if len(codes) == 2:  # one row stands for both
        learnt, bias = np.vstack([-learnt, learnt]), np.concatenate([-bias, bias])
    learnt = np.where(np.abs(learnt) < _SMALLEST, 0.0, learnt)
    return Node(codes, learnt.astype(np.float16), bias.astype(np.float64))


class _Judged(msgspec.Struct, frozen=True):
    true: tuple[tuple[str, ...], ...]  # the first counts as the class of the text
    said: tuple[str, ...]
    sure: int  # levels above the least probability


def _judge(model: Classifier, words: Words, tested: Sequence[Example]) -> list[_Judged]:
    found = []
    for one in tested:
        row = hashed(words, one.text)
        said = tuple(place.code for place in model.classify(row, 0.0))
        found.append(_Judged((one.codes, *one.also), said, len(model.classify(row, LEAST))))
    return found


def _figures(judged: Sequence[_Judged], deepest: int) -> Figures:
    true = Counter(one.true[0][0] for one in judged)
    said = Counter(one.said[0] for one in judged if one.said)
    hits = Counter(one.said[0] for one in judged if _right(one, 1))
    found = Counter(one.true[0][0] for one in judged if _right(one, 1))
    levels = range(1, deepest + 1)
    return Figures(
        texts=len(judged),
        right=tuple(_share([one for one in judged if len(one.said) >= at], at) for at in levels),
        given=tuple(
            round(sum(one.sure >= at for one in judged) / max(len(judged), 1), 4) for at in levels
        ),
        right_given=tuple(_share([one for one in judged if one.sure >= at], at) for at in levels),
        commonest=round(max(true.values(), default=0) / max(len(judged), 1), 4),
        classes={
            code: (
                true[code],
                round(hits[code] / max(said[code], 1), 3),
                round(found[code] / true[code], 3),
            )
            for code in sorted(true)
        },
    )


def _right(judged: _Judged, level: int) -> bool:
    """Tell whether what is said down to a level is a class of the text's journal."""
    return len(judged.said) >= level and any(
        path[:level] == judged.said[:level] for path in judged.true
    )


def _share(judged: Sequence[_Judged], level: int) -> float:
    return round(sum(_right(one, level) for one in judged) / max(len(judged), 1), 4)
