"""ARKs have ISTEX's form and check character."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.archive.ark import ALPHABET, mint, parse, publisher_of

REAL = ("QHD-T00H6VNF-0", "GT4-FJLCPBW9-Q", "NVC-JMPZTKTT-R", "6H6-N49F7FRR-Q", "6GQ-9JJ7RGZM-W",
        "80W-QC194JKZ-X", "QT4-D0J6VN6K-K", "HXZ-7R7P2T8X-6", "996-HMN8BG45-4")  # fmt: skip


@pytest.mark.parametrize("name", REAL)
def test_real_arks_are_valid(name: str) -> None:
    """ARKs that ISTEX gave out pass the check."""
    ark = parse(f"ark:/67375/{name}")
    assert str(ark) == f"ark:/67375/{name}"


@given(st.text(min_size=1, max_size=40), st.integers(0, 5))
def test_every_single_mistake_is_noticed(identifier: str, attempt: int) -> None:
    """A minted ARK is valid, and changing one of its eight characters makes it invalid."""
    ark = str(mint("99999", publisher_of("c"), identifier, attempt))
    assert str(parse(ark)) == ark
    at = ark.index("-") + 3
    for char in ALPHABET:
        if char != ark[at]:
            assert parse(ark[:at] + char + ark[at + 1 :]) is None


@given(st.text(max_size=30))
def test_no_character_twice_in_a_row(identifier: str) -> None:
    """The eight characters never hold the same one twice in a row."""
    name = mint("12345", "ABC", identifier).name
    assert all(a != b for a, b in pairwise(name))


@pytest.mark.parametrize("text", ["", "ark:/67375/QHD-T00H6VNF-1", "ark:/1/QHD-T00H6VNF-0", "x"])
def test_wrong_arks_are_refused(text: str) -> None:
    """A wrong form or check character is no ARK."""
    assert parse(text) is None
