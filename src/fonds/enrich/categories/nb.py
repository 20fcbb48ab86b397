"""The enrichment `nb`: the categories of a document by its own text, with probabilities.

The name is ISTEX's (its first classifier was a naive Bayes); what decides here is a tree of linear
models, learnt from the categories of journals.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from fonds.enrich.categories.classifier import LEAST, Classifier, Place, hashed
from fonds.enrich.categories.tree import Tree, read_tree, values
from fonds.enrich.language import language_of
from fonds.enrich.model import Enriched, Material, Part, Scalar
from fonds.enrich.models import Model, read_model
from fonds.enrich.standoff import Markup, annotation_list, block, keywords, term
from fonds.enrich.words import Words
from fonds.settings import EnrichSettings

MODEL = "categories/{}.npz"
_LEAST_WORDS = 15  # different words: fewer say too little
_BODY = 20_000  # characters of the text that are looked at, where there is no abstract


class TextCategories(msgspec.Struct, frozen=True):
    """The categories of a text, from the top down."""

    language: str
    labels: tuple[str, ...]
    places: tuple[Place, ...]


class Nb:
    """Makes `nb`."""

    name = "nb"
    version = 1
    provenance = (
        "linear models over hashed words (learnt with scikit-learn, BSD) from journals' titles, "
        "keywords and classes of DOAJ, 2014 (CC BY-SA, doaj.org), or from this archive's texts"
    )
    reads: tuple[Part, ...] = ("record", "cleaned", "text")
    after: tuple[str, ...] = ("language",)
    is_open = False

    def __init__(self, settings: EnrichSettings) -> None:
        found = {one: read_model(settings.models, MODEL.format(one)) for one in settings.languages}
        self._models = {language: model for language, model in found.items() if model is not None}
        self._ready: dict[str, tuple[Words, Classifier]] = {}
        self._tree: Tree | None = None
        self.parameters: Mapping[str, Scalar] = {
            "least": LEAST,
            **{language: model.said for language, model in self._models.items()},
        }

    def enrich(self, material: Material) -> Enriched | None:
        """Return the categories; None without a model of the language, or where nothing is sure.

        Raises ModelUnreadable.
        """
        language = language_of(material)
        model = self._models.get(language)
        if model is None:
            return None
        words, classifier = self._ready.get(language) or self._load(language, model)
        record = material.record
        body = "" if record.abstract else material.running[:_BODY]
        subjects = " ".join(one.value for one in record.subject)
        row = hashed(words, f"{record.title}\n\n{record.abstract}\n\n{subjects}\n\n{body}")
        places = classifier.classify(row, LEAST) if len(row) >= _LEAST_WORDS else ()
        if not places:
            return None
        self._tree = self._tree or read_tree()
        labels = tuple(self._tree.labels.get(one.code, one.code) for one in places)
        fields = {"categories": {"nb": values([labels])}}
        result = TextCategories(language, labels, places)
        return Enriched(result, fields, (_annotations(labels, places),))

    def _load(self, language: str, model: Model) -> tuple[Words, Classifier]:
        self._ready[language] = Words(language), Classifier.load(model.data, model.name)
        return self._ready[language]


def _annotations(labels: tuple[str, ...], places: tuple[Place, ...]) -> Markup:
    terms = (
        term(label, cert=place.probability, key=place.code, level=level)
        for level, (label, place) in enumerate(zip(labels, places, strict=True), 1)
    )
    found = keywords(terms, change="rd-nb", scheme="#lcc")
    return annotation_list("rd-nb", [block([found], corresp="abstract")])
