"""Languages are told per part, with a probability; what is in none is unknown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from fonds.enrich.language import Language, Languages, language_of
from fonds.enrich.standoff import stand_off
from fonds.settings import EnrichSettings
from tests.enrich.making import material

_ENGLISH = "The ascent of magma beneath the volcano was measured for three years by seismometers. "
_FRENCH = "La remontée du magma sous le volcan a été mesurée pendant trois ans par sismomètres. "


@pytest.fixture(scope="module")
def language() -> Language:
    """Return the enrichment as it is installed."""
    return Language(EnrichSettings())


def _found(language: Language, **parts: object) -> Languages:
    made = language.enrich(material(**parts))  # type: ignore[arg-type]
    assert made is not None
    assert isinstance(made.result, Languages)
    return made.result


def test_every_part_has_its_language(language: Language) -> None:
    """Title, abstract and each text are told apart; the text counts for the whole."""
    found = _found(
        language,
        title="Slow magma ascent beneath a volcano",
        abstract=_ENGLISH,
        texts={"xml": _FRENCH * 20, "pdf": _ENGLISH * 20},
    )
    assert {one.part: one.language for one in found.parts} == {
        "title": "eng", "abstract": "eng", "xml": "fre", "pdf": "eng",
    }  # fmt: skip
    assert found.language == "fre"
    assert 0.9 < found.probability <= 1.0


def test_capitals_are_read(language: Language) -> None:
    """A title in capitals is English all the same."""
    assert language.detect("EFFECTS OF CLIMATE CHANGE ON FORESTS")[0] == "eng"


_TEX = (
    r"\frac{a_{ij}}{b_k} \le \sum_{i \in I} \alpha_i x_i^2 + \int_0^t f(s)\,ds, \quad y = kT \to 0 "
)


@pytest.mark.parametrize("text", ["", "12 + 3 = 15", "∑ x² ≤ ∫ f", "abc", _TEX * 20])
def test_without_words_there_is_nothing_to_tell(language: Language, text: str) -> None:
    """Formulas and numbers alone are in no language."""
    assert language.detect(text) == ("unknown", 0.0)
    assert language.enrich(material(title="3.14")) is None


def test_a_language_not_allowed_is_unknown(language: Language) -> None:
    """A text in a language that the settings leave out is not called one of those allowed."""
    assert language.detect("火山の下のマグマの上昇は地震計で三年間測定された。")[0] == "unknown"
    japanese = Language(EnrichSettings(languages=("eng", "jpn")))
    assert japanese.detect("火山の下のマグマの上昇は地震計で三年間測定された。")[0] == "jpn"


def test_stand_off_has_istex_shape(language: Language) -> None:
    """The TEI has the literal names that clients look for."""
    whole = material(title="Slow magma ascent beneath a volcano", abstract=_ENGLISH)
    made = language.enrich(whole)
    assert made is not None
    tei = stand_off(whole.record, "language", 1, language.provenance, made.annotations)
    assert b"<ns1:listAnnotation" in tei
    root = etree.fromstring(tei)
    terms = root.findall(".//{http://www.tei-c.org/ns/1.0}term")
    assert [one.text for one in terms] == ["eng", "eng"]
    assert all(0 < float(one.get("cert", "0")) <= 1 for one in terms)


def test_others_mine_in_the_language_found(language: Language) -> None:
    """What was detected counts before what was delivered."""
    whole = material(abstract=_FRENCH, language=("eng",))
    assert language_of(whole) == "eng"
    made = language.enrich(whole)
    assert made is not None
    whole.note("language", b'{"language":"fre","probability":1.0,"parts":[]}')
    assert language_of(whole) == "fre"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_has_an_answer(text: str) -> None:
    """Whatever the text, the answer is a code with a probability."""
    code, probability = _Held.language.detect(text)
    assert code
    assert 0.0 <= probability <= 1.0


class _Held:
    language = Language(EnrichSettings())


def test_real_sentences_are_told(shared: Path, language: Language) -> None:
    """Sentences of French and English treebanks: 97 of 100 at least."""
    wanted = {"fr": "fre", "en": "eng"}
    for path in sorted((shared / "training" / "ud").rglob("*-ud-test.conllu")):
        code = wanted.get(path.name[:2])
        lines = path.read_text("utf-8").splitlines()
        texts = [line[9:] for line in lines if line.startswith("# text = ") and len(line) > 60]
        told = [language.detect(text)[0] for text in texts[:300]]
        assert not told or told.count(str(code)) / len(told) >= 0.97, path.name
