"""Texts are cut as BERT's own cutter does; what is expected here `tokenizers` 0.22 gave."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fonds.enrich.vectors.wordpiece import WordPieces, words
from tests.enrich.vectors.making import PIECES

_CUTTER = WordPieces(PIECES)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", "[CLS] [SEP]"),
        ("Slow magma ascent", "[CLS] slow magma ascent [SEP]"),
        ("Volcanoes", "[CLS] volcano ##e ##s [SEP]"),
        ("É\u0301TÉ, naïve!", "[CLS] e ##t ##e , n ##a ##i ##v ##e ! [SEP]"),
        ("star-\u00adlight\u200b.", "[CLS] star - light . [SEP]"),
        ("the\u00a0\tstar\n", "[CLS] the star [SEP]"),
        ("α a", "[CLS] [UNK] a [SEP]"),
        ("中a文", "[CLS] [UNK] a [UNK] [SEP]"),
        ("a" * 101 + " a", "[CLS] [UNK] a [SEP]"),
        ("$ a", "[CLS] [UNK] a [SEP]"),
    ],
)
def test_words_are_cut_into_pieces(text: str, pieces: str) -> None:
    found = _CUTTER.numbers(text, 64)
    assert " ".join(PIECES[number] for number in found) == pieces


def test_a_long_text_is_cut_off() -> None:
    found = _CUTTER.numbers("rock " * 10_000, 8)
    assert [PIECES[one] for one in found] == ["[CLS]", *["rock"] * 6, "[SEP]"]


@settings(max_examples=200)
@given(st.text(max_size=80), st.integers(2, 40))
def test_any_text_can_be_cut(text: str, most: int) -> None:
    """Never more pieces than wanted, between the two signs; case and accents say nothing."""
    found = _CUTTER.numbers(text, most)
    assert 2 <= len(found) <= most
    assert (PIECES[found[0]], PIECES[found[-1]]) == ("[CLS]", "[SEP]")
    assert all(word and not any(map(str.isspace, word)) for word in words(text))
