"""Key sentences are what a text is about, never twice the same, never what hangs on another."""

from __future__ import annotations

from fonds.analyses.synthesis.extract import chosen, scored
from fonds.analyses.synthesis.passages import Place, Sentence
from fonds.enrich.words import Words

_TEXTS = (
    "In this paper we show that coral reefs recover after bleaching.",
    "Coral reefs recover after bleaching, as we show in this paper.",
    "However, it does not do so in any of these cases at all.",
    "Reefs of coral in warm bays bleach when the ocean is hot.",
    "The train to the station was late on a Monday in the rain.",
    "Figure 3B shows coral reefs and their bleaching in the bay.",
    "This work was supported by a grant for coral reefs and bleaching.",
)


def sentences(texts: tuple[str, ...]) -> list[Sentence]:
    return [Sentence(text, Place("text"), 0.5, "") for text in texts]


def test_the_best_sentences_come_first_and_none_twice() -> None:
    found = chosen(scored(sentences(_TEXTS), Words("eng")), 3)
    texts = [one.sentence.text for one in found]
    assert texts[0] in _TEXTS[:2]
    assert len(set(texts) & set(_TEXTS[:2])) == 1
    assert _TEXTS[3] in texts
    assert _TEXTS[6] not in texts


def test_thanks_are_never_quoted() -> None:
    assert chosen(scored(sentences(_TEXTS[6:]), Words("eng")), 3) == []


def test_a_focus_draws_sentences_of_a_theme() -> None:
    texts = (_TEXTS[3], _TEXTS[4])
    focus = {Words("eng").look("train")[1]: 1.0}
    found = chosen(scored(sentences(texts), Words("eng"), focus), 1)
    assert found[0].sentence.text == _TEXTS[4]


def test_nothing_gives_nothing() -> None:
    assert scored([], Words("eng")) == []
    assert chosen([], 3) == []
