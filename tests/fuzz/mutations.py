"""Changes real files as careless software does: on the tree when it is XML, else on bytes."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from copy import deepcopy
from typing import Any

from lxml import etree

Tree = etree._Element

ODD = (
    "", " ", "\n\t", "0", "-1", "99999999999999999999", "1e309", "2023-02-30", "0000", "9999-99",
    "é", "\u0301", "\u202e", "\ufffe", "\U0001f433", "10.", "10.1234/", "https://doi.org/10.1/a b",
    "0000-0000-0000-000X", "a" * 5_000, "<b>", "&", "{", "}", "\\", "%", '"', "'", "#", "$x^2$",
    "javascript:alert(1)", "xx", "en-", "TY  - JOUR", "]]>", "--", "\u2028", "١٩٩٩", "½", "Ⅳ",
)  # fmt: skip
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)


def mutated(data: bytes, others: Sequence[bytes], draw: random.Random) -> bytes:
    """Return a changed copy; `others` lend pieces."""
    if data[:1] in (b"{", b"[") and draw.random() < 0.9:
        return _json(data, draw)
    root = _parsed(data)
    if root is None or draw.random() < 0.1:
        return _bytes(data, others, draw)
    for _ in range(draw.randint(1, 4)):
        elements = [e for e in root.iter() if isinstance(e.tag, str)]
        with suppress(ValueError):  # a name or text that XML cannot hold
            draw.choice(_CHANGES)(draw.choice(elements), elements, draw)
    if draw.random() < 0.2 and others:
        other = _parsed(draw.choice(others))
        if other is not None:
            _graft(root, other, draw)
    return etree.tostring(root.getroottree(), encoding="UTF-8")


def _parsed(data: bytes) -> Tree | None:
    try:
        return etree.fromstring(data, _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _remove(element: Tree, elements: list[Tree], draw: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _double(element: Tree, elements: list[Tree], draw: random.Random) -> None:
    parent = element.getparent()
    if parent is not None:
        for _ in range(draw.choice((1, 1, 2, 30))):
            parent.insert(parent.index(element), deepcopy(element))


def _move(element: Tree, elements: list[Tree], draw: random.Random) -> None:
    target = draw.choice(elements)
    inside = target is element or element in target.iterancestors()
    if element.getparent() is not None and not inside:
        target.insert(draw.randint(0, len(target)), element)


def _rename(element: Tree, elements: list[Tree], draw: random.Random) -> None:
    element.tag = draw.choice(elements).tag


def _say(element: Tree, elements: list[Tree], draw: random.Random) -> None:
    text = draw.choice((*ODD, draw.choice(elements).text or ""))
    if draw.random() < 0.7:
        element.text = text
    else:
        element.tail = text


def _hollow(element: Tree, elements: list[Tree], draw: random.Random) -> None:
    for child in list(element):
        element.remove(child)
    element.text = None


def _attribute(element: Tree, elements: list[Tree], draw: random.Random) -> None:
    given = [e for e in elements if e.attrib]
    if not given:
        return
    if element.attrib and draw.random() < 0.4:
        del element.attrib[draw.choice(list(element.attrib))]
        return
    lender = draw.choice(given)
    name = draw.choice(list(lender.attrib))
    element.set(name, draw.choice((*ODD, lender.get(name) or "")))


def _nest(element: Tree, elements: list[Tree], draw: random.Random) -> None:
    for _ in range(draw.choice((1, 5, 60))):
        copy = etree.SubElement(element, element.tag)
        copy.text = "deep"
        element = copy


def _comment(element: Tree, elements: list[Tree], draw: random.Random) -> None:
    made = draw.choice((etree.Comment("c"), etree.ProcessingInstruction("p", "q")))
    made.tail = "after"
    element.insert(draw.randint(0, len(element)), made)


_CHANGES: tuple[Callable[[Tree, list[Tree], random.Random], None], ...] = (
    _remove, _double, _move, _rename, _say, _say, _hollow, _attribute, _attribute, _nest, _comment,
)  # fmt: skip


def _json(data: bytes, draw: random.Random) -> bytes:
    """Change values of a JSON document: leave out, double, replace by something odd."""
    try:
        value = json.loads(data)
    except ValueError:
        return _bytes(data, (), draw)
    for _ in range(draw.randint(1, 4)):
        holders = [one for one in _holders(value) if one]
        if not holders:
            break
        holder = draw.choice(holders)
        key = draw.choice(list(holder)) if isinstance(holder, dict) else draw.randrange(len(holder))
        odd: Any = draw.choice((*ODD, None, True, 0, -1, 1e300, [], {}, [[]], {"": None}, "\ud800"))
        kind = draw.randrange(4)
        if kind == 0:
            del holder[key]
        elif kind == 1 and isinstance(holder, list):
            holder.extend([holder[key]] * draw.choice((1, 30)))
        elif kind == 2:
            holder[key] = [holder[key]]
        else:
            holder[key] = odd
    return json.dumps(value, ensure_ascii=draw.random() < 0.5).encode("utf-8", "replace")


def _holders(value: Any) -> Iterator[Any]:
    """Give every object and array of a JSON document."""
    if isinstance(value, dict | list):
        yield value
        for one in value.values() if isinstance(value, dict) else value:
            yield from _holders(one)


def _graft(root: Tree, other: Tree, draw: random.Random) -> None:
    """Put a branch of another file somewhere."""
    branches = [e for e in other.iter() if isinstance(e.tag, str) and len(e) < 50]
    places = [e for e in root.iter() if isinstance(e.tag, str)]
    draw.choice(places).append(deepcopy(draw.choice(branches)))


def _bytes(data: bytes, others: Sequence[bytes], draw: random.Random) -> bytes:
    """Cut, repeat, flip or splice bytes."""
    made = bytearray(data)
    for _ in range(draw.randint(1, 3)):
        at = draw.randrange(len(made) + 1)
        length = draw.choice((1, 1, 4, 64, 1024))
        kind = draw.randrange(5)
        if kind == 0:
            del made[at : at + length]
        elif kind == 1:
            made[at:at] = made[at : at + length]
        elif kind == 2 and at < len(made):
            made[at] = draw.randrange(256)
        elif kind == 3:
            made[at:at] = draw.choice(ODD).encode("utf-8", "surrogatepass")
        elif others:
            other = draw.choice(others)
            begin = draw.randrange(len(other) + 1)
            made[at : at + length] = other[begin : begin + length]
    return bytes(made)
