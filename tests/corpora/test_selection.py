"""The grammar of `extract=` (istex-api.md 1.6)."""

from __future__ import annotations

import pytest

from fonds.corpora.selection import read_selection
from fonds.errors import ExtractInvalid

ALL = "fulltext;metadata;enrichments;covers;annexes"


@pytest.mark.parametrize(
    ("text", "understood"),
    [
        ("", ALL),
        ("  ", ALL),
        ("metadata[mods];fulltext[pdf,tei];annexes", "metadata[mods];fulltext[pdf,tei];annexes"),
        ("metadata[json],fulltext[txt]", "metadata[json];fulltext[txt]"),
        ("fulltext", "fulltext"),
        ("fulltext[]", "fulltext"),
        ("fulltext[pdf];fulltext[txt,pdf]", "fulltext[pdf,txt]"),
        ("fulltext[pdf];fulltext", "fulltext"),
        ("cover;;annexes;", "covers;annexes"),
        ("enrichments[catWos, refBib]", "enrichments[multicat,refBibs]"),
        ("lhjd", "metadata[json]"),
        ("lhjd[x];covers", "covers"),
    ],
)
def test_what_is_understood(text: str, understood: str) -> None:
    """Each form of the contract; what is written out is read as itself."""
    found = read_selection(text)
    assert str(found) == understood
    assert read_selection(str(found)) == found
    assert found.takes(("metadata", "json"))


@pytest.mark.parametrize(
    ("text", "position"),
    [("fulltext[pdf", 9), ("fulltext]", 9), ("[pdf]", 1), ("a;!", 3), ("a[b]c", 5), ("a[b;c]", 4),
     ("x [ y", 3)],
)  # fmt: skip
def test_what_is_no_selection_names_the_place(text: str, position: int) -> None:
    """The character from 1."""
    with pytest.raises(ExtractInvalid) as caught:
        read_selection(text)
    assert caught.value.data["position"] == position
