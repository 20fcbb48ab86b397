"""Names as they are compared: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata

_NOT_LETTERS = re.compile(r"[\W_]+")
_MARKS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")  # combining


def folded(text: str) -> str:
    """Return letters and digits alone, without case and accents."""
    if text.isascii():
        return _NOT_LETTERS.sub(" ", text.lower()).strip()
    spread = unicodedata.normalize("NFKD", text.casefold())
    return _NOT_LETTERS.sub(" ", _MARKS.sub("", spread)).strip()
