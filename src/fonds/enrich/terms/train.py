"""Training of the ranker of terms from the keywords that authors gave, with held-out figures."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np

from fonds.enrich.terms.candidates import find_candidates, tokenise
from fonds.enrich.terms.extract import Scorer, look
from fonds.enrich.terms.features import phrases
from fonds.enrich.terms.frequencies import Frequencies, Rarity, StemRarity, count_documents
from fonds.enrich.terms.kpminer import KpMiner
from fonds.enrich.terms.ranker import Ranker
from fonds.enrich.terms.vocabulary import Vocabulary
from fonds.enrich.words import Words

FOLDS = 5
LEAST = 30  # texts with keywords: fewer teach nothing
AT = (5, 10, 15)


class Labelled(msgspec.Struct, frozen=True):
    """A text and what its author called it."""

    parts: tuple[str, str, str]  # title, abstract, body
    keywords: tuple[str, ...]


class Figures(msgspec.Struct, frozen=True):
    """How well terms held out of the training were found."""

    method: str
    texts: int
    keywords: int
    f1: dict[str, float]  # at 5, 10 and 15 terms, stems alike, mean over texts; keywords that the
    # text does not hold count as missed
    recall: float  # of keywords, by the candidates that were ranked


class Trained(msgspec.Struct, frozen=True):
    """A model, and what it was worth on texts it had not seen."""

    ranker: Ranker
    frequencies: Frequencies
    figures: tuple[Figures, ...]


def train(words: Words, texts: Sequence[Labelled], others: Sequence[Labelled] = ()) -> Trained:
    """Train on all texts; `others`, without keywords, are counted for frequencies alone.

    The figures are of texts held out in turn, a fifth at a time, frequencies included.
    """
    vocabulary = Vocabulary(words)
    found = [_phrases(vocabulary, text) for text in texts]
    more = [_phrases(vocabulary, text) for text in others]
    ranked: dict[str, list[_Judged]] = {"ranker": [], "kp-miner": []}
    for fold in range(FOLDS):
        learn = [at for at in range(len(texts)) if at % FOLDS != fold]
        frequencies = count_documents([*more, *(found[at] for at in learn)])
        ranker = _fit(words, [texts[at] for at in learn], frequencies)
        for at in range(fold, len(texts), FOLDS):
            for scorer in (ranker, KpMiner()):
                ranked[scorer.name].append(_judge(words, texts[at], frequencies, scorer))
    frequencies = count_documents([*more, *found])
    figures = tuple(_figures(name, judged) for name, judged in ranked.items())
    return Trained(_fit(words, texts, frequencies), frequencies, figures)


class _Judged(msgspec.Struct, frozen=True):
    ranked: list[str]
    gold: frozenset[str]


def _phrases(vocabulary: Vocabulary, text: Labelled) -> list[str]:
    document = tokenise(vocabulary, text.parts)
    candidates = find_candidates(document)
    return phrases(document, candidates, np.arange(len(candidates.length)))


def _gold(words: Words, text: Labelled) -> frozenset[str]:
    return frozenset(filter(None, map(words.phrase, text.keywords)))


def _fit(words: Words, texts: Sequence[Labelled], rarity: Rarity) -> Ranker:
    rows, named = [], []
    vocabulary, known = Vocabulary(words), StemRarity(rarity)
    for text in texts:
        looked = look(tokenise(vocabulary, text.parts), known)
        gold = _gold(words, text)
        rows.append(looked.features)
        named += [phrase in gold for phrase in looked.phrases]
    return Ranker.train(np.vstack(rows), named)


def _judge(words: Words, text: Labelled, rarity: Rarity, scorer: Scorer) -> _Judged:
    looked = look(tokenise(Vocabulary(words), text.parts), StemRarity(rarity))
    order = np.argsort(-scorer.score(looked.features), kind="stable").tolist()
    return _Judged([looked.phrases[at] for at in order], _gold(words, text))


def _figures(method: str, judged: Sequence[_Judged]) -> Figures:
    judged = [one for one in judged if one.gold]
    recall = [len(one.gold.intersection(one.ranked)) / len(one.gold) for one in judged]
    return Figures(
        method=method,
        texts=len(judged),
        keywords=sum(len(one.gold) for one in judged),
        f1={str(most): _mean([_f1(one, most) for one in judged]) for most in AT},
        recall=_mean(recall),
    )


def _f1(judged: _Judged, most: int) -> float:
    hits = len(judged.gold.intersection(judged.ranked[:most]))
    return 2 * hits / (min(most, len(judged.ranked)) + len(judged.gold)) if hits else 0.0


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / max(len(values), 1), 4)
