"""An address of the corpus page is read leniently and says what it leaves out."""

from __future__ import annotations

import shlex
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from fonds.corpora.selection import read_selection
from fonds.web.portal.corpus.formats import Choice, extract_of
from fonds.web.portal.corpus.lines import file_lines, table_lines
from fonds.web.portal.corpus.order import Order, read_order


def read(text: str) -> Order:
    """Read an address."""
    return read_order(QueryParams(text))


def test_an_address_says_the_order_again() -> None:
    """What is written is read to the same, and what is the default is not written."""
    text = "q=plants&f=corpusName:mdpi&take=random&size=30&seed=7&file=fulltext/pdf&archive=tar"
    order = read(text)
    again = read(urlsplit(order.address()).query)
    assert (again, again.address()) == (order, order.address())
    assert order.parameters("plants") == {
        "q": "plants", "size": "30", "rankBy": "random", "randomSeed": "7",
    }  # fmt: skip
    assert dict(parse_qsl(urlsplit(read("q=a&take=all&size=9&use=own").address()).query)) == {
        "q": "a"
    }
    sorted_ = read("q=a&sort=newest&take=first&size=3")
    assert sorted_.parameters("a")["sortBy"] == "publicationDate[desc]"


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("take=random&size=many", "bad_size", "many"),
        ("take=first&size=0", "bad_size", "0"),
        ("take=first&size=-3", "bad_size", "-3"),
        ("seed=1e9", "bad_seed", "1e9"),
        ("use=excel", "bad_use", "excel"),
        ("file=fulltext/<script>", "bad_format", "fulltext/<script>"),
        ("file=nothing", "bad_format", "nothing"),
        ("column=title%27", "bad_column", "title'"),
    ],
)
def test_what_cannot_be_used_is_named(text: str, key: str, value: str) -> None:
    """A note per thing that is wrong; the order stands without it."""
    order = read(f"q=a&{text}")
    assert [(note.key, note.value) for note in order.notes] == [(key, value)]
    assert order.size == 100
    assert order.choice.use == "own"


NAMES = ("q", "f", "x", "take", "size", "seed", "use", "file", "archive", "table", "column",
         "sort", "way", "list")  # fmt: skip
PAIRS = st.lists(st.tuples(st.sampled_from(NAMES), st.text(max_size=20)), max_size=8)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(PAIRS)
def test_any_address_is_an_order(pairs: list[tuple[str, str]]) -> None:
    """Nothing in an address fails; its files can always be extracted."""
    order = read_order(QueryParams(pairs))
    read_selection(order.choice.extract)
    assert read_order(QueryParams(list(order.pairs()))).address() == order.address()


def test_files_become_an_extract() -> None:
    """The JSON of a document is always there; types come in the contract's order."""
    files = ("covers", "fulltext/tei", "fulltext/pdf", "enrichments/teeft", "metadata/bibtex")
    assert extract_of(files) == (
        "metadata[json,bibtex];fulltext[tei,pdf];enrichments[teeft];covers"
    )
    assert Choice().extract == "metadata[json]"
    assert Choice("nooj", (), "tar").archive_type == "zip"  # NooJ reads nothing else
    assert Choice("lodex", (), "tar").archive_type == "tar"


def test_lines_survive_a_shell() -> None:
    """Quotes and blanks of a query reach the command as they are."""
    query = """title:"it's; rm -rf $HOME" `x`"""
    given = {"q": query, "size": "5", "rankBy": "random", "randomSeed": "3",
             "extract": "metadata[json]", "archiveType": "tar"}  # fmt: skip
    lines = {one.key: one.text for one in file_lines("http://a", query, given, needs_token=True)}
    curl = shlex.split(lines["curl"])
    assert curl[-1] == lines["api"]
    assert curl[curl.index("-o") + 1] == "corpus.tar.gz"
    assert shlex.split(lines["cli"])[2:9] == [
        query,
        "--size",
        "5",
        "--rank",
        "random",
        "--seed",
        "3",
    ]
    assert repr(query) in lines["python"]
    table = {**given, "fields": "title", "format": "csv"}
    assert shlex.split(list(table_lines("http://a", query, table))[-1].text)[-1] == "title"
