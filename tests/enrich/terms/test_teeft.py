"""The terms of a document are found, counted and given in ISTEX's form."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from fonds.enrich.door import load_enrichments
from fonds.enrich.errors import ModelUnreadable
from fonds.enrich.standoff import stand_off
from fonds.enrich.terms.teeft import RANKER, Teeft, Terms
from fonds.record import Host
from fonds.settings import EnrichSettings
from tests.enrich.making import material

_ENGLISH = """Magma ascent beneath the volcano was slow. Olivine crystals record the magma ascent,
because diffusion in olivine crystals is slow. We measured iron diffusion in olivine crystals and
compared the diffusion profiles with the magma ascent rate. The volcano erupted in 1985.
"""
_FRENCH = """L'analyse des degrés de liberté du modèle montre que les degrés de liberté dépendent de
la température de surface. La température de surface est mesurée par satellite; les degrés de
liberté sont ensuite estimés à partir de la température de surface et de l'humidité.
"""


@pytest.fixture(scope="module")
def teeft() -> Teeft:
    """Return the enrichment as it is installed, with the bundled model."""
    return Teeft(EnrichSettings())


def _terms(teeft: Teeft, text: str, language: str, title: str = "") -> Terms:
    made = teeft.enrich(material(title=title, texts={"xml": text}, language=(language,)))
    assert made is not None
    assert isinstance(made.result, Terms)
    return made.result


def test_english_is_ranked_by_the_model(teeft: Teeft) -> None:
    """The bundled ranker finds what the text is about, each phrase once, with its count."""
    found = _terms(teeft, _ENGLISH, "eng", title="Slow magma ascent")
    assert found.method == "ranker"
    by_name = {one.term: one for one in found.terms}
    assert next(iter(by_name)) == "magma ascent"
    assert by_name["olivine crystals"].frequency == 3
    assert "the" not in by_name
    assert max(one.specificity for one in found.terms) == 1.0
    assert len(by_name) == len(found.terms) <= 20


def test_the_name_of_the_journal_is_no_term(teeft: Teeft) -> None:
    """Neither its initials nor its title, which stand at the head of each page."""
    text = (
        _ENGLISH + "JOSE, Journal of Open Source Education. See JOSE. Open Source Education. JOSE."
    )
    host = Host(genre=("journal",), title="Journal of Open Source Education")
    made = [
        teeft.enrich(material(texts={"xml": text}, language=("eng",), host=one))
        for one in (None, host)
    ]
    plain, named = (
        {one.term.lower() for one in result.result.terms}
        for result in made
        if result is not None and isinstance(result.result, Terms)
    )
    assert "jose" in plain
    assert {"jose", "open source education"}.isdisjoint(named)
    assert {"magma ascent", "olivine crystals"} <= named


def test_what_comes_back_is_counted_for_the_corpus(teeft: Teeft) -> None:
    """Every term is a candidate with the same count; others occur twice; frequent ones first."""
    found = _terms(teeft, _ENGLISH, "eng", title="Slow magma ascent")
    counts = {one.stems: one.count for one in found.candidates}
    terms = {one.stems: one.frequency for one in found.terms}
    assert terms.items() <= counts.items()
    assert all(count > 1 for stems, count in counts.items() if stems not in terms)
    assert list(counts.values()) == sorted(counts.values(), reverse=True)


def test_french_keeps_its_links(teeft: Teeft) -> None:
    """Without a trained model KP-Miner ranks; `degrés de liberté` is one term."""
    found = _terms(teeft, _FRENCH, "fre")
    assert found.method == "kp-miner"
    assert [one.term for one in found.terms][:2] == ["degrés de liberté", "température de surface"]


def test_two_runs_are_identical(teeft: Teeft) -> None:
    """Another process, or another order of documents, finds the same."""
    first = _terms(teeft, _ENGLISH, "eng")
    other = Teeft(EnrichSettings())
    _terms(other, _FRENCH, "fre")
    assert _terms(other, _ENGLISH, "eng") == first


@pytest.mark.parametrize(
    "text",
    ["", "Too short.", "x = 1 + 2 " * 50, "_placeholder_formula_ " * 200, "\x00\ufffd|~ " * 500],
    ids=["none", "short", "formulas", "placeholders", "garbage"],
)
def test_nothing_to_find_is_nothing(teeft: Teeft, text: str) -> None:
    """No text, formulas alone and garbage of an OCR give no terms, and no failure."""
    made = teeft.enrich(material(texts={"xml": text}, language=("eng",)))
    assert made is None


def test_an_unknown_language_has_no_terms(teeft: Teeft) -> None:
    """Without stop words a term cannot be told: none is given."""
    assert teeft.enrich(material(texts={"xml": _ENGLISH}, language=("und",))) is None


def test_two_thousand_pages_are_read(teeft: Teeft) -> None:
    """A text too long is cut, not refused."""
    found = _terms(teeft, _ENGLISH * 8_000, "eng")
    assert found.terms[0].term in ("volcano", "magma ascent", "olivine crystals")


def test_words_of_garbage_do_not_overflow(teeft: Teeft) -> None:
    """More different words than can be numbered are cut as well."""
    text = " ".join(f"qzx{number:x}w" for number in range(70_000))
    made = teeft.enrich(material(texts={"ocr": text}, language=("eng",)))
    assert made is None or made.result is not None


def test_istex_reads_the_stand_off(teeft: Teeft) -> None:
    """The list is `rd-teeft`; each term carries frequency and specificity."""
    whole = material(title="Slow magma ascent", texts={"xml": _ENGLISH}, language=("eng",))
    made = teeft.enrich(whole)
    assert made is not None
    written = stand_off(whole.record, "teeft", 1, teeft.provenance, made.annotations)
    root = etree.fromstring(written)
    assert b'<ns1:listAnnotation type="rd-teeft">' in written
    terms = root.findall(".//{*}keywords/{*}term")
    assert [one.text for one in terms] == made.fields["keywords"]["teeft"]  # type: ignore[index]
    names = [one.get("name") for one in terms[0].iter("{*}f")]
    assert names == ["frequency", "specificity"]


def test_a_broken_model_is_said(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A file that is no model stops this enrichment with the file's name and what to do."""
    path = tmp_path / RANKER.format("eng")
    path.parent.mkdir()
    path.write_text("tree\nnothing")
    broken = Teeft(EnrichSettings(models=str(tmp_path)))
    with pytest.raises(ModelUnreadable, match="ranker"):
        broken.enrich(material(texts={"xml": _ENGLISH}, language=("eng",)))
    assert not capfd.readouterr().err


def test_it_comes_by_the_door() -> None:
    """It is installed, behind the language it needs, and says which models it uses."""
    (language, teeft) = load_enrichments(EnrichSettings(), ["teeft", "language"])
    assert (language.name, teeft.name) == ("language", "teeft")
    assert str(teeft.parameters["eng"]).startswith("bundled:")
