"""Themes part a corpus by what is spoken of, say how, and come out the same twice."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec
import pytest

from fonds.access.gate import OPERATOR
from fonds.analyses.corpus import Asker, Corpus
from fonds.analyses.digest import Digest, TermCount
from fonds.analyses.digest import digest_of as _digest_of
from fonds.analyses.door import load_analysis
from fonds.analyses.forms import forms_of, write
from fonds.analyses.model import Answer, Found
from fonds.analyses.themes.clusters import LEAST_DOCUMENTS, MOST_THEMES, themes_for
from fonds.analyses.themes.model import Themes
from tests.analyses.conftest import Laboratory

_EMPTY = _digest_of(1, b'{"id":"0"}', {})
_SUBJECTS = (
    ("eng", "The reefs", "coral reef fish {} warming ocean bleaching of algae"),
    ("eng", "A theorem", "proof of a lemma on prime numbers {} in algebraic groups"),
    ("fre", "Les vignes", "la taille de la vigne et le vin {} des cépages du terroir"),
    ("fre", "Une étude", "la grammaire et la syntaxe {} des verbes du français parlé"),
)


@pytest.fixture(scope="module")
def answer(laboratory: Laboratory) -> Answer:
    return laboratory.analyse("themes")


def found_of(answer: Answer) -> Themes:
    assert isinstance(answer.result, Themes)
    return answer.result


def made(number: int, language: str, title: str, abstract: str) -> Digest:
    return msgspec.structs.replace(
        _EMPTY, ord=number, ark=f"ark:/1/{number}", language=language, title=title,
        abstract=abstract, year=2000 + number % 5,
    )  # fmt: skip


def written(each: int, subjects: Sequence[tuple[str, str, str]] = _SUBJECTS) -> list[Digest]:
    """Return so many documents of each subject, one subject after the other."""
    return [
        made(at * each + one, language, title, text.format("abcdefghij"[one % 10] * 4))
        for at, (language, title, text) in enumerate(subjects)
        for one in range(each)
    ]


def analysed(laboratory: Laboratory, digests: Sequence[Digest], count: int = 0) -> Found:
    corpus = Corpus(laboratory.archived, digests, Asker(OPERATOR))
    return load_analysis("themes").analyse(corpus, {"count": count, "documents": 5})


def test_every_document_is_in_one_theme_or_counted(answer: Answer) -> None:
    found = found_of(answer)
    arks = [ark for one in found.themes for ark in one.arks]
    assert len(arks) == len(set(arks)) == answer.coverage.used
    without = sum(count for _, count in answer.coverage.without)
    assert answer.coverage.used + without == answer.coverage.looked
    assert abs(sum(one.share for one in found.themes) - 1) < 0.01
    assert all(one.label and one.terms for one in found.themes)


def test_a_query_of_a_theme_finds_its_documents(laboratory: Laboratory, answer: Answer) -> None:
    table = next(one for one in answer.tables if one.name == "themes")
    at = [column.name for column in table.columns].index("query")
    for row in table.rows:
        assert row[at]
        assert len(laboratory.job("profile", str(row[at])).plan.ords) == row[2]


def test_two_runs_give_the_same_bytes(laboratory: Laboratory, answer: Answer) -> None:
    again = laboratory.analyse("themes")
    for form in forms_of(answer):
        if form != "parquet":
            assert write(again, form) == write(answer, form)


def test_subjects_are_told_apart_and_no_theme_is_a_language(laboratory: Laboratory) -> None:
    each = 25
    found = analysed(laboratory, written(each), 4)
    assert isinstance(found.result, Themes)
    assert found.result.languages == (("eng", 2), ("fre", 2))
    for theme in found.result.themes:
        numbers = {int(ark.rpartition("/")[2]) // each for ark in theme.arks}
        assert len(numbers) == 1, theme.label
    names = " ".join(one.label for one in found.result.themes).casefold()
    for word in ("reef", "theorem", "vigne"):
        assert word in names


def test_a_language_with_few_documents_is_counted_apart(laboratory: Laboratory) -> None:
    digests = [*written(25, _SUBJECTS[:2]), *written(3, _SUBJECTS[2:3])]
    digests = [msgspec.structs.replace(one, ark=f"ark:/1/x{at}") for at, one in enumerate(digests)]
    found = analysed(laboratory, digests)
    assert dict(found.without) == {"few-of-language": 3}
    assert found.used == 50


@pytest.mark.parametrize("count", [1, 2, 7, LEAST_DOCUMENTS - 1])
def test_few_documents_are_one_theme_and_it_is_said(laboratory: Laboratory, count: int) -> None:
    found = analysed(laboratory, written(5)[:count])
    assert isinstance(found.result, Themes)
    assert found.result.few
    assert [one.documents for one in found.result.themes] == [count]
    assert found.result.themes[0].label
    assert all("nan" not in picture.svg.lower() for picture in found.pictures)


def test_documents_without_a_word_are_counted(laboratory: Laboratory) -> None:
    digests = [*written(10)[:25], made(99, "eng", "", ""), made(98, "eng", "2 + 2 = 4", "")]
    found = analysed(laboratory, digests)
    assert ("no-words", 2) in found.without
    nothing = analysed(laboratory, digests[-2:])
    assert nothing.used == 0
    assert isinstance(nothing.result, Themes)
    assert nothing.result.themes == ()


def test_the_same_words_in_all_documents_make_one_theme(laboratory: Laboratory) -> None:
    same = [made(at, "eng", "Coral reefs", "coral reefs") for at in range(60)]
    found = analysed(laboratory, same)
    assert found.used == 60


def test_the_abstract_tells_the_language_of_the_words(laboratory: Laboratory) -> None:
    """A record says French, for the text; its abstract is in English."""
    digests = [
        made(at, "fre", "The growth of the reef", "it is the fish that was in the ocean and of the")
        for at in range(30)
    ]
    digests += [made(100 + at, "fre", "La vigne", "la taille de la vigne") for at in range(30)]
    digests.append(made(200, "eng", "On the vine", "it is of the vine"))
    found = analysed(laboratory, digests)
    assert isinstance(found.result, Themes)
    assert {language for language, _ in found.result.languages} == {"eng", "fre"}


def test_terms_of_the_text_count(laboratory: Laboratory) -> None:
    term = TermCount("quantum dot", "quantum dot", 5, 1.0, 1.0)
    digests = [msgspec.structs.replace(one, terms=(term,)) for one in written(5)[:5]]
    found = analysed(laboratory, digests)
    assert isinstance(found.result, Themes)
    assert "quantum dot" in found.result.themes[0].terms


def test_the_map_has_a_dot_for_each_document_and_discs_are_apart(answer: Answer) -> None:
    svg = next(one.svg for one in answer.pictures if one.name == "map")
    circles = re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)"([^>]*)>', svg)
    discs = [tuple(map(float, one[:3])) for one in circles if "fill-opacity" in one[3]]
    assert len(discs) == len(found_of(answer).themes)
    assert len(circles) == answer.coverage.used + len(discs)
    for at, (x, y, r) in enumerate(discs):
        for a, b, s in discs[:at]:
            assert ((x - a) ** 2 + (y - b) ** 2) ** 0.5 >= r + s - 0.5
    assert "style=" not in svg


def test_the_rule_of_how_many_themes() -> None:
    assert [themes_for(n) for n in (20, 100, 1_000, 10_000)] == [2, 5, 16, MOST_THEMES]


def test_shares_of_a_year_are_of_that_year(answer: Answer) -> None:
    table = next(one for one in answer.tables if one.name == "theme_years")
    years = {row[0] for row in table.rows}
    for year in years:
        assert abs(sum(float(row[3] or 0) for row in table.rows if row[0] == year) - 1) < 0.01
