"""A reference written out in a citation style (CSL), by citeproc-py.

The styles are those of the CSL project, in `styles/`; a locale gives the words and the dates.
"""

from __future__ import annotations

import threading
from functools import cache
from importlib import resources
from io import BytesIO
from types import MappingProxyType, SimpleNamespace
from typing import Any, Literal, get_args

import msgspec
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc.source.json import CiteProcJSON
from lxml import etree

from fonds.record import Record
from fonds.renditions.citations.csl import item_of
from fonds.sources.xml import Element

Style = Literal["iso690", "apa", "mla", "chicago", "ieee", "vancouver", "harvard", "nature"]
Locale = Literal["fr-FR", "en-US"]
STYLES: tuple[Style, ...] = get_args(Style)
NAMES = MappingProxyType(
    {
        "iso690": "ISO 690",
        "apa": "APA",
        "mla": "MLA",
        "chicago": "Chicago",
        "ieee": "IEEE",
        "vancouver": "Vancouver",
        "harvard": "Harvard",
        "nature": "Nature",
    }
)
_CSL = "{http://purl.org/net/xbiblio/csl}"
_BEGIN, _END = "\ue000", "\ue001"  # private use: around what the style puts in italics
_WITHOUT = frozenset({"abstract", "keyword", "PMID", "PMCID"})  # no style prints them
_NO_NUMBER = frozenset({"iso690", "harvard", "nature"})  # print pages, not an article's number
_MOST_TITLE = 1_000  # characters
_MOST_PEOPLE = 60  # no style prints more
_lock = threading.Lock()  # a style holds the state of the citation it is writing


class Styled(msgspec.Struct, frozen=True):
    """A reference as text; `italics` are places in it."""

    text: str
    italics: tuple[tuple[int, int], ...]


def styled(record: Record, style: Style, locale: Locale) -> Styled:
    """Write a reference to a document in a style."""
    item = {key: value for key, value in item_of(record).items() if key not in _WITHOUT}
    item["id"] = "item"
    if style in _NO_NUMBER and "page" not in item and "number" in item:
        item["page"] = item.pop("number")
    item["title"] = str(item.get("title", ""))[:_MOST_TITLE]
    for people in ("author", "editor"):
        if people in item:
            item[people] = item[people][:_MOST_PEOPLE]
    with _lock:
        read = _style(style, locale)
        source = CiteProcJSON([_cleared(item)])
        bibliography = CitationStylesBibliography(read, source, _formatter())
        bibliography.register(Citation([CitationItem("item")]))
        written = "".join(map(str, bibliography.bibliography()))  # none where nothing is said
    return _placed(" ".join(written.split()))


@cache
def _style(style: Style, locale: Locale) -> Any:
    name = f"iso690-{locale[:2]}" if style == "iso690" else style
    file = resources.files("fonds.renditions.citations").joinpath("styles", f"{name}.csl")
    tree = etree.fromstring(file.read_bytes())
    _initials_where_asked(tree)
    _dates_apart(tree)
    _without_numbers(tree)
    return CitationStylesStyle(BytesIO(etree.tostring(tree)), locale=locale, validate=False)


def _initials_where_asked(tree: Element) -> None:
    """Say at each name whether its initials stand for it: the processor knows no `initialize`."""
    names = list(tree.iter(f"{_CSL}name"))
    if not any(name.get("initialize") == "false" for name in names):
        return
    wanted = tree.get("initialize-with")
    tree.attrib.pop("initialize-with", "")
    for name in names:
        if name.attrib.pop("initialize", "true") == "false":
            name.attrib.pop("initialize-with", "")
        elif wanted is not None and "initialize-with" not in name.attrib:
            name.set("initialize-with", wanted)


def _dates_apart(tree: Element) -> None:
    """Write what stands between the parts of a date at the parts: the processor loses it."""
    for date in tree.iterfind(f"{_CSL}locale/{_CSL}date[@delimiter]"):
        for part in list(date)[1:]:
            part.set("prefix", date.get("delimiter", ""))


def _without_numbers(tree: Element) -> None:
    """Leave out the number that a reference has in a list."""
    for number in tree.iterfind(f".//{_CSL}bibliography//{_CSL}text[@variable='citation-number']"):
        parent = number.getparent()
        if parent is not None:
            parent.remove(number)


@cache
def _formatter() -> SimpleNamespace:
    plain = dict.fromkeys(
        ("preformat", "Bold", "Light", "Underline", "Superscript", "Subscript", "SmallCaps"), str
    )
    return SimpleNamespace(**plain, Italic=_italic, Oblique=_italic)


def _italic(text: object) -> str:
    return f"{_BEGIN}{text}{_END}"


def _cleared(value: Any) -> Any:
    """Return a value without characters that mean something to us."""
    if isinstance(value, str):
        return value.replace(_BEGIN, "").replace(_END, "")
    if isinstance(value, list):
        return [_cleared(one) for one in value]
    if isinstance(value, dict):
        return {key: _cleared(one) for key, one in value.items()}
    return value


def _placed(written: str) -> Styled:
    text: list[str] = []
    italics: list[tuple[int, int]] = []
    depth = at = begin = 0
    for char in written:
        if char == _BEGIN:
            begin = at if depth == 0 else begin
            depth += 1
        elif char == _END:
            depth -= 1
            if depth == 0 and at > begin:
                italics.append((begin, at))
        else:
            text.append(char)
            at += 1
    return Styled("".join(text), tuple(italics))
