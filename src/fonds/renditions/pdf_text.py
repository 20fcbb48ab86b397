"""Repairs the text that a PDF gives: ligatures, hyphens at line ends, stray characters."""

from __future__ import annotations

import re

# pdfium marks a hyphen it took from a line's end with U+FFFE or U+0002
_HYPHEN = "\ufffe"
_PLAIN = {
    "\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl",
    "\ufb05": "st", "\ufb06": "st", "\u00ad": _HYPHEN, "\u0002": _HYPHEN, "\u00a0": " ",
    "\u2028": "\n", "\u2029": "\n",
}  # fmt: skip
_SPECIAL = re.compile(f"[{''.join(_PLAIN)}]")
_MARKED = re.compile(r"\ufffe\s*")
_BROKEN = re.compile(r"(?<=[^\W\d_][^\W\d_])[-\u2010]\n([^\W\d_A-Z]{2,})")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_TRAILING = re.compile(r"[ \t]+\n")


def repair(text: str) -> str:
    """Return readable text: words whole, letters plain, lines as they were."""
    text = _SPECIAL.sub(lambda match: _PLAIN[match[0]], text.replace("\r", ""))
    if _HYPHEN in text:
        text = _MARKED.sub("", text)
    if "-\n" in text or "\u2010\n" in text:
        text = _BROKEN.sub(_join, text)
    text = _CONTROL.sub("", text)
    return _TRAILING.sub("\n", text) if " \n" in text or "\t\n" in text else text


def _join(match: re.Match[str]) -> str:
    """Join a word broken at a line's end; after capitals the hyphen is the word's own."""
    before = match.string[match.start() - 2 : match.start()]
    return f"-{match[1]}" if before.isupper() else f"{match[1]}\n"
