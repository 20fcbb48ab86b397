"""Cuts one record out of an XML file that holds many.

The piece is a file of the same format with one record in it, so the archive keeps each record
with its document and any reader can read it again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any

from lxml import etree

from fonds.sources.model import Piece
from fonds.sources.xml import Element, local


def alone(record: Element, name: str, keep: frozenset[str] = frozenset()) -> Piece:
    """Return the record in the elements it stands in, with their parts that `keep` names."""
    branch, made = record, deepcopy(record)
    made.tail = None
    tags = [f"{{*}}{one}" for one in keep]  # thousands of siblings are looked through in C
    for ancestor in record.iterancestors():
        shell = _shell(ancestor)
        if tags:
            shell.extend(_copies([*branch.itersiblings(*tags, preceding=True)][::-1]))
        shell.append(made)
        if tags:
            shell.extend(_copies(branch.itersiblings(*tags)))
        branch, made = ancestor, shell
    data = etree.tostring(made, encoding="UTF-8", xml_declaration=True)
    return Piece(name.replace("/", "_"), data)


def _copies(elements: Iterable[Element]) -> Iterator[Element]:
    for element in elements:
        copy = deepcopy(element)
        copy.tail = None
        yield copy


def _shell(element: Element) -> Element:
    """Return an element without what is in it; one in no namespace where its own is none."""
    prefixes: Any = element.nsmap  # the stubs of Element forbid the default namespace
    try:
        return etree.Element(element.tag, _attributes(element), nsmap=prefixes)
    except ValueError:  # an address that is not one, in a file read by repair
        return etree.Element(local(element.tag))


def _attributes(element: Element) -> dict[str, str]:
    """Return attributes without those whose prefix nobody declared (a file read by repair)."""
    return {
        str(name): str(value)
        for name, value in element.attrib.items()
        if str(name).startswith("{") or ":" not in str(name)
    }


def whole_name(name: str) -> str:
    """Return the name of the file that a piece (`x.xml#12`) is of; of another name, itself."""
    whole = name.partition("#")[0]
    return whole if "." in whole.rpartition("/")[2] else name


def is_piece(name: str) -> bool:
    """Tell whether a name is that of a piece."""
    return whole_name(name) != name
