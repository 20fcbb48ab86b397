"""Texts are put under classes, with probabilities; what is not sure is not said."""

from __future__ import annotations

from pathlib import Path

import pytest

from fonds.enrich.categories.classifier import Classifier, hashed
from fonds.enrich.categories.examples import Example
from fonds.enrich.categories.nb import MODEL, Nb, TextCategories
from fonds.enrich.categories.train import train
from fonds.enrich.errors import ModelUnreadable
from fonds.enrich.words import Words
from fonds.settings import EnrichSettings
from tests.enrich.making import material, stood_off

_ABSTRACT = """Randomised trial of chemotherapy in patients with metastatic breast cancer. Overall
survival, tumour response and toxicity were assessed by oncologists in fourteen hospitals; nurses
recorded adverse events, and patients were followed clinically for five years after surgery."""
_WORDS = {
    ("A", "A1"): "stars galaxy telescope",
    ("A", "A2"): "quark boson collider",
    ("B", "B1"): "sonata violin orchestra",
    ("B", "B2"): "novel poem reader",
}


def _examples() -> list[Example]:
    return [
        Example(f"{text} number{number} {text.split()[number % 3]}", codes, f"j{number % 9}")
        for codes, text in _WORDS.items()
        for number in range(30)
    ]


def test_an_abstract_is_put_under_its_class() -> None:
    """The bundled model knows medicine when it reads it, and says how sure it is."""
    made = Nb(EnrichSettings()).enrich(material(abstract=_ABSTRACT, language=("eng",)))
    assert made is not None
    assert isinstance(made.result, TextCategories)
    assert made.result.labels == ("Medicine",)
    assert made.result.places[0].probability > 0.8
    assert made.fields == {"categories": {"nb": ["1 - Medicine"]}}
    (term,) = stood_off(made).iter("{*}term")
    assert (term.get("level"), term.get("key")) == ("1", "R")


@pytest.mark.parametrize(
    ("abstract", "language"),
    [
        ("", "eng"),
        ("Short.", "eng"),
        ("= + / 12 " * 99, "eng"),
        (_ABSTRACT, "fin"),
        ("zq " * 40, "eng"),
    ],
    ids=["none", "short", "formulas", "no model", "unknown words"],
)
def test_what_is_not_sure_is_not_said(abstract: str, language: str) -> None:
    """No text, formulas alone, or a language without a model: no category."""
    assert Nb(EnrichSettings()).enrich(material(abstract=abstract, language=(language,))) is None


def test_a_tree_is_learnt() -> None:
    """A model for each node; two trainings give the same bytes, reading them the same classes."""
    words = Words("eng")
    model, figures = train(words, _examples(), levels=2)
    assert figures.right == (1.0, 1.0)
    assert figures.texts == 120
    data = model.dump()
    assert train(words, _examples(), levels=2)[0].dump() == data
    read = Classifier.load(data, "here")
    row = hashed(words, "the violin of an orchestra plays a sonata")
    assert [one.code for one in read.classify(row, 0.5)] == ["B", "B1"]
    assert [one.code for one in read.classify({}, 0.0)] == []


def test_tested_texts_are_unseen() -> None:
    """A journal that is judged is not learnt from; another of its classes is right as well."""
    tested = [Example("violin sonata", ("A",), "j1", also=(("B",),))]
    _, figures = train(Words("eng"), _examples(), tested)
    assert figures.right == (1.0,)
    assert figures.classes == {"A": (1, 0.0, 1.0)}


def test_a_broken_model_is_said(tmp_path: Path) -> None:
    """A file that is no model is named."""
    path = tmp_path / MODEL.format("eng")
    path.parent.mkdir()
    path.write_bytes(b"PK\x03\x04 nothing")
    broken = Nb(EnrichSettings(models=str(tmp_path)))
    with pytest.raises(ModelUnreadable, match="eng"):
        broken.enrich(material(abstract=_ABSTRACT, language=("eng",)))
