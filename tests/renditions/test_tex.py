"""Formulas given as TeX alone are typeset for reading; what is not understood stays as written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree, html

from fonds.record import Record
from fonds.renditions.html import Html
from fonds.renditions.model import Material
from fonds.renditions.tex import mathml, with_mathml
from fonds.sources.stylesheet import TEI
from fonds.sources.xml import Element
from tests.sources.formats.reading import read

MATHML = "{http://www.w3.org/1998/Math/MathML}"


def paragraph(tex: str) -> Element:
    """Return a text of one paragraph with one formula."""
    text = etree.fromstring(f'<text xmlns="{TEI[1:-1]}"><body><p>So <formula/>.</p></body></text>')
    formula = next(text.iter(f"{TEI}formula"))
    formula.set("notation", "tex")
    formula.text = tex
    return text


def shown(tex: str) -> Element:
    """Return the reading page's HTML of a formula."""
    found = Html().reading(Material(Record(), paragraph(tex)))
    assert found is not None
    tree = html.fromstring(found.text)
    assert isinstance(tree, etree._Element)
    return tree


@pytest.mark.parametrize(
    ("tex", "wanted"),
    [
        (r"\overline D(r_k\leftarrow r_h)", "D―(rk←rh)"),  # IOP
        (r"$$\begin{eqnarray*} [K,B]=0,\qquad B^2&=&0, \end{eqnarray*} $$", "[K,B]=0,B2=0,"),  # OUP
        (r"\bigl \langle (2,1)\bigr \rangle", "⟨(2,1)⟩"),
        (r"\fl\case{1}{2}\rmd x \label{half}", "12dx"),
        (r"\documentclass{minimal}\begin{document}$$\beta$$\end{document}", "β"),
    ],
)
def test_typeset(tex: str, wanted: str) -> None:
    """A formula becomes MathML; what speaks to the typesetter alone is left out."""
    made = mathml(tex)
    assert made is not None
    assert made.tag == f"{MATHML}math"
    assert "".join("".join(map(str, made.itertext())).split()) == wanted


@pytest.mark.parametrize(
    "tex",
    [
        r"\nsim {\vsim_{\,r}}",  # the author's own macros
        r"\left( x",
        r"\def\a{\a\a}\a",
        r"\newcommand{\x}{x}\x",
        "x" * 5_000,
        "{" * 3_000,
        "",
        "\x00",
    ],
)
def test_kept_as_written(tex: str) -> None:
    """What cannot be shown whole is none."""
    assert mathml(tex) is None


def test_source_is_kept() -> None:
    """The page shows the source of what it cannot typeset; the text itself never changes."""
    text = paragraph(r"\vsim_r")
    before = etree.tostring(text)
    assert with_mathml(text) is not text
    assert etree.tostring(text) == before
    assert shown(r"\vsim_r").findtext(".//code[@class='tex']") == r"\vsim_r"
    assert shown("x^2").find(".//math//msup") is not None


def test_nothing_else_gets_in() -> None:
    """Links, styles and scripts that TeX can ask for do not reach the page."""
    wanted = r"\href{javascript:alert(1)}{x}\style{position:fixed}{y}\color{red}{z}"
    tree = shown(wanted)
    math = tree.find(".//math")
    assert math is not None
    assert not {a for e in math.iter() for a in e.attrib} & {
        "href",
        "style",
        "mathcolor",
        "onclick",
    }
    assert shown(r"\text{<b>}").find(".//b") is None


@given(st.text(alphabet="\\{}[]^_&$ abx12<>\n" + "langlefrcsqtm", max_size=60))
def test_any_tex(tex: str) -> None:
    """Whatever stands in a formula, there is MathML or nothing."""
    made = mathml(tex)
    assert made is None or made.tag == f"{MATHML}math"


def test_real_articles(shared: Path) -> None:
    """Nine of ten formulas of real articles are typeset."""
    formulas = [
        "".join(map(str, formula.itertext()))
        for path in ("pub2tei-dummy/IOP/iop_5.xml", "oup-scjats/ptac120.xml")
        for reading in read((shared / "corpora" / path).read_bytes())
        if reading.text is not None
        for formula in reading.text.iter(f"{TEI}formula")
        if formula.get("notation") == "tex"
    ]
    typeset = sum(mathml(tex) is not None for tex in formulas)
    assert len(formulas) > 250
    assert typeset / len(formulas) > 0.9
