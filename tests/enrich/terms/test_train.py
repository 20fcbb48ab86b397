"""The ranker learns from authors' keywords and says what it is worth."""

from __future__ import annotations

import pytest

from fonds.enrich.terms.extract import Extractor
from fonds.enrich.terms.frequencies import Frequencies, GeneralLanguage, count_documents
from fonds.enrich.terms.ranker import Ranker
from fonds.enrich.terms.train import Labelled, Trained, train
from fonds.enrich.words import Words

_THINGS = ("copper wire", "glass lens", "marble dust", "cotton thread", "river sand", "iron salt")


def _texts(count: int) -> list[Labelled]:
    texts = []
    for number in range(count):
        named, other = _THINGS[number % 6], _THINGS[(number + 1) % 6]
        body = (
            f"We looked at {named} in the laboratory. The {named} was weighed twice. Nobody "
            f"thought that {named} number {number} would break. One {other} lay on a table nearby. "
        )
        texts.append(Labelled((f"On {named}", f"About {named}.", body * 3), (named.upper(),)))
    return texts


@pytest.fixture(scope="module")
def trained() -> Trained:
    """Return a model of a few texts."""
    return train(Words("eng"), _texts(40))


def test_figures_are_of_texts_held_out(trained: Trained) -> None:
    """Both methods are judged on the same texts; an easy lesson is learnt."""
    ranker, kpminer = trained.figures
    assert (ranker.method, kpminer.method) == ("ranker", "kp-miner")
    assert ranker.texts == kpminer.texts == 40
    assert ranker.recall == 1.0
    assert ranker.f1["5"] > 0.3


def test_the_same_texts_make_the_same_model(trained: Trained) -> None:
    """Training twice gives the same bytes, and reading them back the same scores."""
    again = train(Words("eng"), _texts(40))
    assert again.ranker.dump() == trained.ranker.dump()
    assert again.frequencies.dump() == trained.frequencies.dump()
    words = Words("eng")
    general = GeneralLanguage(words)
    read = Ranker.load(trained.ranker.dump(), "here")
    counted = Frequencies.load(trained.frequencies.dump())
    parts = _texts(8)[7].parts
    terms = Extractor(words, general, counted, read).terms(parts)
    assert terms[0].term == "glass lens"
    assert terms == Extractor(words, general, trained.frequencies, trained.ranker).terms(parts)


def test_frequencies_count_documents() -> None:
    """A phrase counts once a document; what one document alone has is left out."""
    counted = count_documents([["a", "b"], ["a", "c"], ["a"]])
    assert counted == Frequencies(3, {"a": 3})
    rare, common = counted.idf(["b", "a"])
    assert rare > common


def test_the_general_language_knows_rare_words() -> None:
    """Without an archive, what is rare in a language is a better term."""
    general = GeneralLanguage(Words("fre"))
    common, rare = general.idf(["temp", "xylophon"])
    assert rare > common
    assert GeneralLanguage(Words("xxx")).share("anything") == 1e-6
