"""Formulas that publishers keep in processing instructions, which the parser leaves out.

IOP writes `<?TeX \\alpha ?>` where others have an element, in its JATS `<?CDATA \\alpha ?>` within
one. The first become elements of the name `TeX`, the second the text they stand for.
"""

from __future__ import annotations

import re

_TEX = re.compile(rb"<\?TeX\s(.*?)\?>", re.DOTALL)
_TEXT = re.compile(rb"<\?CDATA\s(.*?)\?>", re.DOTALL)


def keep(data: bytes) -> bytes:
    """Return the bytes with their TeX instructions as elements or text; line numbers stay."""
    if b"<?TeX" in data:
        data = _TEX.sub(lambda match: b"<TeX>" + _escaped(match[1]) + b"</TeX>", data)
    if b"<?CDATA" in data:
        data = _TEXT.sub(lambda match: _escaped(match[1]), data)
    return data


def _escaped(text: bytes) -> bytes:
    return text.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
