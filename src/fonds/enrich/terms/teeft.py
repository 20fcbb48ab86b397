"""The enrichment `teeft`: the terms of a document, under the name that ISTEX's readers know.

Its form is that of ISTEX's TEEFT (frequency and specificity of each term); which phrases are terms
is decided by a ranker trained on authors' keywords, or by KP-Miner in languages without one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from fonds.enrich.errors import ModelUnreadable
from fonds.enrich.language import language_of
from fonds.enrich.model import Enriched, Material, Part, Scalar
from fonds.enrich.models import Model, read_model
from fonds.enrich.standoff import Markup, annotation_list, block, keywords, term
from fonds.enrich.terms.extract import Counted, Extractor, Scorer, Term
from fonds.enrich.terms.frequencies import Frequencies, GeneralLanguage, Rarity
from fonds.enrich.terms.kpminer import KpMiner
from fonds.enrich.terms.names import Names
from fonds.enrich.terms.ranker import Ranker
from fonds.enrich.words import Words
from fonds.record import Record
from fonds.settings import EnrichSettings

RANKER = "terms/{}.ranker.txt"
FREQUENCIES = "terms/{}.frequencies.gz"


class Terms(msgspec.Struct, frozen=True):
    """The terms of a document."""

    language: str  # the terms were looked for in this one
    method: str  # "ranker": scores are probabilities; "kp-miner": they only order
    terms: tuple[Term, ...]
    candidates: tuple[Counted, ...]  # for the terminology of a corpus: [form, stems, count]


class Teeft:
    """Makes `teeft`."""

    name = "teeft"
    version = 3
    provenance = (
        "candidates without stop words (ezs/teeft, stopwords-iso: MIT), ranked by LightGBM (MIT) "
        "trained on authors' keywords, or by KP-Miner; specificity by wordfreq (CC BY-SA 4.0)"
    )
    reads: tuple[Part, ...] = ("record", "cleaned", "text")
    after: tuple[str, ...] = ("language",)
    is_open = False

    def __init__(self, settings: EnrichSettings) -> None:
        self._folder = settings.models
        self._extractors: dict[str, Extractor | None] = {}
        found = {one: read_model(self._folder, RANKER.format(one)) for one in settings.languages}
        self.parameters: Mapping[str, Scalar] = {
            language: model.said for language, model in found.items() if model is not None
        }

    def enrich(self, material: Material) -> Enriched | None:
        """Return the terms; None of a text too short, or in a language without stop words."""
        language = language_of(material)
        extractor = self._extractor(language)
        if extractor is None:
            return None
        record = material.record
        parts = (record.title, record.abstract, material.running)
        found = extractor.extract(parts, names=_names(record))
        terms = found.terms
        if not terms:
            return None
        result = Terms(language, extractor.scorer.name, terms, found.candidates)
        values = [one.term for one in terms]
        return Enriched(result, {"keywords": {"teeft": values}}, (_annotations(terms),))

    def _extractor(self, language: str) -> Extractor | None:
        if language not in self._extractors:
            self._extractors[language] = load_extractor(self._folder, language)
        return self._extractors[language]


def load_extractor(folder: str, language: str) -> Extractor | None:
    """Return what finds terms in a language; None when nothing is known of its words.

    Raises ModelUnreadable.
    """
    words = Words(language)
    if not words.known:
        return None
    general = GeneralLanguage(words)
    scorer: Scorer = KpMiner()
    rarity: Rarity = general
    model = read_model(folder, RANKER.format(language))
    counted = read_model(folder, FREQUENCIES.format(language))
    if model is not None and counted is not None:
        scorer = Ranker.load(model.data, model.name)
        rarity = _frequencies(counted)
    return Extractor(words, general, rarity, scorer)


def _frequencies(model: Model) -> Frequencies:
    try:
        return Frequencies.load(model.data)
    except (ValueError, EOFError, OSError) as error:
        raise ModelUnreadable(path=model.name, reason="it holds no frequencies") from error


def _names(record: Record) -> Names:
    journal = record.host.title if record.host is not None else ""

    def people() -> Iterable[str]:
        told = [*record.author, *(one for cited in record.ref_bibs for one in cited.author)]
        names = " ".join([one.name for one in told]).replace(",", " ").split()
        return [*(one.surname for one in told), *names]

    return Names(journal, people, record.title)


def _annotations(terms: tuple[Term, ...]) -> Markup:
    found = (
        term(one.term, {"frequency": one.frequency, "specificity": one.specificity})
        for one in terms
    )
    return annotation_list("rd-teeft", [block([keywords(found, change="rd-teeft")])])
