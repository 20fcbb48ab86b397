"""Words are told apart from signs and stop words, whatever their language."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.enrich.words import LINK, OTHER, SIGN, STOP, TERM, Words


def test_an_elided_article_is_a_word_of_its_own() -> None:
    """`l'analyse` is an article and a noun; an English possessive stays whole."""
    assert Words("fre").tokens("l’analyse d'images") == ["l’", "analyse", "d'", "images"]
    assert Words("eng").tokens("Darwin's finches") == ["Darwin's", "finches"]


def test_a_paragraph_ends() -> None:
    """A blank line is a sign, a line's end is none."""
    assert Words("eng").tokens("one\ntwo\n\nthree") == ["one", "two", "\n\n", "three"]


@pytest.mark.parametrize(
    ("language", "token", "kind"),
    [
        ("eng", "the", STOP),
        ("eng", "of", LINK),
        ("eng", "42", OTHER),
        ("eng", ",", SIGN),
        ("eng", "Protein", TERM),
        ("eng", "x", OTHER),
        ("eng", "_placeholder_formula_", SIGN),
        ("fre", "des", LINK),
        ("fre", "d’", LINK),
        ("fre", "protéine", TERM),
        ("", "the", TERM),
    ],
)
def test_kinds(language: str, token: str, kind: int) -> None:
    """Each token is known for what it can be within a term."""
    assert Words(language).look(token)[0] == kind


def test_spellings_share_their_stems() -> None:
    """Case and number make no other phrase; signs are no part of it."""
    words = Words("eng")
    assert words.phrase("Neural Networks") == words.phrase("neural network,") == "neural network"


@given(st.text(max_size=200), st.sampled_from(["eng", "fre", "", "xxx"]))
def test_any_text_has_words(text: str, language: str) -> None:
    """Whatever comes is cut, and nothing but blanks is lost."""
    words = Words(language)
    found = words.tokens(text)
    for token in found:
        assert words.look(token)[0] in range(5)
    assert "".join("".join(found).split()) == "".join(text.split())
