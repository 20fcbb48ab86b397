"""Parses a delivered XML file without trusting it.

No DTD is fetched, no external entity is opened, expansion is bounded (libxml2's own guards). What
is not well formed is read by repair where nothing of it is lost, and refused where the end is
missing or the file attacks its reader.
"""

from __future__ import annotations

import re
from contextlib import suppress

import msgspec
from lxml import etree

from fonds.errors import Finding
from fonds.settings import LimitSettings

Element = etree._Element

_ERRORS = etree.ErrorTypes
_RESOURCE_LIMIT = 114  # XML_ERR_RESOURCE_LIMIT
_HOSTILE = frozenset({_ERRORS.ERR_ENTITY_LOOP, _ERRORS.ERR_ENTITY_PROCESSING, _RESOURCE_LIMIT})
# what a repair would silently leave out: everything after the place
_CUT = frozenset({_ERRORS.ERR_TAG_NOT_FINISHED, _ERRORS.ERR_DOCUMENT_END})
_ENCODING = frozenset(
    {
        _ERRORS.ERR_INVALID_ENCODING,
        _ERRORS.ERR_UNKNOWN_ENCODING,
        _ERRORS.ERR_UNSUPPORTED_ENCODING,
        _ERRORS.ERR_INVALID_CHAR,
        _ERRORS.I18N_CONV_FAILED,
        _ERRORS.I18N_NO_OUTPUT,
    }
)
_EXTERNAL = re.compile(rb"<!ENTITY\s+(?:%\s+)?[^\s>]+\s+(?:SYSTEM|PUBLIC)\s")
_NAME = re.compile(r"[^\W\d][\w.-]*")
_USUAL = {
    "mml": "http://www.w3.org/1998/Math/MathML",
    "xlink": "http://www.w3.org/1999/xlink",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
}
_LEFT = frozenset({"ce", "ja", "sb", "sa", "xocs", "cals", "tb"})  # Elsevier's DTDs declare them
_NOT_NAMES = re.compile(r"[^\w.-]+|^[-.\d]+")


class Parsed(msgspec.Struct, frozen=True):
    """A tree, and what was found while parsing it."""

    root: Element
    findings: tuple[Finding, ...] = ()


def parse(data: bytes, limits: LimitSettings) -> Parsed | Finding:
    """Return the tree of a file, or the finding that says why there is none."""
    if not data.strip(b"\x00 \t\r\n"):
        return Finding("xml-empty", "there is nothing in the file")
    if len(data) > limits.xml_bytes:
        return Finding("xml-hostile", f"{len(data)} bytes, more than {limits.xml_bytes}")
    parser = _parser(recover=False)
    try:
        return Parsed(etree.fromstring(data, parser))
    except etree.XMLSyntaxError as error:
        return _second_reading(data, _entries(parser), str(error.msg))


def _parser(*, recover: bool, encoding: str | None = None) -> etree.XMLParser:
    return etree.XMLParser(
        encoding=encoding,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
        huge_tree=False,
        recover=recover,
    )


