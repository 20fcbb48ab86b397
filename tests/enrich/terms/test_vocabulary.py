"""Tokens that are numbered are those of `Words`, whatever was read before."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fonds.enrich.terms import vocabulary as module
from fonds.enrich.terms.vocabulary import Vocabulary
from fonds.enrich.words import Words

_KNOWN = {language: Vocabulary(Words(language)) for language in ("eng", "fre")}
_TEXT = st.text(st.sampled_from("aé1Lqu'’-_.,;(/%†\u00ad \t\n\x1c\u2028\u00a0"), max_size=40)


@pytest.mark.parametrize("language", ["eng", "fre"])
@given(text=_TEXT | st.text(max_size=40))
@example("l'analyse, d’où (3.5%)\n \nqu'il dell'a-b")
def test_numbers_are_of_the_tokens(language: str, text: str) -> None:
    """Cut piece by piece; the ends of paragraphs are alike, and a sign ends the text."""
    vocabulary = _KNOWN[language]
    words = Words(language)
    expected = ["\n\n" if token.isspace() else token for token in words.tokens(text)]
    numbers = vocabulary.read(text)
    assert [vocabulary.tokens[at] for at in numbers.tolist()] == [*expected, "."]
    kinds, stems = vocabulary.kinds_and_stems(numbers)
    found = [(kind, vocabulary.stems[at]) for kind, at in zip(kinds, stems, strict=True)]
    assert found == list(map(words.look, [*expected, "."]))


def test_numbers_begin_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """With too many tokens, and lists that were given out stay as they were."""
    monkeypatch.setattr(module, "_MOST", 3)
    vocabulary = Vocabulary(Words("eng"))
    vocabulary.read("one two three")
    before = vocabulary.tokens
    vocabulary.renew()
    assert vocabulary.read("three").tolist() == [0, 1]
    assert before == ["one", "two", "three", "."]
