"""Formulas in titles and abstracts are read as their signs, where they have any."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from fonds.sources.markup import tex
from tests.sources.formats.reading import read


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        (r"$${B}_{s}^{0}\to {D}_{s}^{\pm }X$$", "B_s^0→D_s^±X"),
        (r"B\to K\pi", "B→Kπ"),
        (r"\mathcal{B}\left(D\right)=12.6\%", "B(D)=12.6%"),
        (r"{\overline{D} }^0", "D\u0304^0"),
        (r"10^{-3}\,\mathrm{GeV}", "10^{-3} GeV"),
        (r"\frac{1}{2}\sqrt{x}", r"\frac{1}{2}\sqrt{x}"),
        (r"\begin{document}$$\beta$$\end{document}", "β"),
    ],
)
def test_signs(written: str, wanted: str) -> None:
    """Greek letters, arrows and relations are signs; what has none stays TeX."""
    element = etree.Element("tex-math")
    element.text = written
    assert tex(element) == wanted


def test_real_abstract(shared: Path) -> None:
    """An abstract of which only TeX was delivered can be read (A++)."""
    path = shared / "corpora/springer-aplusplus/country_issue.xml"
    record = read(path.read_bytes())[0].record
    assert "B(B_s^0→D_s^±X)=(68.6±7.2±4.0)%" in record.abstract
