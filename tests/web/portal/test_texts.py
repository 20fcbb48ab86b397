"""What the portal says: both languages whole, one and more said rightly."""

from __future__ import annotations

import re

import pytest

from fonds.web.portal.texts import Language, texts
from tests.conftest import ROOT

PORTAL = ROOT / "src/fonds/web/portal"
_VALUE = re.compile(r"{\w+}")


@pytest.mark.parametrize(
    ("language", "count", "said"),
    [
        ("fr", "0", "0 document"),
        ("fr", "1", "1 document"),
        ("fr", "2", "2 documents"),
        ("en", "0", "0 documents"),
        ("en", "1", "1 document"),
        ("en", "1,204", "1,204 documents"),
    ],
)
def test_one_and_more(language: Language, count: str, said: str) -> None:
    assert texts(language)("holds", count=count) == said


def test_a_program_of_the_page_gets_the_form_for_more() -> None:
    assert texts("fr")("results", count="{count}") == "{count} résultats"


def test_both_languages_are_complete() -> None:
    """Each text stands once, in both languages, with the same values, and what is used is there."""
    rows = [line.split("\t") for line in (PORTAL / "texts.tsv").read_text().splitlines()[1:]]
    for key, *said in rows:
        asked = [[sorted(_VALUE.findall(form)) for form in text.split("¦")] for text in said]
        assert asked[0][-1] == asked[1][-1], key
        assert all(set(form) <= set(forms[-1]) for forms in asked for form in forms), key
        assert all(text.strip() for text in said)
    keys = [row[0] for row in rows]
    assert len(keys) == len(set(keys))
    used = "".join(path.read_text() for path in (PORTAL / "templates").glob("*.html"))
    for key in re.findall(r'(?<!\w)t\("([\w.]+)"[,)]', used):
        assert key in keys


def test_codes_of_analyses_have_names() -> None:
    """Tables and pictures show what a value is called, escaped; what has no name stays."""
    french = texts("fr")
    assert french.in_table("languages", "eng") == "anglais"
    assert french.in_table("genres", "research-article") == "article de recherche"
    assert french.in_table("genres", "of-its-own") == "of-its-own"
    assert french.in_table("hosts", "eng") == "eng"
    assert french.in_table("languages", 3) == 3
    drawn = "<title>eng: 4</title><text>eng</text><text>4</text><text>x-y</text>"
    said = "<title>anglais: 4</title><text>anglais</text><text>4</text><text>x-y</text>"
    assert french.named("languages", drawn) == said
    assert french.named("hosts", drawn) == drawn
    assert (french.decimal(-0.0), french.decimal(-0.5)) == ("0", "-0,5")
