"""Makes a file that shows a fault smaller, as long as it shows the same fault."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from lxml import etree

Tree = etree._Element
Shows = Callable[[bytes], bool]

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def smaller(data: bytes, shows: Shows, seconds: float = 20) -> bytes:
    """Return the smallest variant found in a time that still shows the fault."""
    end = time.monotonic() + seconds
    best, again = data, True
    while again and time.monotonic() < end:
        again = False
        for variant in _variants(best):
            if time.monotonic() > end:
                break
            if len(variant) < len(best) and shows(variant):
                best, again = variant, True
                break
    return best


def _variants(data: bytes) -> Iterator[bytes]:
    """Give variants with something left out, the largest parts first."""
    try:
        root = etree.fromstring(data, _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        yield from _cuts(data)
        return
    count = sum(1 for _ in root.iter())
    for at in range(1, count):
        yield _without(data, at)
    for at in range(count):
        element = _nth(root, at)
        for name in [*element.attrib] if isinstance(element.tag, str) else []:
            copy = _nth(etree.fromstring(data, _PARSER), at)
            del copy.attrib[name]
            yield etree.tostring(copy.getroottree(), encoding="UTF-8")
        if (element.text or "").strip():
            copy = _nth(etree.fromstring(data, _PARSER), at)
            copy.text = None
            yield etree.tostring(copy.getroottree(), encoding="UTF-8")
    yield from _cuts(data)


def _without(data: bytes, at: int) -> bytes:
    root = etree.fromstring(data, _PARSER)
    element = _nth(root, at)
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)
    return etree.tostring(root.getroottree(), encoding="UTF-8")


def _nth(root: Tree, at: int) -> Tree:
    return next(element for number, element in enumerate(root.iter()) if number == at)


def _cuts(data: bytes) -> Iterator[bytes]:
    """Give the bytes without a stretch, long stretches first."""
    length = len(data) // 2
    while length:
        for at in range(0, len(data), length):
            yield data[:at] + data[at + length :]
        length //= 2
