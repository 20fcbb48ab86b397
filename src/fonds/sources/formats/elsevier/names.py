"""The vocabularies of Elsevier's files, brought to one.

The DTDs (`.../dtd`), the later schemas (`.../schema`), files whose prefixes only the DTD declares,
and files that put text elements in the article's own namespace say the same things under different
names. After `normalise` they all have the names of the DTDs.
"""

from __future__ import annotations

from lxml import etree

from fonds.sources.xml import Element, local

_BASE = "http://www.elsevier.com/xml/"
CE = "{http://www.elsevier.com/xml/common/dtd}"
JA = "{http://www.elsevier.com/xml/ja/dtd}"
SB = "{http://www.elsevier.com/xml/common/struct-bib/dtd}"
SA = "{http://www.elsevier.com/xml/common/struct-aff/dtd}"
XOCS = "{http://www.elsevier.com/xml/xocs/dtd}"
HREF = "{http://www.w3.org/1999/xlink}href"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"

ROOTS = frozenset({"article", "simple-article", "converted-article", "book-review", "exam"})
_OWN = ROOTS | {
    "item-info", "jid", "aid", "head", "simple-head", "book-review-head", "body", "tail",
    "simple-tail",
}  # fmt: skip
_PREFIXES = {
    "ce": CE,
    "sb": SB,
    "sa": SA,
    "ja": JA,
    "xocs": XOCS,
    "cals": "{http://www.elsevier.com/xml/common/cals/dtd}",
    "tb": "{http://www.elsevier.com/xml/common/table/dtd}",
    "mml": "{http://www.w3.org/1998/Math/MathML}",
}
_PREFIXED = tuple(f"{prefix}:{name}" for prefix in ("mml", "ce", "sb")
                  for name in ("math", "title", "reference", "para", "doi", "pii"))  # fmt: skip
_SCHEMAS = ("cja", "ja", "common", "common/struct-bib", "common/struct-aff", "common/cals",
            "common/table")  # fmt: skip
_SPACES = (f"{CE}hsp", f"{CE}vsp", f"{CE}br")
# bonds and what else of Elsevier's own glyphs has a character in Unicode
_GLYPHS = {
    "sbnd": "\u2013",
    "dbnd": "=",
    "tbnd": "\u2261",
    "qbnd": "\u2263",
    "hbar": "\u210f",
    "bigdot": "\u25cf",
    "heng": "\ua727",
    "jnodot": "\u0237",
    "lozf": "\u29eb",
    "pent": "\u2b20",
    "rad": "\u2022",
    "spar": "\u2225",
    "smid": "\u2223",
    "nsmid": "\u2224",
    "nspar": "\u2226",
    "dlcorn": "\u231e",
    "drcorn": "\u231f",
    "btmlig": "\u2040",
    "camb": "\u22cf",
    "S": "\u00a7",
}


def normalise(root: Element) -> None:
    """Give every element the DTDs' name, and blanks and glyphs their characters."""
    undeclared = not root.tag.startswith("{") or any(True for _ in root.iter(*_PREFIXED))
    if undeclared:
        _declare(root)
    for name in _SCHEMAS:
        to = f"{{{_BASE}{'ja' if name == 'cja' else name}/dtd}}"
        for element in root.iter(f"{{{_BASE}{name}/schema}}*"):
            element.tag = to + local(element.tag)
    for element in root.iter(f"{JA}*"):
        name = local(element.tag)
        if name not in _OWN:
            element.tag = CE + name
    for element in root.iter(*_SPACES):
        element.tail = " " + (element.tail or "")
    for element in root.iter(f"{CE}glyph"):
        element.text = _GLYPHS.get(element.get("name", ""), "")


def _declare(root: Element) -> None:
    """Put the names in the namespaces that the DTD would have declared."""
    for element in root.iter(etree.Element):
        prefix, colon, name = element.tag.partition(":")
        if colon and prefix in _PREFIXES:
            element.tag = _PREFIXES[prefix] + name
        elif not colon and not element.tag.startswith("{"):
            element.tag = (JA if element.tag in _OWN else CE) + element.tag
