"""Formulas that a publisher gives as TeX alone, as MathML to look at.

The TEI keeps the TeX; this is for reading. What latex2mathml does not know is left as it is
written: half a formula is worse than its source.
"""

from __future__ import annotations

import re
from copy import deepcopy

from latex2mathml.converter import convert
from lxml import etree

from fonds.sources.stylesheet import TEI
from fonds.sources.xml import Element

_FORMULAS = f".//{TEI}formula[@notation='tex']"
_MOST_TEX = 4_000  # characters; longer ones are listings, not formulas
_DOLLARS = re.compile(r"^\s*(?:\$+|\\\[)|(?:\$+|\\\])\s*$")
_PREAMBLE = re.compile(r"\\begin\s*\{document\}(.*?)(?:\\end\s*\{document\}|$)", re.DOTALL)
# definitions can grow without end; TeX's own programming says nothing to a reader
_PROGRAM = re.compile(r"\\(?:[gex]?def|let|(?:re)?new|provide|require|csname|expandafter)")
_ROWS = re.compile(r"\\(begin|end)\s*\{(?:eqnarray|gather|multline|displaymath|equation)\*?\}")
# said to the typesetter alone: places of breaks, numbers and names of equations
_LAYOUT = re.compile(
    r"@\{[^{}]*\}|\\(?:label|tag\*?|vspace|hspace\*?)\s*\{[^{}]*\}"
    r"|\\(?:nonumber|notag|ms|bs|hfill|fl|allowbreak|noindent|nobreak|protect)(?![A-Za-z])"
)
# sizes of brackets, which the library takes for signs alone
_SIZES = re.compile(r"\\[Bb]igg?[lrm]?\s*(?=\\[A-Za-z])")
_SHORT = {  # of IOP's guidelines for authors (iopart.cls)
    "rmd": r"\mathrm{d}",
    "rme": r"\mathrm{e}",
    "rmi": r"\mathrm{i}",
    "case": r"\tfrac",
    "tqs": r"\quad ",
    "bnabla": r"\boldsymbol{\nabla}",
}
_SHORTS = re.compile(rf"\\({'|'.join(_SHORT)})(?![A-Za-z])")
_UNKNOWN = re.compile(r"\\[A-Za-z]")
_NOT_BREAKING = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def with_mathml(text: Element) -> Element:
    """Return the text with MathML in place of the TeX that can be made of it; a copy, if any."""
    if text.find(_FORMULAS) is None:
        return text
    copied = deepcopy(text)
    known: dict[str, Element | None] = {}  # an article says the same letters again and again
    for formula in copied.iterfind(_FORMULAS):
        tex = "".join(map(str, formula.itertext()))
        if tex not in known:
            known[tex] = mathml(tex)
        made = deepcopy(known[tex])
        if made is not None:
            for child in list(formula):
                formula.remove(child)
            formula.text = None
            formula.append(made)
    return copied


def mathml(tex: str) -> Element | None:
    """Return the `math` of a TeX formula; None for one that cannot be shown whole."""
    framed = _PREAMBLE.search(tex)
    plain = _DOLLARS.sub("", (framed[1] if framed else tex).strip()).strip()
    if not plain or len(plain) > _MOST_TEX or _PROGRAM.search(plain):
        return None
    plain = _SIZES.sub("", _LAYOUT.sub(" ", plain))
    plain = _SHORTS.sub(lambda match: _SHORT[match[1]], plain)
    plain = _ROWS.sub(r"\\\1{align*}", plain).replace(r"\begin{align*}", r"\begin{align*}{}")
    try:
        made = etree.fromstring(convert(plain).encode(), _NOT_BREAKING)
    except Exception:  # the library tells bad TeX in many ways
        return None
    said = "".join(map(str, made.itertext()))
    return None if _UNKNOWN.search(said) or not said.strip() else made
