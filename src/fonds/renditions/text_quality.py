"""How well a text reads: a cheap measure on samples, the same for XML, PDF and OCR.

No dictionary: thirty languages would need thirty, and old spellings are in none. What has the form
of a word in any language is told from what recognition makes of dirt: letters alone but for
hyphens and the like, capitals at the start or throughout, a vowel.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from fonds.record import TextQuality

_SAMPLES = 3
_SAMPLE = 300  # characters
_PART = r"(?![bcdfghjklmnpqrstvwxz]{3,}(?!\w))(?:[^\W\d_][^\W\d_A-Z]{0,40}|[A-Z]{2,40})"
_WORD = re.compile(rf"(?<!\S)[^\w\s]*{_PART}(?:[-'’‐‑/.,;:–—，。、]+{_PART})*[^\w\s]*(?!\S)")
_GARBAGE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0e-\x1f\x7f\u25a0-\u25ff]|\\(cid:\\d+\\)")
_BROKEN = re.compile(r"[^\W\d_][-\u00ad]\n[^\W\d_]")


def measure(text: str) -> TextQuality:
    """Return the quality of a text; an empty one has none of it."""
    samples = _samples(text)
    words = sum(map(_with_letters, samples))
    return TextQuality(
        word_like=_share(sum(len(_WORD.findall(sample)) for sample in samples), words),
        garbage=_share(sum(len(_GARBAGE.findall(s)) for s in samples), sum(map(len, samples))),
        broken=_share(sum(len(_BROKEN.findall(sample)) for sample in samples), words),
    )


def _samples(text: str) -> Sequence[str]:
    """Return stretches spread evenly over a text, cut between words."""
    if len(text) <= _SAMPLES * _SAMPLE:
        return (text,)
    step = (len(text) - _SAMPLE) // (_SAMPLES - 1)
    return [_whole(text[at : at + _SAMPLE]) for at in range(0, step * _SAMPLES, step)]


def _whole(sample: str) -> str:
    """Leave out the words that a cut went through."""
    return sample[sample.find(" ") + 1 : sample.rfind(" ")] if " " in sample else sample


def _with_letters(sample: str) -> int:
    return sum(_has_letter(token) for token in sample.split())


def _has_letter(token: str) -> bool:
    if token.isalpha() or token.lower() != token.upper():
        return True
    return not token.isascii() and any(map(str.isalpha, token))  # a script without capitals


def _share(count: int, total: int) -> float:
    return round(min(count / total, 1.0), 4) if total else 0.0
