"""Vocabularies are read from SKOS and CSV; what is broken is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.enrich.entities.vocabulary import Concept, Vocabulary, dump, load, read_vocabulary
from fonds.enrich.errors import VocabularyUnreadable

_SKOS = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:skos="http://www.w3.org/2004/02/skos/core#">
<skos:Concept rdf:about="http://x/1"><skos:prefLabel xml:lang="fr">volcan</skos:prefLabel>
<skos:prefLabel xml:lang="en">volcano</skos:prefLabel><skos:altLabel>fire
mountain</skos:altLabel></skos:Concept>
<rdf:Description rdf:about="http://x/2"><skos:prefLabel>magma</skos:prefLabel></rdf:Description>
<rdf:Description rdf:about="http://x/scheme"/></rdf:RDF>"""
_EXPECTED = (
    Concept("http://x/2", "magma", ()),
    Concept("http://x/1", "volcano", ("volcan", "fire mountain")),
)


def test_skos(tmp_path: Path) -> None:
    """Concepts with preferred and other labels, in every language, English first."""
    path = tmp_path / "v.rdf"
    path.write_text(_SKOS)
    assert read_vocabulary(path) == _EXPECTED


@pytest.mark.parametrize("mark", [",", "\t"])
def test_csv(tmp_path: Path, mark: str) -> None:
    """Columns uri, label and alt, in any order."""
    path = tmp_path / "v.csv"
    rows = [
        ("Label", "URI", "Alt"),
        ("volcano", "http://x/1", "volcan;fire mountain"),
        ("magma", "http://x/2", ""),
    ]
    path.write_text("\n".join(mark.join(row) for row in rows))
    assert read_vocabulary(path) == _EXPECTED


@pytest.mark.parametrize(
    "content",
    [b"", b"<rdf", b"<a/>", b"a,b\n1,2", b"\xff\xfe", b"label,uri\n,x", None],
    ids=["empty", "broken XML", "no SKOS", "no column", "no text", "no label", "missing"],
)
def test_a_broken_one_is_said(tmp_path: Path, content: bytes | None) -> None:
    """The file, the reason and what to give instead."""
    path = tmp_path / "v"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(VocabularyUnreadable, match=str(path)):
        read_vocabulary(path)


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    """A vocabulary from outside is not believed: nothing is fetched or blown up."""
    path = tmp_path / "v.rdf"
    path.write_text('<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/passwd">]><a>&e;</a>')
    with pytest.raises(VocabularyUnreadable):
        read_vocabulary(path)


def test_what_is_kept_is_read_back() -> None:
    """A vocabulary is kept in one form, and finds the same."""
    assert load(dump(_EXPECTED)) == _EXPECTED
    found = list(Vocabulary("v", _EXPECTED).find("The Fire Mountain spat l'magma."))
    assert [(one.value, one.confidence) for one in found] == [("volcano", 0.8), ("magma", 0.9)]


@given(st.text(max_size=200))
def test_any_text_is_looked_through(text: str) -> None:
    """Places of mentions are places of the text."""
    for one in Vocabulary("v", _EXPECTED).find(text):
        assert text[one.begin : one.end].lower() in ("magma", "volcano", "volcan", "fire mountain")
