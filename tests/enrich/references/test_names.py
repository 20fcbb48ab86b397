"""Lists of authors are read as references write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.enrich.references.names import people


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Doe J, Roe RA", ["J Doe", "RA Roe"]),
        ("Doe, J., & Roe, R. A.", ["J. Doe", "R. A. Roe"]),
        ("J. Pérez, M. Le Goff et K. Dupont", ["J. Pérez", "M. Le Goff", "K. Dupont"]),
        ("E. Yoneki, P. Hui, S.Y. Chan", ["E. Yoneki", "P. Hui", "S.Y. Chan"]),
        ("Uyl-de Groot CA, Aarts MJB et al.", ["CA Uyl-de Groot", "MJB Aarts"]),
        ("Jean Dupont and Ada Exemple", ["Jean Dupont", "Ada Exemple"]),
        ("World Health Organization", ["World Health Organization"]),
        ("", []),
    ],
)
def test_lists_of_authors(text: str, names: list[str]) -> None:
    """Order, initials and separators may be any of the usual ones."""
    assert [one.name for one in people(text)] == names


@given(st.text(max_size=200))
def test_any_text_gives_names(text: str) -> None:
    """Nothing that comes is a failure, and no name is empty."""
    assert all(one.name for one in people(text))
