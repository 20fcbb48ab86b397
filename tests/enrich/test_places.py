"""What is tried only where it can match gives what trying everywhere gives."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from fonds.enrich.entities import patterns
from fonds.enrich.entities.patterns import find_patterns
from fonds.enrich.entities.persons import _TITLED, _TITLES
from fonds.enrich.places import joined, matches_at, places_of

_PIECES = st.sampled_from([
    "Doe", "de Doe", "Roe", "and", "et al.", "et al.,", "&", " ", " ", " ", ",", ", ", "(", ")",
    ".", "1999", "2004", "20045", "2001a", "12", "31st", "March", "Sept.", "Sept", "juillet", "1er",
    "in", "In", "depuis", "between", "-03-04", "-", "/", "Dr", "Dr. ", "Mme", "Prof. J. ", "Martin",
    "http", "https://a.b/c", "10.1000/x", "arXiv:1234.56789", "ANR-10-ABCD-1234", "grant ", "Award",
    "No. ", "A12345", "GSE1234", "SRR123456", "\n",
])  # fmt: skip
_TEXTS = st.lists(_PIECES, max_size=30).map("".join)


@given(_TEXTS)
def test_patterns_are_those_of_the_whole_text(text: str) -> None:
    """No rule loses or gains a match by being tried near its anchors alone."""
    taken: set[int] = set()
    expected = []
    for kind, _, pattern in patterns._RULES:
        group = 1 if pattern.groups else 0
        for match in pattern.finditer(text):
            if kind == "citation" and patterns._MONTHS.match(match[group]):
                continue
            if kind == "date" and match.end(group) in taken:
                continue
            taken |= {match.end(group)} if kind == "date" else set()
            expected.append((kind, *match.span(group)))
    assert [(one.kind, one.begin, one.end) for one in find_patterns(text)] == expected


@given(_TEXTS)
def test_titles_are_those_of_the_whole_text(text: str) -> None:
    """Titles of persons are found as by going through the text."""
    found = matches_at(_TITLED, text, places_of(text, _TITLES))
    assert [one.span() for one in found] == [one.span() for one in _TITLED.finditer(text)]


def test_matches_do_not_overlap() -> None:
    """A place within a match gives none."""
    found = matches_at(re.compile("aba"), "ababa aba", places_of("ababa aba", ["a"]))
    assert [one.start() for one in found] == [0, 6]


def test_stretches_that_touch_are_one() -> None:
    """A later stretch may begin before several."""
    assert joined([(0, 3), (5, 7), (9, 10), (6, 12), (20, 21)]) == [(0, 3), (5, 12), (20, 21)]
