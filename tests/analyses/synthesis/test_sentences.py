"""Sentences are found whole, and only those that can stand alone are quoted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.analyses.synthesis.sentences import can_stand, split


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One is here. Two is there.", ["One is here.", "Two is there."]),
        ("Smith et al. Found it. (See Fig. 2A.)", ["Smith et al. Found it.", "(See Fig. 2A.)"]),
        ("E. coli and S. Typhi differ. Yes.", ["E. coli and S. Typhi differ.", "Yes."]),
        ("Il a dit « non. » Elle part.", ["Il a dit « non. »", "Elle part."]),
        ("Voir p. ex. Dupont. Puis Éva vint.", ["Voir p. ex. Dupont.", "Puis Éva vint."]),
        ("A head\n\nThe text begins.", ["A head", "The text begins."]),
        ("It was hyphen-\nated here. Well.", ["It was hyphenated here.", "Well."]),
        ("", []),
    ],
)
def test_split(text: str, sentences: list[str]) -> None:
    assert list(split(text)) == sentences


@pytest.mark.parametrize(
    ("sentence", "stands"),
    [
        ("The reefs of the bay have lost half of their corals since then.", True),
        ("La vigne est taillée deux fois par an dans toutes les parcelles.", True),
        ("and half of what begins in the middle is no sentence at all.", False),
        ("A heading that has no full stop and goes on for some words", False),
        ("Too short a one.", False),
        ("See https://example.org for all that we have found in these many years.", False),
        ("THE HEAD OF A PAGE IN CAPITALS ALONE IS NOT QUOTED BY ANYBODY.", False),
        ("In 12 of 34 (5.6 %) 78 9.1 2.3 4.5 6.7 8.9 1.2 3.4 were 5.6 7.8 found here.", False),
        ("It is open (as this bracket is, which nobody closes before the end.", False),
    ],
)
def test_what_can_stand_alone(sentence: str, stands: bool) -> None:
    assert can_stand(sentence) is stands


@given(st.text(max_size=300))
def test_nothing_is_added_and_no_letter_lost(text: str) -> None:
    letters = [one for one in text if one.isalpha() and one not in "_placeholder"]
    if "-" not in text and "\u00ad" not in text and "\u2010" not in text and "_" not in text:
        kept = [one for part in split(text) for one in part if one.isalpha()]
        assert [one for one in kept if one not in "_placeholder"] == letters