def _second_reading(data: bytes, errors: list[etree._LogEntry], message: str) -> Parsed | Finding:
    """Read what the first parser refused, if it can be read whole."""
    first = _worst(errors)
    if first is None:
        return Finding("xml-malformed", message)
    place = {"line": first.line or None, "column": first.column or None}
    hostile = any(entry.type in _HOSTILE for entry in errors)
    if hostile or (_EXTERNAL.search(data) and _is_entity(first)):
        return Finding("xml-hostile", _sentence(first), **place)
    if any(entry.type in _CUT for entry in errors):
        return Finding("xml-malformed", _sentence(first), **place)
    western = _western(data) if first.type in _ENCODING else None
    if western is not None:
        reason = f"{_sentence(first)}; read as Windows-1252"
        return Parsed(western, (Finding("xml-encoding", reason, **place),))
    parser = _parser(recover=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        code = "xml-encoding" if first.type in _ENCODING else "xml-malformed"
        return Finding(code, _sentence(first), **place)
    if not _is_closed(data, root):
        return Finding("xml-malformed", f"the file ends too early: {_sentence(first)}", **place)
    _mend_names(root)
    kinds = _entries(parser)
    if any(entry.type in _HOSTILE for entry in kinds):
        return Finding("xml-hostile", _sentence(first), **place)
    if any(entry.type in _CUT for entry in kinds):
        return Finding("xml-malformed", _sentence(first), **place)
    if all(entry.domain == _NAMESPACE for entry in kinds):
        return Parsed(root)  # a prefix that only the DTD declares: nothing is wrong with the text
    code = "xml-encoding" if first.type in _ENCODING else "xml-repaired"
    return Parsed(root, (Finding(code, _sentence(first), **place),))


def _western(data: bytes) -> Element | None:
    """Return the tree of a file in Windows-1252 (or Latin-1) that says it is something else.

    Only where no byte beyond ASCII makes sense as UTF-8: a few broken bytes in a file of UTF-8 must
    not spoil all its other letters.
    """
    if b"\x00" in data or not data.decode("utf-8", "replace").replace("\ufffd", "").isascii():
        return None
    try:
        return etree.fromstring(data, _parser(recover=False, encoding="windows-1252"))
    except etree.XMLSyntaxError:
        return None


def _mend_names(root: Element) -> None:
    """Give elements and attributes names that every tool takes, where a file was read by repair.

    A prefix that nobody declared is given its usual meaning, left to the reader that knows it, or
    taken away; what is no name at all (`<a:2>`) becomes the nearest one.
    """
    odd = "contains(local-name(), ':')"
    for element in _elements(root, f"//*[{odd}]"):
        better = _better(element.tag)
        if better != element.tag:
            element.tag = better
    for element in _elements(root, f"//*[@*[{odd}]]"):
        for name in [one for one in element.attrib if ":" in str(one).rpartition("}")[2]]:
            better, value = _better(str(name)), element.attrib.pop(name)
            if better not in element.attrib and better != name:
                with suppress(ValueError):  # a character that XML does not have
                    element.set(better, value)


def _elements(root: Element, path: str) -> list[Element]:
    found = root.xpath(path)
    assert isinstance(found, list)
    return [one for one in found if isinstance(one, etree._Element)]


def _better(name: str) -> str:
    """Return a name for one that is none."""
    space, brace, own = name.rpartition("}")
    prefix, _, rest = own.partition(":")
    if _NAME.fullmatch(rest):
        if prefix in _LEFT:
            return name
        return f"{{{_USUAL[prefix]}}}{rest}" if prefix in _USUAL else f"{space}{brace}{rest}"
    words = _NOT_NAMES.split(f"{prefix} {rest}")
    return space + brace + next((word for word in words if _NAME.fullmatch(word)), "unnamed")


def _is_closed(data: bytes, root: Element) -> bool:
    """Tell whether the file still has its end; what a cut file lost, no repair brings back."""
    if b"\x00" in data[:8]:  # UTF-16 and its kin: the parser says it itself
        return True
    end = data.rstrip()
    name = local(root.tag).encode()
    return end.endswith(b">") and (name in end[-4096:] or end.endswith(b"/>"))


_WARNING = etree.ErrorLevels.WARNING
_NAMESPACE = etree.ErrorDomains.NAMESPACE


def _entries(parser: etree.XMLParser) -> list[etree._LogEntry]:
    return [entry for entry in parser.error_log if entry.level > _WARNING]


def _worst(entries: list[etree._LogEntry]) -> etree._LogEntry | None:
    """Return the first error that is not about namespaces, else the first."""
    serious = [entry for entry in entries if entry.domain != _NAMESPACE]
    return (serious or entries or [None])[0]


def _is_entity(entry: etree._LogEntry) -> bool:
    return "entity" in (entry.message or "").lower()


def _sentence(entry: etree._LogEntry) -> str:
    return " ".join((entry.message or "it cannot be parsed").split())


def without_namespaces(root: Element) -> None:
    """Give every element its local name, where a namespace or a stray prefix stands before it."""
    names: dict[str, str] = {}  # every name is cut once
    for element in root.iter(etree.Element):
        tag = str(element.tag)
        plain = names.get(tag)
        if plain is None:
            plain = names[tag] = local(tag)
        if plain != tag:
            element.tag = plain


def line_of(element: Element) -> int | None:
    """Return the line an element begins on; None beyond libxml2's counting."""
    line: int | None = element.sourceline  # type: ignore[assignment]  # the stubs have it wrong
    return line


def strings(element: Element) -> list[str]:
    """Return the pieces of text in an element."""
    return [str(piece) for piece in element.itertext()]


def local(tag: str) -> str:
    """Return a name without namespace or prefix."""
    return tag.rpartition("}")[2].rpartition(":")[2]
