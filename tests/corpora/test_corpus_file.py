"""The `.corpus` format: read, written, and the files of other programs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fonds.corpora.corpus_file import CorpusFile, french_date, read_corpus, write_corpus
from fonds.corpora.resolving import resolve
from fonds.errors import CorpusInvalid
from fonds.web.services import Services
from tests.corpora.conftest import export_of

HARVESTED = """#
# Fichier .corpus
#
title        : <à compléter>
author       :
publisher    : <à compléter>
query        : brain AND title:"moon # not"
               OR doi:"10.1/x#y" # the end
date         : Lundi 23 Novembre 2026 11:01:04
license      : CC-By ?
randomSeed   : 1791360826098
total        : 5 / 25 documents

[ISTEX]
ark ark:/67375/QHD-T00H6VNF-0                  # doc_01
ark ark:/67375/GT4-FJLCPBW9-Q
ark ark:/67375/GT4-FJLCPBW9-Q
"""


def test_a_file_as_the_harvester_writes_it() -> None:
    """Head, comments, a query on two lines, and each document once."""
    found = read_corpus(HARVESTED)
    assert found.query == 'brain AND title:"moon # not" OR doi:"10.1/x#y"'
    assert found.head["randomSeed"] == "1791360826098"
    assert found.by == "ark"
    assert found.values == ("ark:/67375/QHD-T00H6VNF-0", "ark:/67375/GT4-FJLCPBW9-Q")


def test_the_ini_form_and_other_identifiers() -> None:
    """`query = …` inside the section; ids and DOIs, byte order mark, Windows line ends."""
    ini = read_corpus("\ufeff[ISTEX]\r\nquery = language:fre\r\n")
    assert (ini.query, ini.values) == ("language:fre", ())
    assert read_corpus(f"[ISTEX]\nid  {'0a' * 20}\n").values == ("0a" * 20,)
    assert read_corpus("[ISTEX]\ndoi 10.1000/xyz(1).2#3\n").by == "doi"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "neither"),
        ("[ISTEX]\n", "neither"),
        ("<html>", "lines cannot be read: 1"),
        ("[ISTEX]\nark ark:/67375/QHD-T00H6VNF-1\n", "lines cannot be read: 2"),
        ("[ISTEX]\nid 12\nid 13\n", "lines cannot be read: 2, 3"),
        (f"[ISTEX]\nid {'0' * 40}\ndoi 10.1000/x\n", "mixes"),
        ("[ISTEX]\n" + "bad\n" * 30, "21 and 10 more"),
    ],
)
def test_what_is_no_corpus_is_said(text: str, reason: str) -> None:
    """The lines at fault, the first twenty of them."""
    with pytest.raises(CorpusInvalid, match=re.escape(reason)):
        read_corpus(text)


@settings(deadline=None)
@given(
    st.text(min_size=1, max_size=60),
    st.lists(st.from_regex(r"[0-9A-F]{40}", fullmatch=True), max_size=5, unique=True),
)
def test_what_is_written_is_read(title: str, ids: list[str]) -> None:
    """Whatever the title; the list comes back as it was."""
    corpus = CorpusFile({"title": title, "query": "a"}, "id", tuple(ids))
    assert read_corpus(write_corpus(corpus)).values == tuple(ids)


@given(st.text(alphabet=" \n\t#[]ISTEXarkdoiquery:=\"'10./x", max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    """There is no third way."""
    try:
        read_corpus(text)
    except CorpusInvalid:
        return


def test_the_list_of_an_export_names_its_documents(services: Services) -> None:
    """The `.corpus` in an export is read, and leads to the same documents in the same order."""
    export = export_of(services, query="title:brain")
    made = next(one for name, one in export.members() if name == ".corpus")
    text = b"".join(made.chunks()).decode()  # type: ignore[union-attr]
    assert len(text.encode()) == made.size
    found = resolve(services.archive, services.engine, services.search, read_corpus(text))
    assert found.ords.tolist() == export.plan.ords.tolist()
    assert found.missing == ()


def test_documents_that_are_not_here(services: Services) -> None:
    """DOIs in any case; what is missing is named."""
    corpus = CorpusFile({}, "doi", ("10.1000/XYZ.3", "10.1000/nowhere"))
    found = resolve(services.archive, services.engine, services.search, corpus)
    assert len(found.ords) == 1
    assert found.missing == ("10.1000/nowhere",)


def test_dates_are_written_in_french() -> None:
    """As in the files of the national service."""
    assert french_date(1_795_431_664) == "Lundi 23 Novembre 2026 11:01:04"
