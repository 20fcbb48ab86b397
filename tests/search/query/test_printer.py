"""A printed tree is read as the same tree."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fonds.errors import QueryInvalid
from fonds.search.query.parser import parse
from fonds.search.query.printer import escape, quote, source, to_lucene
from fonds.search.query.tree import Group, Node, Phrase, Term
from tests.search.query.test_parser import as_lucene, gold


def read(text: str) -> Node:
    """Parse without checks, with OR between words."""
    return parse(text, "OR", depth=64, clauses=10_000)


def bare(node: Node) -> str:
    """Write what a tree says without its places."""
    return as_lucene(node, "OR")


@pytest.mark.parametrize("query", [q for _, q, want in gold() if not want.startswith("!ERR")])
def test_gold_goes_round(query: str) -> None:
    """Printing and reading again gives the same reading."""
    tree = read(query)
    assert bare(read(to_lucene(tree))) == bare(tree)


@given(st.text(alphabet='ab "()[]{}~^*?\\/:+-!&|<>=.,TOANDR1é’', min_size=1, max_size=30))
def test_anything_goes_round(text: str) -> None:
    """What can be read can be printed and read as the same."""
    try:
        tree = read(text)
    except QueryInvalid:
        assume(False)
        return
    printed = to_lucene(tree)
    assert to_lucene(read(printed)) == printed


@given(st.text(min_size=1, max_size=20))
def test_quotes_and_escapes(text: str) -> None:
    """A quoted text is one phrase of that text; an escaped word is one term."""
    phrase = read(quote(text))
    assert isinstance(phrase, Phrase)
    assert phrase.text == text
    assume(text.strip() and not any(char.isspace() for char in text) and text not in "<>")
    term = read(escape(text))
    assert isinstance(term, Term)
    assert term.text == text


def test_source_is_the_piece_read() -> None:
    """A node's source is what was typed for it."""
    query = " title:(a  OR b) "
    tree = read(query)
    assert isinstance(tree, Group)
    assert source(tree, query) == "title:(a  OR b)"
    assert source(tree.child, query) == "a  OR b"


@pytest.mark.parametrize("query", ["\\ark:/67375/6H6-N49F7FRR-Q", "ark:(/a.*/ b)"])
def test_an_expression_on_the_field_of_arks_is_no_ark(query: str) -> None:
    """A field that was escaped to be one stays one."""
    written = to_lucene(read(query))
    assert to_lucene(read(written)) == written


@pytest.mark.parametrize("query", ["a^0", "title:a~1^0 b", "{a TO b]^0", "a~^0", "a^2~1"])
def test_a_boost_is_written_as_it_was_read(query: str) -> None:
    """Also nought, and on either side of a ~."""
    written = to_lucene(read(query))
    assert "^" in written
    assert to_lucene(read(written)) == written
