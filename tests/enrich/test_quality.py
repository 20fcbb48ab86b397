"""How texts read is measured, and said in words that hold."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fonds.enrich.quality import Quality, QualityOfText
from fonds.enrich.reading import Dictionary, edges, read, running_heads
from fonds.settings import EnrichSettings
from tests.enrich.making import material

_ENGLISH = (
    "The ascent of magma beneath the volcano was measured during three years by a network of "
    "instruments, and the results were compared with those of earlier studies in the region. "
)
_GARBAGE = "#$%& *+,- ./01 23:; <=>? @[]^ `{|} ~¡¢£ ¤¥¦§ ¨©ª« ¬®¯° ±²³´ µ¶·¸ " * 40


@pytest.fixture(scope="module")
def quality() -> QualityOfText:
    """Return the enrichment as it is installed."""
    return QualityOfText(EnrichSettings())


def _found(quality: QualityOfText, **parts: object) -> Quality:
    made = quality.enrich(material(**parts))  # type: ignore[arg-type]
    assert made is not None
    assert isinstance(made.result, Quality)
    return made.result


def test_a_good_text_is_good(quality: QualityOfText) -> None:
    """Plain English from a PDF reads; from the publisher's XML it is structured."""
    found = _found(quality, texts={"pdf": _ENGLISH * 5}, language=("eng",))
    assert (found.verdict, found.reasons, found.language) == ("good", (), "eng")
    assert found.layers[0].reading.letters > 0.95
    assert (found.layers[0].reading.known or 0) > 0.9
    assert _found(quality, texts={"xml": _ENGLISH * 5}, language=("eng",)).verdict == "structured"


def test_signs_that_are_no_letters_are_unreadable(quality: QualityOfText) -> None:
    """What fonts without a map give is not called text."""
    found = _found(quality, texts={"pdf": f"{_GARBAGE} abc def ghi"}, language=("eng",))
    assert found.verdict == "unreadable"
    assert "few-letters" in found.reasons


def test_letters_that_make_no_words_are_unreadable(quality: QualityOfText) -> None:
    """A text whose letters are shifted has all its letters and no word."""
    shifted = "".join(chr((ord(c) - 96) % 26 + 97) if c.isalpha() else c for c in _ENGLISH.lower())
    found = _found(quality, texts={"pdf": shifted * 5}, language=("eng",))
    assert found.verdict == "unreadable"
    assert "unknown-words" in found.reasons


def test_without_a_text_there_is_none(quality: QualityOfText) -> None:
    """A document without text says so, and so does one with formulas alone."""
    assert _found(quality, title="A title").verdict == "none"
    assert _found(quality, title="A title").reasons == ("no-text",)
    assert _found(quality, texts={"pdf": "∑ x² = 3 ∫ f(x) dx " * 50}).verdict == "none"


def test_an_unknown_language_has_no_dictionary(quality: QualityOfText) -> None:
    """Where no list of words is at hand, none is made up."""
    found = _found(quality, texts={"pdf": _ENGLISH * 5}, language=("baq",))
    assert found.layers[0].reading.known is None
    assert "no-dictionary" in found.reasons


def test_pages_are_measured_apart(quality: QualityOfText) -> None:
    """Running heads and words parted at line ends are counted on each page."""
    pages = [
        f"Journal of Magma 12 ({n})\n{_ENGLISH}\nobser-\nvations\nend {'a' * n}\nlast {'b' * n}"
        for n in range(1, 6)
    ]
    found = _found(quality, texts={"pdf": "\f".join(pages)}, language=("eng",))
    assert [page.page for page in found.pages] == [1, 2, 3, 4, 5]
    assert found.running_heads == 1
    assert all(page.reading.running == 1 for page in found.pages)
    assert all(page.reading.broken == 1 for page in found.pages)


def test_a_long_book_is_measured(quality: QualityOfText) -> None:
    """Two thousand pages are two thousand rows."""
    found = _found(quality, texts={"pdf": "\f".join(["some words on a page"] * 2000)})
    assert len(found.pages) == 2000


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_measured(text: str) -> None:
    """Whatever the text, shares are shares."""
    found = read(text, "eng", _Held.dictionary, running_heads([text] * 3))
    assert 0.0 <= found.letters <= 1.0
    assert found.known is None or 0.0 <= found.known <= 1.0
    assert found.running <= len(edges(text))


class _Held:
    dictionary = Dictionary()
