"""Formulas that publishers keep in processing instructions, which the parser leaves out.

IOP writes `<?TeX \\alpha ?>` where others have an element. They become elements of the name `TeX`.
"""

from __future__ import annotations

import re

_TEX = re.compile(rb"<\?TeX\s(.*?)\?>", re.DOTALL)


def keep(data: bytes) -> bytes:
    """Return the bytes with their TeX instructions as elements; line numbers stay."""
    return _TEX.sub(_element, data) if b"<?TeX" in data else data


def _element(match: re.Match[bytes]) -> bytes:
    escaped = match[1].replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")
    return b"<TeX>" + escaped + b"</TeX>"
