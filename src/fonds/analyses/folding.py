"""Names as they are compared: without case, accents and punctuation."""

from __future__ import annotations

import re
import unicodedata

_NOT_LETTERS = re.compile(r"[\W_]+")


def folded(text: str) -> str:
    """Return letters and digits alone, without case and accents."""
    if text.isascii():
        return _NOT_LETTERS.sub(" ", text.lower()).strip()
    spread = unicodedata.normalize("NFKD", text.casefold())
    return _NOT_LETTERS.sub(" ", "".join(c for c in spread if not unicodedata.combining(c))).strip()
