"""What all files for others have in common: lines without surprises, parts of a limited size."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

MOST_CELL = 255  # characters


def one_line(text: str, most: int = MOST_CELL) -> str:
    """Return a text as one line without tabs, control characters and lost ones, cut to a length."""
    shown = "".join(c if c.isprintable() and c != "\ufffd" else " " for c in text)
    return " ".join(shown.split())[:most].strip()


def element(name: str, text: str, most: int = MOST_CELL) -> str:
    """Return an XML element that holds a text; nothing for an empty one."""
    shown = escape(one_line(text, most))
    return f"<{name}>{shown}</{name}>" if shown else ""


def parts(items: Iterable[str], head: str, foot: str, most: int) -> Iterator[str]:
    """Give files of at most `most` bytes, each with its head and foot; none without items."""
    room = most - len(head.encode()) - len(foot.encode())
    waiting: list[str] = []
    held = 0
    for item in items:
        count = len(item.encode())
        if waiting and held + count > room:
            yield "".join([head, *waiting, foot])
            waiting, held = [], 0
        waiting.append(item)
        held += count
    if waiting:
        yield "".join([head, *waiting, foot])
