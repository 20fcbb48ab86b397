"""Repairs the text that a PDF gives: ligatures, hyphens at line ends, stray characters."""

from __future__ import annotations

import re

_LIGATURES = str.maketrans(
    {
        "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
        "\ufb05": "st", "\ufb06": "st", "\u00ad": "\ufffe", "\r": None, "\u00a0": " ",
        "\u2028": "\n", "\u2029": "\n", "\u0002": "\ufffe",
    }
)  # fmt: skip
# pdfium marks a hyphen it took from a line's end with U+FFFE or U+0002
_MARKED = re.compile(r"\ufffe\s*\n?\s*")
_BROKEN = re.compile(r"([^\W\d_]{2,})[-\u2010]\n([^\W\d_A-Z]{2,})")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_TRAILING = re.compile(r"[ \t]+\n")


def repair(text: str) -> str:
    """Return readable text: words whole, letters plain, lines as they were."""
    text = text.translate(_LIGATURES)
    text = _MARKED.sub("", text)
    if "-\n" in text or "\u2010\n" in text:
        text = _BROKEN.sub(_join, text)
    text = _CONTROL.sub("", text)
    return _TRAILING.sub("\n", text)


def _join(match: re.Match[str]) -> str:
    """Join a word broken at a line's end; a name or a compound in capitals keeps its hyphen."""
    before, after = match.groups()
    if before.isupper():
        return f"{before}-{after}"
    return f"{before}{after}\n"
