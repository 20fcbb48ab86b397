"""The labeller learns from GROBID's form of labelled references, the same way twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from fonds.enrich.references.labels import read_corpus
from fonds.enrich.references.train import train

_ENTRY = (
    '<bibl><author>Doe J{0}</author>, <title level="a">Cold atoms of kind {0}</title>. '
    '<title level="j">Phys Rev</title> <biblScope type="vol">{0}</biblScope>:'
    '<biblScope unit="page">{0}1-{0}9</biblScope> (<date>19{1}</date>)</bibl>'
)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Return a folder with twenty small files, one of them broken."""
    for number in range(20):
        entries = "".join(_ENTRY.format(number + more, 70 + number) for more in range(3))
        (tmp_path / f"{number:02}.xml").write_text(f"<citations>{entries}</citations>")
    (tmp_path / "broken.xml").write_text("<citations><bibl>A & B")
    return tmp_path


def test_labels_are_the_elements(corpus: Path) -> None:
    """Each token has the name of the field that holds it; a broken file costs itself alone."""
    found = list(read_corpus(corpus))
    assert len(found) == 60
    pairs = [
        (token.text, label) for token, label in zip(found[0].tokens, found[0].labels, strict=True)
    ]
    assert pairs[:4] == [("Doe", "author"), ("J", "author"), ("0", "author"), (",", "-")]
    assert pairs[-2:] == [("1970", "date"), (")", "-")]


def test_two_trainings_are_identical(corpus: Path) -> None:
    """The same corpus gives the same model; figures are of documents held out."""
    references = list(read_corpus(corpus))
    model, figures = train(references)
    assert train(references)[0] == model
    assert figures.trained_on + figures.references == 60
    assert figures.f1 > 0.8
    assert figures.fields["journal"][2] == 1.0
