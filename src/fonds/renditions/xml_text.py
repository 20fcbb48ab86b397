"""Text inside XML that is written as text: escaped, without what XML cannot hold.

Renditions that are kept are made for every document, so they are joined from strings rather than
built as trees: a tree costs ten times as much.
"""

from __future__ import annotations

_FORBIDDEN = bytes(byte for byte in range(32) if byte not in b"\t\n\r")
_NONCHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")  # U+FFFE, U+FFFF


def text(value: str) -> str:
    """Return a value as the text of an element."""
    if "&" in value:  # asked first, since most have none: looking is cheaper than replacing
        value = value.replace("&", "&amp;")
    if "<" in value:
        value = value.replace("<", "&lt;")
    return value.replace(">", "&gt;") if ">" in value else value


def attribute(value: str) -> str:
    """Return a value as what stands between the double quotes of an attribute."""
    return text(value).replace('"', "&quot;")


def element(name: str, value: str, attributes: str = "") -> str:
    """Return an element with a text; nothing when there is no text."""
    return f"<{name}{attributes}>{text(value)}</{name}>" if value else ""


def document(content: str) -> bytes:
    """Return XML as UTF-8 with its declaration; characters that XML forbids are left out."""
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + clean(content)


def clean(content: str) -> bytes:
    """Return XML as UTF-8 without the characters that XML forbids."""
    data = content.encode("utf-8", "replace").translate(None, _FORBIDDEN)
    for character in _NONCHARACTERS:
        if character in data:
            data = data.replace(character, b"")
    return data
