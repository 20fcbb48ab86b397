"""Passages: words found in the text as it is written, cheap for plain words, exact for all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.search.analysis import spans, tokens
from fonds.search.passages import found_words, highlight, passages
from fonds.search.query.lucene import read_query
from fonds.search.query.tree import Node
from fonds.settings import SearchSettings

TEXT = (
    "L'évolution des œuvres anciennes.\n\nThe brain evolves. A second evolution of works was seen."
)


def ask(q: str) -> Node | None:
    """Read a query."""
    return read_query(q, default_operator="OR", settings=SearchSettings())


@given(st.text(alphabet=st.sampled_from("aZ l'é\u00adœß東ﬁ.\n-’1"), max_size=40))
def test_places_are_those_of_the_words(text: str) -> None:
    """Words with places are the words of the text, in order, within it."""
    placed = spans(text)
    assert [word for _, _, word in placed] == tokens(text)
    assert all(0 <= begin < end <= len(text) for begin, end, _ in placed)
    assert [begin for begin, _, _ in placed] == sorted(begin for begin, _, _ in placed)


@pytest.mark.parametrize(
    ("q", "marked"),
    [
        ("evolution", ["évolution", "evolution"]),
        ("oeuvres brain", ["œuvres", "brain"]),
        ("evol*", ["évolution", "evolves", "evolution"]),
        ('"second evolution"', ["second", "evolution"]),
        ("brian~1", ["brain"]),
        ("NOT brain", []),
        ("absent", []),
        ("volution", []),
    ],
)
def test_words_found_are_marked(q: str, marked: list[str]) -> None:
    """Whole words alone, whatever the query looks for them by."""
    shown = highlight(ask(q), TEXT, "fulltext")
    assert [shown.text[begin:end] for begin, end in shown.marks] == marked
    found = passages(ask(q), TEXT, count=5)
    assert [p.text[a:b] for p in found for a, b in p.marks] == marked
    if not marked and q != "volution":
        assert found_words(ask(q), TEXT) == ()
