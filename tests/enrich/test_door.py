"""Enrichments come by one door, in an order that serves them."""

from __future__ import annotations

import pytest

from fonds.enrich.door import load_enrichments
from fonds.errors import EnrichmentUnknown
from fonds.settings import EnrichSettings
from tests.enrich.making import material


def test_ours_come_by_the_door() -> None:
    """What Fonds brings is found as a plug-in is, and says what it is."""
    found = load_enrichments(EnrichSettings())
    assert "language" in [one.name for one in found]
    for one in found:
        assert one.version >= 1
        assert one.provenance
        assert one.reads


def test_each_stands_behind_what_it_needs() -> None:
    """An enrichment is made after those whose results it asks for."""
    places = {one.name: place for place, one in enumerate(load_enrichments(EnrichSettings()))}
    for one in load_enrichments(EnrichSettings()):
        for before in one.after:
            assert places[before] < places[one.name]


def test_an_unknown_name_is_said() -> None:
    """A name that nobody installed is refused with those that are."""
    with pytest.raises(EnrichmentUnknown, match="language"):
        load_enrichments(EnrichSettings(), ["telepathy"])


def test_a_file_is_read_once_and_only_when_asked_for() -> None:
    """Nothing is unpacked before somebody asks, and then once."""
    asked: list[tuple[str, str]] = []
    whole = material(texts={"xml": "one two", "pdf": "page one\fpage two"}, cleaned="two")
    read = whole._read

    def counted(typology: str, extension: str) -> bytes | None:
        asked.append((typology, extension))
        return read(typology, extension)

    whole._read = counted
    assert asked == []
    assert (whole.cleaned, whole.running, whole.cleaned) == ("two", "two", "two")
    assert asked == [("fulltext", "cleaned")]
    assert whole.pages == ("page one", "page two")
    assert whole.text == "one two"
    assert whole.tei is None
    assert len(asked) == len(set(asked))
