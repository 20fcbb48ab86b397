"""CQL: what is read, what is refused, and that nothing at all breaks the reader."""

from __future__ import annotations

import shutil
import subprocess

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fonds.web.harvest.sru.cql import Clause, Joined, Modifier, SortSpec, parse
from fonds.web.harvest.sru.diagnostics import Diagnostic
from fonds.web.harvest.sru.translating import sort_keys, translate

GOOD = (
    "fish",
    '"fish frog"',
    "title = fish",
    'dc.title any "fish frog"',
    "title = fish and (creator = smith or date < 1990) not subject = eel",
    'title =/relevant/word "x"',
    '> dc = "info:srw/cql-context-set/1/dc-v1.1" dc.title = fish',
    "fish sortBy dc.date/sort.descending dc.title",
    'title == "say \\"no\\""',
    "a or b and c or d",
    "title prox/distance<=3/unit=word fish",
    "a prox/unit=sentence b",
    "any all adj",
)
BAD = (
    "dc.title = = x",
    "and",
    "a and",
    "(a",
    "a)",
    "title =",
    '"a',
    "a /",
    "a sortby",
    "a b c d",
    "> a =",
)
# what CQL 1.2 brought, which the other parser does not know, and a bare "and", which it takes
BEYOND = {"fish sortBy dc.date/sort.descending dc.title", 'title == "say \\"no\\""', "and"}


@pytest.mark.parametrize("query", GOOD)
def test_good_queries_are_read(query: str) -> None:
    """What the specification allows."""
    parse(query)


@pytest.mark.parametrize("query", BAD)
def test_bad_queries_are_refused(query: str) -> None:
    """A syntax error has the number 10."""
    with pytest.raises(Diagnostic) as refused:
        parse(query)
    assert refused.value.number == 10


def ran(*command: str) -> int:
    """Run a command and return how it ended."""
    return subprocess.run(command, capture_output=True, timeout=20, check=False).returncode


@pytest.mark.parametrize("query", sorted({*GOOD, *BAD} - BEYOND))
def test_another_parser_agrees(query: str) -> None:
    """Perl's CQL::Parser accepts and refuses the same."""
    script = "use CQL::Parser; eval { CQL::Parser->new()->parse($ARGV[0]) }; exit($@ ? 3 : 0)"
    perl = shutil.which("perl")
    if perl is None or ran(perl, "-MCQL::Parser", "-e1") != 0:
        pytest.skip("Perl's CQL::Parser is not installed: no other parser is asked")
    other = ran(perl, "-e", script, query)
    try:
        parse(query)
        ours = 0
    except Diagnostic:
        ours = 3
    assert ours == other


def test_the_tree_leans_to_the_left() -> None:
    """Booleans have one precedence."""
    read = parse('a OR b and x.y all/relevant/q=1 "c d" sortby t/sort.ascending')
    assert read.query == Joined(
        Joined(Clause("a"), "or", Clause("b")),
        "and",
        Clause("c d", "x.y", "all", (Modifier("relevant"), Modifier("q", "=", "1"))),
    )
    assert read.sort == (SortSpec("t", (Modifier("sort.ascending"),)),)


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("nonsense.title = x", 15),
        ("dc.nonsense = x", 16),
        ("fonds.nonsense = x", 16),
        ("dc.title encloses x", 19),
        ("dc.title < x", 19),
        ("dc.title =/stem x", 20),
        ('dc.title = ""', 27),
        ("dc.title = ^x", 31),
        ("dc.date = abc", 36),
        ("dc.date within 1990", 36),
        ("a prox b", 39),
        ("a and/rel.algorithm=cori b", 46),
        ("a " + "and b or c " * 200, 38),
        ("(" * 100 + "a" + ")" * 100, 38),
    ],
)
def test_what_cannot_be_asked_has_its_number(query: str, number: int) -> None:
    """Each reason has the protocol's number."""
    with pytest.raises(Diagnostic) as refused:
        translate(parse(query))
    assert refused.value.number == number


def test_what_cannot_be_sorted_by_is_refused() -> None:
    """Sorting needs one value per record."""
    with pytest.raises(Diagnostic, match="80"):
        sort_keys(parse("a sortby cql.anywhere"))


@settings(deadline=None)
@given(st.text(st.sampled_from('ab.=<>"()/ \\*?^ andorsortby'), max_size=60))
@example("a" + " and a" * 450)
def test_nothing_breaks_the_reader(query: str) -> None:
    """A query is read and asked, or refused with a number."""
    try:
        read = parse(query)
        translate(read)
        sort_keys(read)
    except Diagnostic as refused:
        assert refused.message
