"""Words are found in texts where the search finds them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.analyses.reading.words import Phrase, Scanned, read_phrases
from fonds.errors import ParameterInvalid


def found(words: str, text: str) -> list[str]:
    return [text[begin:end] for begin, end in Phrase(words).places(Scanned(text))]


@pytest.mark.parametrize(
    ("words", "text", "expected"),
    [
        ("modele", "Le modèle, les MODÈLES et le Modèle.", ["modèle", "Modèle"]),
        ("modele*", "Le modèle, les MODÈLES.", ["modèle", "MODÈLES"]),
        ("cœur de ville", "au coeur de\n la ville, au cœur  de ville", ["cœur  de ville"]),
        ("traitement image", "le traitement d'image", ["traitement d'image"]),
        ("p-value", "The p value and a p-value.", ["p value", "p-value"]),
        ("profile", "pro\ufb01le", ["pro\ufb01le"]),
        ("net", "subnet internet network net.", ["net"]),
        ("net net", "subnet net net", ["net net"]),
        ("analyse", "l'analyse; l’analyse", ["analyse", "analyse"]),
        ("été", "e\u0301te\u0301s été", ["été"]),
        ("étés", "e\u0301te\u0301s", ["e\u0301te\u0301s"]),
        ("wom?n", "woman women womaan", ["woman", "women"]),
        ("index", "in\u00addex", ["in\u00addex"]),
    ],
)
def test_what_stands_there_is_found(words: str, text: str, expected: list[str]) -> None:
    assert found(words, text) == expected


@given(
    st.text(alphabet="abé ÉŒoe'’-l.,\n\ufb01fi", max_size=60),
    st.sampled_from(["a", "é", "oe", "œ b", "fi", "a*", "ab é", "l"]),
)
def test_one_expression_finds_what_the_index_cuts(text: str, words: str) -> None:
    phrase, scanned = Phrase(words), Scanned(text)
    assert list(phrase.places(Scanned(text, many=True))) == list(phrase.places(scanned))
    quick = [text[begin:end] for begin, end in phrase.places(scanned)]
    scanned.has_unseen = True
    slow = [text[begin:end] for begin, end in phrase.places(scanned)]
    if "l" not in words:  # an elided article is no word, and nobody looks for one
        assert quick == slow


@pytest.mark.parametrize("words", ["!", "a," * 30 + "b", "*", "x" * 300])
def test_what_is_no_word_is_said(words: str) -> None:
    parted = ", ".join(f"w{at}" for at in range(21)) if words.startswith("a,") else words
    with pytest.raises(ParameterInvalid):
        read_phrases(parted)


def test_phrases_are_read_once_each() -> None:
    assert [one.text for one in read_phrases(" gut  flora, ,bees,gut flora")] == [
        "gut flora",
        "bees",
    ]
    assert read_phrases(" , ") == ()
