"""Which questions are words that mean something as a whole."""

from __future__ import annotations

import pytest

from fonds.search.query.lucene import read_query
from fonds.search.query.plain import plain_words
from fonds.settings import SearchSettings


@pytest.mark.parametrize(
    ("q", "words"),
    [
        ("slow magma ascent", "slow magma ascent"),
        ("slow AND magma", "slow magma"),
        ('"slow magma" volcano^2', "slow magma volcano"),
        ("(slow OR magma) AND volcano", "slow magma volcano"),
        ("magma NOT water", "magma"),
        ("magma AND corpusName:plos", "magma"),
        ("(magma ascent) AND (language.raw:eng OR language.raw:fre)", "magma ascent"),
        ("+magma +publicationDate:[1990 TO 2000]", "magma"),
        ("magma corpusName:plos", ""),
        ("magma OR title:water", ""),
        ("title:magma", ""),
        ("title:(slow magma)", ""),
        ("magm*", ""),
        ("magma~", ""),
        ("/magma/", ""),
        ("*", ""),
        ("magma AND *", ""),
        ("NOT magma", ""),
    ],
)
def test_plain_words(q: str, words: str) -> None:
    assert plain_words(read_query(q, default_operator="OR", settings=SearchSettings())) == words
