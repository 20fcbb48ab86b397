"""Bodies that SciELO's oldest articles hold as HTML, written as text into one paragraph."""

from __future__ import annotations

import re
from contextlib import suppress

from lxml import etree, html

from fonds.sources.xml import Element

_HTML = re.compile(r"<p[\s>].*</p>", re.DOTALL | re.IGNORECASE)
_BLOCKS = frozenset({"p", "div", "center", "blockquote", "li", "ul", "ol", "table", "tr", "hr",
                     "dd", "dt", "dl", "h1", "h2", "h3", "h4", "h5", "h6"})  # fmt: skip
_INLINE = {"i": "italic", "em": "italic", "b": "bold", "strong": "bold", "sup": "sup",
           "sub": "sub", "u": "underline"}  # fmt: skip
_NOT_TEXT = frozenset({"script", "style", "head", "title"})
_DEEPEST = 100  # elements within elements


def set_elements_free(article: Element) -> None:
    """Put paragraphs in the place of a paragraph of the body whose text is HTML."""
    body = article.find("body")
    for paragraph in list(body.iter("p")) if body is not None else ():
        parent = paragraph.getparent()
        if parent is None or len(paragraph) or not _HTML.search(paragraph.text or ""):
            continue
        with suppress(etree.ParserError):
            made = _Paragraphs(html.fragment_fromstring(paragraph.text or "", create_parent="div"))
            for one in made.done:
                paragraph.addprevious(one)
            parent.remove(paragraph)


class _Paragraphs:
    """The paragraphs of a piece of HTML, in the names of JATS."""

    def __init__(self, root: Element) -> None:
        self.done: list[Element] = []
        self._open = self._at = etree.Element("p")
        self._visit(root, 0)
        self._end()

    def _visit(self, element: Element, depth: int) -> None:
        name = element.tag if isinstance(element.tag, str) else ""
        if not name or name in _NOT_TEXT or depth > _DEEPEST:
            return
        if name in _BLOCKS:
            self._end()
        is_inline = name in _INLINE and element.find(".//p") is None
        if is_inline:
            self._at = etree.SubElement(self._at, _INLINE[name])
        elif name == "br":
            etree.SubElement(self._at, "break")
        self._say(element.text)
        for child in element:
            self._visit(child, depth + 1)
            self._say(child.tail)
        above = self._at.getparent()
        if is_inline and above is not None:
            self._at = above
        if name in _BLOCKS:
            self._end()
        elif name in ("td", "th"):
            self._say(" ")

    def _say(self, text: str | None) -> None:
        if not text:
            return
        if len(self._at):
            self._at[-1].tail = (self._at[-1].tail or "") + text
        else:
            self._at.text = (self._at.text or "") + text

    def _end(self) -> None:
        if "".join(map(str, self._open.itertext())).strip():
            self.done.append(self._open)
        self._open = self._at = etree.Element("p")
