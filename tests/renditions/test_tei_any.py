"""Whatever order a publisher's blocks stand in, the TEI is valid and no word is lost."""

from __future__ import annotations

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from fonds.record import Record, Reference
from fonds.renditions.model import Material
from fonds.renditions.tei import Tei

TEI = "http://www.tei-c.org/ns/1.0"
WORDS = st.sampled_from(["a", "b ", " c", "d e", "&amp;", ""])
IDS = st.sampled_from(["", ' xml:id="a"', ' xml:id="b"', ' xml:id="1 x"', ' xml:id="r1"'])
TARGETS = st.sampled_from(["#a", "#b", "#r1", "#1 x", "#gone #a", "http://x.org/[1]", "x y"])


def wrapped(name: str, inside: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return an element with an id or none."""
    return st.builds(lambda i, s: f"<{name}{i}>{s}</{name}>", IDS, inside)


def several(what: st.SearchStrategy[str], most: int = 4) -> st.SearchStrategy[str]:
    """Return some of these, one after another."""
    return st.lists(what, max_size=most).map("".join)


INLINE = st.one_of(
    WORDS,
    wrapped("hi", WORDS),
    st.builds(lambda t, s: f'<ref type="bibr" target="{t}">{s}</ref>', TARGETS, WORDS),
    wrapped("formula", WORDS),
)
PARAGRAPH = wrapped("p", several(INLINE))
NOTE = wrapped("note", several(st.one_of(INLINE, PARAGRAPH)))
LIST = wrapped("list", several(wrapped("item", several(st.one_of(INLINE, PARAGRAPH)))))
TABLE = wrapped("table", several(wrapped("row", several(wrapped("cell", several(INLINE))))))
FIGURE = wrapped("figure", several(st.one_of(wrapped("head", INLINE), PARAGRAPH, TABLE, INLINE)))
BLOCK = st.one_of(
    PARAGRAPH, LIST, FIGURE, INLINE, wrapped("head", several(INLINE)),
    wrapped("p", several(FIGURE)), wrapped("p", several(st.one_of(INLINE, NOTE))),
    wrapped("quote", several(PARAGRAPH)),
)  # fmt: skip
BODY = st.recursive(several(BLOCK), lambda inner: several(st.one_of(BLOCK, wrapped("div", inner))))


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(BODY, st.lists(st.sampled_from(["r1", "a", "", "1 x"]), max_size=3))
def test_any_order(tei_schema: etree.RelaxNG, body: str, keys: list[str]) -> None:
    """Headings, words, figures and sections in any order; ids and targets of any kind."""
    text = etree.fromstring(
        f'<text xmlns="{TEI}"><body>{body}</body></text>', etree.XMLParser(recover=True)
    )
    said = re.sub(r"\s", "", "".join(map(str, text.itertext())))
    record = Record(title="T", ref_bibs=tuple(Reference(title="R", key=key) for key in keys))
    made = Tei().make(Material(record, text))
    assert made is not None
    tree = etree.fromstring(made)
    tei_schema.assertValid(tree)
    found = tree.find("{*}text/{*}body")
    assert found is not None
    assert re.sub(r"\s", "", "".join(map(str, found.itertext()))) == said
