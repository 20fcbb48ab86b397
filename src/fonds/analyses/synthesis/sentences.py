"""Sentences of running text, and which of them can stand alone as a quotation."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PARAGRAPH = re.compile(r"\n\s*\n")
_BLANK = re.compile(r"\s+")
_PLACEHOLDER = re.compile(r"\s*_placeholder_\w+_")
_HYPHEN = re.compile(r"(?<=[^\W\d_])[-\u00ad\u2010]\n\s*(?=[^\W\d_A-Z])")
# the end of a sentence, and what the next one begins with
_END = re.compile(r"(?<=[.!?…])(?:[\"'”’»)\]]|\s»)?\s+(?=[\"'“‘«(\[]?\s?[^\W\d_a-zà-öø-ÿ])")
# words whose full stop ends nothing
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\[])(?:[^\W\d_]|al|fig|figs|eq|eqs|tab|ref|refs|e\.g|i\.e|cf|vs|dr|mr|mrs|ms|prof|st|no|nos|"
    r"vol|pp|p|ch|chap|sect|sec|approx|ca|resp|etc|spp|sp|subsp|var|gen|nov|comb|ed|eds|éd|art|n°|"
    r"ex|p\. ex|mme|mlle|mm|env|max|min|dept|univ|inc|ltd|co|jr|sr|et al)\.$",
    re.IGNORECASE,
)  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_FOREIGN = re.compile(r"https?:|www\.|@|\bdoi\b|\bISSN\b|©|\bORCID\b|\bE-?mail\b", re.IGNORECASE)
_START = re.compile(r"[\"'“‘«(\[]?\s?[^\W\d_a-zà-öø-ÿ]")
LEAST_WORDS, MOST_WORDS = 8, 55
_LETTERS = 0.75  # share of letters and blanks
_CAPITALS = 0.35  # share of words in capitals
_WORD_BEFORE = 12  # characters that can hold an abbreviation
_MOST_CHARACTERS = 450


def split(text: str) -> Iterator[str]:
    """Give the sentences of a text; a paragraph's end ends one."""
    for paragraph in _PARAGRAPH.split(_HYPHEN.sub("", text)):
        plain = _BLANK.sub(" ", _PLACEHOLDER.sub("", paragraph)).strip()
        start = 0
        for end in _END.finditer(plain):
            if _ABBREVIATION.search(plain[max(start, end.start() - _WORD_BEFORE) : end.start()]):
                continue
            yield plain[start : end.end()].strip()
            start = end.end()
        if plain[start:]:
            yield plain[start:]


def can_stand(sentence: str) -> bool:
    """Tell whether a sentence is one: whole, of words, of a length that can be quoted."""
    if len(sentence) > _MOST_CHARACTERS or not _START.match(sentence):
        return False
    if sentence.rstrip("\"'”’») ]")[-1:] not in (".", "!", "?", "…") or _FOREIGN.search(sentence):
        return False
    words = _WORD.findall(sentence)
    if not LEAST_WORDS <= len(words) <= MOST_WORDS:
        return False
    readable = sum(map(str.isalpha, sentence)) + sentence.count(" ")
    capitals = sum(word.isupper() and len(word) > 1 for word in words)
    balanced = all(sentence.count(a) == sentence.count(b) for a, b in ("()", "[]", "«»", "“”"))
    return balanced and readable >= _LETTERS * len(sentence) and capitals <= _CAPITALS * len(words)
