"""The parser reads every query as real Lucene does, and points at what it cannot read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.errors import QueryInvalid
from fonds.search.query.lucene import read_query
from fonds.search.query.parser import Operator, parse
from fonds.search.query.tree import (
    Boolean,
    Boost,
    Exists,
    Fielded,
    Fuzzy,
    Group,
    MatchAll,
    Node,
    Phrase,
    Range,
    Regex,
    Term,
    Wildcard,
)

GOLD = Path(__file__).parents[2] / "data" / "lucene-query-gold.tsv"
SIGNS = {"must": "+", "should": "", "must_not": "-"}


def read(text: str, operator: Operator = "OR") -> Node:
    """Parse without the checks of fields."""
    return parse(text, operator, depth=64, clauses=10_000)


def gold() -> list[tuple[Operator, str, str]]:
    """Read the table of Lucene's own readings."""
    rows = [line.split("\t") for line in GOLD.read_text("utf-8").splitlines()[1:]]
    return [("AND" if operator == "AND" else "OR", query, want) for operator, query, want in rows]


def as_lucene(node: Node, operator: Operator, *, top: bool = False) -> str:
    """Write a tree as Lucene's Query.toString does, words cut at blanks as its analyser did."""
    match node:
        case MatchAll():
            return "*:*"
        case Boost(child=child, factor=factor):
            inner = as_lucene(child, operator)
            return f"{inner if isinstance(child, Group) else f'({inner})'}^{factor:.1f}"
        case Group(child=child):
            inner = as_lucene(child, operator)
            return f"({inner})" if isinstance(child, Boolean) and not top else inner
        case Boolean(clauses=clauses):
            return " ".join(SIGNS[c.occur] + as_lucene(c.node, operator) for c in clauses)
        case Exists(field=name):
            return f"_exists_:{name}"
        case Term(field=field, text=text) if " " in text:
            sign = "+" if operator == "AND" else ""
            return " ".join(f"{sign}{field}:{word}" for word in text.split())
    assert isinstance(node, Fielded)
    return (f"{node.field}:" if node.field else "") + leaf(node)


def leaf(node: Fielded) -> str:
    """Write a leaf without its field."""
    match node:
        case Term(text=text):
            return text
        case Phrase(text=text, slop=slop):
            quoted = f'"{text}"' if " " in text else text
            return quoted + (f"~{slop}" if slop and " " in text else "")
        case Wildcard(pattern=pattern):
            return pattern
        case Regex(pattern=pattern):
            return f"/{pattern}/"
        case Fuzzy(text=text, distance=distance):
            return f"{text}~{distance}"
        case Range(low=low, high=high):
            opening, closing = "[" if node.include_low else "{", "]" if node.include_high else "}"
            return f"{opening}{low or '*'} TO {high or '*'}{closing}"
    raise AssertionError(node)


@pytest.mark.parametrize(("operator", "query", "want"), gold())
def test_reads_as_lucene(operator: Operator, query: str, want: str) -> None:
    """Every query of the table is read, or refused, as Lucene does."""
    if want.startswith("!ERR"):
        with pytest.raises(QueryInvalid):
            read(query, operator)
        return
    tree = read(query, operator)
    written = as_lucene(tree, operator, top=True)
    if want in ("*", "title:*"):  # Lucene prints the star; the tree says what it means
        want = "*:*" if want == "*" else "_exists_:title"
    assert written == want


@pytest.mark.parametrize(
    ("query", "position"),
    [
        ('a "b', 3),
        ("(a b", 1),
        ("a b)", 4),
        ("title:", 7),
        ("AND a", 1),
        ("a ^b", 3),
        ("a /b", 3),
        ("title:[1 2 3 4]", 7),
        ("a ()", 4),
        ("author*:b", 1),
        ("a\\", 2),
        ("]", 1),
        ("  ", 3),
        ('language:ger AND publicationDate:[1301 TO 1400]")', 48),
    ],
)
def test_points_at_the_character(query: str, position: int) -> None:
    """An error names the character, counted from 1, that cannot be read."""
    with pytest.raises(QueryInvalid) as caught:
        read(query)
    assert caught.value.data["position"] == position


def test_nodes_know_their_place() -> None:
    """A node's place is the piece of the query it was read from."""
    query = 'a AND title:("b c"~2 OR d^3)'
    tree = read(query)
    assert isinstance(tree, Boolean)
    pieces = [query[clause.node.start : clause.node.end] for clause in tree.clauses]
    assert pieces == ["a", 'title:("b c"~2 OR d^3)']


def test_addresses_are_one_term() -> None:
    """A web address or an ARK needs no escapes where Lucene has no sensible reading."""
    tree = read("namedEntities.unitex.ref_url:http://www.itcproject.org")
    assert isinstance(tree, Term)
    assert tree.text == "http://www.itcproject.org"
    ark = read("(ark:/67375/QHD-T00H6VNF-0)")
    assert isinstance(ark, Group)
    assert isinstance(ark.child, Term)
    assert ark.child.text == "ark:/67375/QHD-T00H6VNF-0"


@pytest.mark.parametrize("query", ["(" * 100_000, "(a " * 5_000 + ")" * 5_000, "-" * 50_000])
def test_depth_is_bounded(query: str) -> None:
    """Parentheses without end are refused, not followed."""
    with pytest.raises(QueryInvalid):
        read_query(query)


def test_length_is_bounded() -> None:
    """A query beyond the limit is refused at once; a long one below it is read."""
    with pytest.raises(QueryInvalid):
        read_query("a " * 600_000)
    tree = read_query(" ".join(f"word{n}" for n in range(15_000)))
    assert isinstance(tree, Boolean)
    assert len(tree.clauses) == 15_000


@given(st.text(alphabet='ab "()[]{}~^*?\\/:+-!&|<>=.,TOANDR1é’\u00a0', max_size=40))
def test_never_fails_otherwise(text: str) -> None:
    """Whatever is typed is read or refused with a place inside it."""
    try:
        tree = read(text)
    except QueryInvalid as error:
        position = error.data["position"]
        assert isinstance(position, int)
        assert 1 <= position <= len(text) + 1
    else:
        assert 0 <= tree.start <= tree.end <= len(text)


@pytest.mark.parametrize(
    ("query", "doi"),
    [
        ("10.1371/journal.pone.0008519", "10.1371/journal.pone.0008519"),
        ("doi:10.1016/s0305-750x(02)00072-4 brain", "10.1016/s0305-750x(02)00072-4"),
        ("(10.1000/x-1:2;3)", "10.1000/x-1:2;3"),
    ],
)
def test_pasted_dois(query: str, doi: str) -> None:
    """A DOI needs no quotes; its slash and parentheses are its own."""
    assert doi in [node.text for node in leaves(read_query(query)) if isinstance(node, Term)]


def leaves(node: Node) -> list[Node]:
    """Return the leaves of a tree."""
    match node:
        case Group(child=child):
            return leaves(child)
        case Boolean(clauses=clauses):
            return [leaf for clause in clauses for leaf in leaves(clause.node)]
    return [node]
