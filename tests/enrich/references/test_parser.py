"""References in words become structured references."""

from __future__ import annotations

from importlib import resources

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fonds.enrich.errors import ModelUnreadable
from fonds.enrich.references.parser import ReferenceParser
from fonds.enrich.references.refbibs import MODEL


@pytest.fixture(scope="module")
def parser() -> ReferenceParser:
    """Return a parser with the bundled model."""
    room, _, file = MODEL.partition("/")
    return ReferenceParser(
        resources.files("fonds.enrich").joinpath(room, "models", file).read_bytes()
    )


def test_an_article(parser: ReferenceParser) -> None:
    """Every field of an English reference is told apart."""
    found = parser.parse(
        "[12] Dalibard, J., & Ruel, M. (1999). Cold atoms in optical lattices: a review. "
        "Phys. Rev. Lett., 82(12), 1234-1240. doi:10.1103/PhysRevLett.82.1234"
    )
    assert found is not None
    reference = found.reference
    assert reference.title == "Cold atoms in optical lattices: a review"
    assert [one.name for one in reference.author] == ["J. Dalibard", "M. Ruel"]
    assert reference.publication_date == "1999"
    assert reference.doi == "10.1103/physrevlett.82.1234"
    assert reference.host is not None
    assert reference.host.title == "Phys. Rev. Lett."
    assert (reference.host.volume, reference.host.issue) == ("82", "12")
    assert reference.host.pages is not None
    assert (reference.host.pages.first, reference.host.pages.last) == ("1234", "1240")
    assert found.confidence > 0.9


def test_a_french_article(parser: ReferenceParser) -> None:
    """French forms are read as well."""
    found = parser.parse(
        "J. Pérez, M. Le Goff et K. Dupont, « Une méthode de calcul des flux », "
        "Revue française de géotechnique, vol. 12, n° 3, p. 45-67, 2008."
    )
    assert found is not None
    assert found.reference.title == "Une méthode de calcul des flux"
    assert found.reference.host is not None
    assert found.reference.host.title == "Revue française de géotechnique"
    assert [one.surname for one in found.reference.author] == ["Pérez", "Le Goff", "Dupont"]


def test_a_book(parser: ReferenceParser) -> None:
    """A book's pages are how many it has."""
    found = parser.parse("Cordier, S. Le livre des terres rares, Paris, Dunod, 2003, 345 p.")
    assert found is not None
    assert found.reference.title == "Le livre des terres rares"
    assert found.reference.host is not None
    assert found.reference.host.pages is not None
    assert found.reference.host.pages.total == "345"


def test_a_model_of_something_else_is_refused() -> None:
    """A file that is no model is said, not handed to the library."""
    with pytest.raises(ModelUnreadable, match="no model"):
        ReferenceParser(b"\x00" * 100, "there")


@settings(max_examples=60)
@given(st.text(max_size=300))
def test_any_text_is_read(parser: ReferenceParser, text: str) -> None:
    """Nothing that comes is a failure."""
    found = parser.parse(text)
    assert found is None or 0.0 <= found.confidence <= 1.0
