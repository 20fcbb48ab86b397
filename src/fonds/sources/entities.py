"""Named character entities, so that no DTD need be fetched.

HTML's names come from Python; what publishers' DTDs have beyond them (ISO Greek, Elsevier's
signs; names and code points only) is in `entities.tsv`.
"""

from __future__ import annotations

import re
from functools import cache
from html.entities import html5
from importlib import resources

_REFERENCE = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);|#)([A-Za-z][A-Za-z0-9.\-]*);")
_DECLARED = re.compile(rb"<!ENTITY\s+([A-Za-z][A-Za-z0-9.\-]*)\s")


def resolve(data: bytes) -> bytes:
    """Write every known named entity that the document does not declare itself as a number.

    References are ASCII, so this is right in every encoding that contains ASCII.
    """
    if _REFERENCE.search(data) is None:
        return data
    declared = frozenset(_DECLARED.findall(data))

    def number(match: re.Match[bytes]) -> bytes:
        name = match[1]
        characters = None if name in declared else known(name.decode("ascii"))
        if characters is None:
            return match[0]
        return b"".join(b"&#%d;" % ord(char) for char in characters)

    return _REFERENCE.sub(number, data)


def known(name: str) -> str | None:
    """Return what a named entity stands for; None if nobody defines it."""
    return html5.get(f"{name};") or _more().get(name)


@cache
def _more() -> dict[str, str]:
    text = resources.files("fonds.sources").joinpath("entities.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return {name: "".join(chr(int(point, 16)) for point in points.split()) for name, points in rows}
