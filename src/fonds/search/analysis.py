"""How text becomes words: one function for indexing, searching, suggesting and highlighting.

Case, accents, ligatures, elisions (`l'`, `qu'`), hyphens, soft hyphens and the kind of apostrophe
do not matter. `fold` writes a text so that cutting it at everything that is neither letter nor
digit gives its words; the engine's own fast tokenizer does that. Ideographs and kana stand alone,
so that a word of two of them is a phrase. Unicode forms: UAX #15 (NFKD, NFC).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

Span = tuple[int, int, str]  # begin and end in the text, and the word

_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
_WORD = re.compile(r"[^\W_]+")
_ELIDED = re.compile(r"(?<![^\W_])(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)\Z")
_LONGEST_ELIDED = 7  # "puisqu" and the character before it
_APOSTROPHES = frozenset("\u2018\u2019\u02bc\u02b9\u2032\uff07")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")
_SIGNS = frozenset("\u2122\u00ae\u00a9\u2120")  # would otherwise grow into the word before them
_VOICING = frozenset("\u3099\u309a")  # part of the kana, not an accent
_LETTERS = str.maketrans(
    {
        "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th",
        "ħ": "h", "ı": "i", "ŋ": "n", "ς": "σ", "ĸ": "k", "ŧ": "t",
    }
)  # fmt: skip
# Han with extensions, hiragana, katakana
_ALONE = re.compile("([\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff])")


def fold(text: str) -> str:
    """Return the text with its words in their searched form, in the same order."""
    if text.isascii():
        folded = text.lower()
    else:
        # the runs first, then ASCII alone: lowering a whole text beyond ASCII is ten times slower
        folded = _BEYOND_ASCII.sub(_fold_match, text)
        folded = folded.encode().lower().decode()
    return _without_elisions(folded) if "'" in folded else folded


def tokens(text: str) -> list[str]:
    """Return the words of a text in their searched form."""
    return _WORD.findall(fold(text))


def spans(text: str) -> list[Span]:
    """Return the words with their places in the text as it is written."""
    if text.isascii():  # folded, it keeps its places
        return [(*match.span(), match.group()) for match in _WORD.finditer(fold(text))]
    found: list[Span] = []
    folded, places = _aligned(text)
    for match in _WORD.finditer(folded):
        begin, end = places[match.start()], places[match.end() - 1] + 1
        found.append((begin, end, match.group()))
    return found


def exact_fold(text: str) -> str:
    """Return the text in one Unicode form, with case and accents as they are."""
    if text.isascii():
        return text
    return _BEYOND_ASCII.sub(_exact_match, unicodedata.normalize("NFC", text))


def exact_tokens(text: str) -> list[str]:
    """Return the words of a text with case and accents as they are."""
    return _WORD.findall(exact_fold(text))


def _aligned(text: str) -> tuple[str, list[int]]:
    """Fold a text and tell for each character of the result which one it comes from."""
    pieces: list[str] = []
    places: list[int] = []
    at = 0
    for match in _BEYOND_ASCII.finditer(text):  # what lies between keeps its length
        pieces.append(text[at : match.start()].lower())
        places.extend(range(at, match.start()))
        for at, char in enumerate(match.group(), start=match.start()):
            folded = _fold_run(char)
            pieces.append(folded)
            places.extend([at] * len(folded))
        at = match.end()
    pieces.append(text[at:].lower())
    places.extend(range(at, len(text)))
    folded_text = "".join(pieces)
    if "'" in folded_text:
        folded_text = _without_elisions(folded_text)
    return folded_text, places


def _without_elisions(folded: str) -> str:
    """Blank out `l'` and its like; the length stays. Looking at apostrophes alone is fast."""
    pieces = folded.split("'")
    for at, following in enumerate(pieces[1:]):
        if following[:1].isalnum():
            match = _ELIDED.search(pieces[at][-_LONGEST_ELIDED:])
            if match is not None:
                size = len(match.group())
                pieces[at] = pieces[at][:-size] + " " * size
    return "'".join(pieces)


def _fold_match(match: re.Match[str]) -> str:
    return _fold_run(match.group())


@lru_cache(maxsize=50_000)
def _fold_run(run: str) -> str:
    """Fold a run of characters beyond ASCII."""
    plain = "".join(_replace(char) for char in run.lower().translate(_LETTERS))
    spread = unicodedata.normalize("NFKD", plain)
    bare = "".join(char for char in spread if char in _VOICING or not _is_mark(char))
    composed = unicodedata.normalize("NFC", bare).lower().translate(_LETTERS)
    kept = "".join(char if char.isalnum() or char == "'" else " " for char in composed)
    return _ALONE.sub(r" \1 ", kept)


def _exact_match(match: re.Match[str]) -> str:
    return _exact_run(match.group())


@lru_cache(maxsize=50_000)
def _exact_run(run: str) -> str:
    """Blank out what is no part of a word in a run of characters beyond ASCII."""
    return "".join(char if char.isalnum() else " " for char in run if char not in _INVISIBLE)


def _replace(char: str) -> str:
    if char in _APOSTROPHES:
        return "'"
    if char in _INVISIBLE:
        return ""
    return " " if char in _SIGNS else char


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M"
