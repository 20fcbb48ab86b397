"""Training of the labeller of references, with figures on documents it has not seen."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec
import pycrfsuite

from fonds.enrich.references.labels import Labelled
from fonds.enrich.references.parser import spans
from fonds.enrich.references.tokens import features

_PARAMETERS = {
    "c1": 0.1,
    "c2": 0.01,
    "max_iterations": 100,
    "feature.minfreq": 2,
}
_HELD_OUT = 9  # each ninth document is not trained on


class Figures(msgspec.Struct, frozen=True):
    """How well fields were found in references of documents held out."""

    trained_on: int
    references: int
    token_accuracy: float
    all_right: float  # share of references whose every field is right
    f1: float  # micro mean over fields; a field counts if its whole text is right
    fields: dict[str, tuple[float, float, float]]  # precision, recall, F1


def train(references: Iterable[Labelled]) -> tuple[bytes, Figures]:
    """Train on all but the documents held out; return the model and its figures on those."""
    learn, held = split(references)
    model = fit(learn)
    return model, evaluate(model, held, len(learn))


def split(references: Iterable[Labelled]) -> tuple[list[Labelled], list[Labelled]]:
    """Return the references to learn from, and those of each ninth document, held out."""
    everything = list(references)
    names = sorted({one.document for one in everything})
    held = {name for at, name in enumerate(names) if at % _HELD_OUT == 0}
    learn = [one for one in everything if one.document not in held]
    return learn, [one for one in everything if one.document in held]


def fit(references: Sequence[Labelled]) -> bytes:
    """Return a model of these references."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=_PARAMETERS, verbose=False)
    for one in references:
        trainer.append(features(one.tokens), one.labels)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "model")
        trainer.train(str(path))
        return path.read_bytes()


def evaluate(model: bytes, references: Sequence[Labelled], trained_on: int) -> Figures:
    """Compare what a model says of labelled references with their labels."""
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(model)
    hit: Counter[str] = Counter()
    said: Counter[str] = Counter()
    true: Counter[str] = Counter()
    right = total = whole = 0
    for one in references:
        labels = tagger.tag(features(one.tokens))
        right += sum(a == b for a, b in zip(labels, one.labels, strict=True))
        total += len(labels)
        ours, theirs = set(spans(one.tokens, labels)), set(spans(one.tokens, one.labels))
        whole += ours == theirs
        hit.update(span.label for span in ours & theirs)
        said.update(span.label for span in ours)
        true.update(span.label for span in theirs)
    return Figures(
        trained_on=trained_on,
        references=len(references),
        token_accuracy=round(right / max(total, 1), 4),
        all_right=round(whole / max(len(references), 1), 4),
        f1=_scores(hit.total(), said.total(), true.total())[2],
        fields={name: _scores(hit[name], said[name], true[name]) for name in sorted(true)},
    )


def _scores(hit: int, said: int, true: int) -> tuple[float, float, float]:
    precision, recall = hit / max(said, 1), hit / max(true, 1)
    both = 2 * hit / max(said + true, 1)
    return round(precision, 3), round(recall, 3), round(both, 3)
