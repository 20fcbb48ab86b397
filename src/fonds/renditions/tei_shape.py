"""Gives a text the shape that TEI asks for, whatever shape its publisher gave it.

Publishers put headings in the middle of a section, paragraphs behind its subsections, words
beside the table of a figure. TEI has a place for all of it, though another one. A pattern over the
serialised text sees in a few microseconds whether there may be such places; libxml2 looks for
them exactly, and only the places found are mended.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable

from lxml import etree

from fonds.sources.stylesheet import TEI
from fonds.sources.xml import Element

_NS = {"t": "http://www.tei-c.org/ns/1.0"}
# what may stand among words alone
_PHRASES = frozenset(
    TEI + name
    for name in ("hi", "ref", "formula", "term", "foreign", "title", "name", "date", "num", "code",
                 "emph", "abbr", "persName", "placeName", "orgName", "seg", "c", "w", "idno",
                 "graphic", "label", "lb", "email")
)  # fmt: skip
# what may stand anywhere between divisions
_ANYWHERE = frozenset(TEI + name for name in ("pb", "lb", "note", "gap", "figure", "anchor", "cb"))
_DIVISION = TEI + "div"
_HEAD = TEI + "head"
_P = TEI + "p"
_GLOBAL = " or ".join(f"self::t:{name.removeprefix(TEI)}" for name in sorted(_ANYWHERE))
_SECTIONS = "self::t:div or self::t:body or self::t:front or self::t:back"


def _words(element: Element) -> None:
    """Put words that stand in a section, a figure or a quotation of verse into paragraphs."""
    run: Element | None = None
    if element.text and element.text.strip():
        run = etree.Element(_P)
        run.text, element.text = element.text, None
        element.insert(0, run)
    for child in list(element):
        if child is run:
            continue
        tail, child.tail = child.tail, None
        if child.tag in _PHRASES and not (child.tag == TEI + "graphic" and run is None):
            if run is None:
                run = etree.Element(_P)
                child.addprevious(run)
            run.append(child)
        else:
            run = None
        if tail and tail.strip():
            if run is None:
                run = etree.Element(_P)
                child.addnext(run)
            _add(run, tail)


def _add(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _sections(element: Element) -> None:
    """Give a heading amid a section, and what stands behind a division, a division of its own."""
    made: Element | None = None
    seen_division = seen_block = False
    for child in list(element):
        if not isinstance(child.tag, str):
            continue
        if child.tag == _DIVISION:
            made, seen_division = None, True
        elif child.tag == _HEAD and (seen_block or seen_division):
            made = etree.Element(_DIVISION)
            child.addprevious(made)
            made.append(child)
            seen_division = True
        elif made is not None:
            made.append(child)
        elif seen_division and child.tag not in _ANYWHERE:
            made = etree.Element(_DIVISION)
            child.addprevious(made)
            made.append(child)
        elif child.tag != _HEAD and child.tag not in _ANYWHERE:
            seen_block = True


def _paragraph(element: Element) -> None:
    """Make a description that holds more than words a paragraph."""
    element.tag = _P


def _float(element: Element) -> None:
    """Let divisions that stand in a paragraph or the like be a text that floats in it."""
    text = etree.Element(TEI + "floatingText")
    element.addprevious(text)
    text.tail, element.tail = element.tail, None
    body = etree.SubElement(text, TEI + "body")
    body.append(element)


def _fill(element: Element) -> None:
    """Give an element the child without which it cannot be."""
    child = _FILLING.get(etree.QName(element).localname, "p")
    made = etree.SubElement(element, TEI + child)
    if child in _FILLING:
        _fill(made)


_FILLING = {"list": "item", "table": "row", "row": "cell", "lg": "l"}

# where something has to be mended, and how; in this order
_RULES: tuple[tuple[str, Callable[[Element], None]], ...] = (
    ("descendant::t:p/parent::t:p | descendant::t:p/parent::t:head | descendant::t:p/parent::t:hi"
     " | descendant::t:p/parent::t:ref", lambda element: etree.strip_tags(element, _P)),
    ("descendant::t:figDesc[t:note or t:figure or t:list or t:quote]", _paragraph),
    (f"descendant-or-self::*[{_SECTIONS} or self::t:figure or self::t:sp]"
     "[text()[normalize-space()] or t:hi or t:ref or t:formula or t:term or t:foreign]", _words),
    ("descendant::t:div[parent::t:p or parent::t:item or parent::t:note or parent::t:quote or "
     "parent::t:cell or parent::t:figure or parent::t:sp] | descendant::t:sp[parent::t:p or "
     "parent::t:item or parent::t:note or parent::t:cell]", _float),
    (f"descendant-or-self::*[{_SECTIONS}][t:div/following-sibling::*[1][not(self::t:div)] or "
     "t:head/preceding-sibling::*[1][not(self::t:head)]]", _sections),
    (f"descendant-or-self::t:body[not(*[not({_GLOBAL} or self::t:head)])]"
     " | descendant::t:sp[not(t:p or t:l or t:lg or t:ab)] | descendant::t:list[not(t:item)]"
     " | descendant::t:table[not(t:row)] | descendant::t:row[not(t:cell)]"
     " | descendant::t:lg[not(t:l or t:lg)]", _fill),
)  # fmt: skip


_INLINE = b"hi|ref|formula|term|foreign"
# neighbours that hint at a place to be mended; seldom there where all is well
_HINT = re.compile(
    rb"""<(?:
      /(?:
        div>\s*(?:<(?!div|/(?!p>|item>|note>|quote>|cell>|figure>|sp>))|[^<\s])
      | (?:p|list|figure|quote|formula|table|lg|sp|floatingText|cit|code)>\s*<head
      | p>\s*(?:</(?:p|head|hi|ref)>|[^<\s]|<(?:INLINE)\b)
      | (?:table|list|figure|quote)>\s*(?:[^<\s]|<(?:INLINE)\b)
      | (?:figure|head|note)>\s*</body
      | head>\s*(?:[^<\s]|<(?:INLINE)\b)
      | speaker>\s*(?:</sp|[^<\s]|<(?:INLINE)\b)
      )
    | (?:div|body|figure|front|back)(?:[ ][^>]*[^/>])?>\s*(?:[^<\s]|<(?:INLINE)\b)
    | div(?:[ ][^>]*)?/>\s*<(?!div)
    | (?:p|list|figure|table|quote|head|div)(?:[ ][^>]*)?/>\s*(?:[^<\s]|<(?:INLINE|head|p|/body)\b)
    | (?:p|head|hi|ref)(?:[ ][^>]*[^/>])?>\s*<(?:p|div)[ >]
    | (?:figDesc|sp)[ >]
    | body(?:[ ][^>]*[^/>])?>\s*<figure
    | item(?:[ ][^>]*[^/>])?>\s*<div[ >]
    | (?:body|list|table|row|lg|sp)(?:[ ][^>]*)?/>
    | (?:body|list|table|row|lg|sp)(?:[ ][^>]*)?>\s*</
    | graphic[^>]*/>\s*(?:[^<\s]|<(?:INLINE)\b)
    )""".replace(b"INLINE", _INLINE),
    re.VERBOSE,
)


class TeiShape:
    """The rules, compiled once."""

    def __init__(self) -> None:
        self._rules = [(etree.XPath(path, namespaces=_NS), mend) for path, mend in _RULES]

    def shaped(self, text: Element, said: bytes) -> Element:
        """Return the text, itself where its shape is right, else a copy; `said` is its XML."""
        if _HINT.search(said) is None:
            return text
        if not any(find(text) for find, _ in self._rules):
            return text
        mended = copy.deepcopy(text)
        for find, mend in self._rules:
            for element in _elements(find(mended)):
                mend(element)
        return mended


def _elements(found: object) -> list[Element]:
    assert isinstance(found, list)
    return found
