"""Running text out of marked-up elements: titles, abstracts, paragraphs, formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from fonds.sources.xml import Element, local, strings

_PREAMBLE = re.compile(r"\\begin\s*\{document\}(.*?)(?:\\end\s*\{document\}|$)", re.DOTALL)
# `{B}_{s}` is `B_s`; `\frac{1}{2}` stays
_LONELY = re.compile(r"(?<![A-Za-z}\]])\{\s*([\w±∓+*-]\u0304?)\s*\}")
_DOLLARS = re.compile(r"^\s*\$+|\$+\s*$")
_FONT = re.compile(
    r"\\(?:math(?:rm|cal|bf|it|sf|bb|scr|frak)|text(?:rm|it|bf)?|boldsymbol|operatorname)\s*"
    r"\{([^{}]*)\}"
)
_BARRED = re.compile(r"\\(?:overline|bar)\s*\{\s*(\w)\s*\}")
_ESCAPED = re.compile(r"\\([%&#$])")
_SPACED = re.compile(r"\\[,;:!]")
_COMMAND = re.compile(r"\\([A-Za-z]+)(\s*)")
_GREEK = (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi "
    "pi rho sigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma "
    "Upsilon Phi Psi Omega"
)
_SIGNS = {  # what has a sign of its own is read as that
    **dict(zip(_GREEK.split(), "αβγδεεζηθϑικλμνξπρστυφφχψωΓΔΘΛΞΠΣΥΦΨΩ", strict=True)),
    "to": "→", "rightarrow": "→", "longrightarrow": "→", "leftarrow": "←", "leftrightarrow": "↔",
    "pm": "±", "mp": "∓", "times": "×", "cdot": "·", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥",
    "sim": "∼", "simeq": "≃", "approx": "≈", "infty": "∞", "ell": "ℓ", "circ": "∘", "prime": "′",
    "left": "", "right": "", "rm": "", "it": "", "bf": "", "displaystyle": "", "nolimits": "",
}  # fmt: skip
# what is not part of a text that is read aloud: notes, their marks, and doubled forms
_SKIPPED = frozenset({"fn", "named-content-id", "x-comment", "index-term", "object-id", "media"})
_APART = frozenset({"break", "p", "title", "sec", "list-item", "disp-formula", "tr", "td", "th"})


def words(element: Element | None) -> str:
    """Return all text of an element, blanks collapsed; fast, for elements without formulas."""
    if element is None:
        return ""
    if not len(element):  # most are leaves: no call of the serialiser
        text = element.text
        return " ".join(text.split()) if text else ""
    text = etree.tostring(element, method="text", encoding="unicode", with_tail=False)
    return " ".join(text.split())


def readable(element: Element | None, *, skip: frozenset[str] = frozenset()) -> str:
    """Return an element's text as it is read: no footnotes, formulas once, LaTeX without frame."""
    if element is None:
        return ""
    return " ".join("".join(_pieces(element, skip | _SKIPPED)).split())


def _pieces(element: Element, skip: frozenset[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        tag = child.tag
        if isinstance(tag, str):
            name = local(tag)
            if name in skip or (name == "xref" and child.get("ref-type") in ("fn", "aff")):
                pass
            elif name == "alternatives":
                yield _alternative(child, skip)
            elif name == "tex-math":
                yield tex(child)
            elif name == "inline-formula":  # its own line breaks are the file's, not the text's
                text = "".join(_pieces(child, skip))
                yield text.strip() if (child.text or "").startswith("\n") else text
            elif name == "math":
                yield " ".join("".join(strings(child)).split())
            elif name in _APART:
                yield " "
                yield from _pieces(child, skip)
                yield " "
            else:
                yield from _pieces(child, skip)
        yield child.tail or ""


def _alternative(element: Element, skip: frozenset[str]) -> str:
    """Return one of several forms of the same: MathML's letters, else LaTeX, else the first."""
    for wanted in ("math", "tex-math", "textual-form"):
        for child in element:
            if isinstance(child.tag, str) and local(child.tag) == wanted:
                return tex(child) if wanted == "tex-math" else words(child)
    first = next((child for child in element if isinstance(child.tag, str)), None)
    return "".join(_pieces(first, skip)) if first is not None else ""


def tex(element: Element) -> str:
    """Return a LaTeX formula as it is read: no document around it, signs for their names."""
    text = "".join(strings(element))
    framed = _PREAMBLE.search(text)
    bare = _DOLLARS.sub("", (framed[1] if framed else text).strip()).strip()
    plain = _BARRED.sub("\\1\u0304", _FONT.sub(r"\1", bare))
    plain = _SPACED.sub(" ", _ESCAPED.sub(r"\1", plain))
    plain = _COMMAND.sub(lambda match: _sign(match[1], match[2]), plain)
    return _LONELY.sub(r"\1", plain)


def _sign(name: str, blank: str) -> str:
    """Return a command's sign; the blank behind its name is TeX's own."""
    sign = _SIGNS.get(name)
    return f"\\{name}{blank}" if sign is None else sign
