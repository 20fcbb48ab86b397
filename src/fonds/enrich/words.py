"""Words as text mining counts them: tokens, stop words and stems of one language.

Stop words (`stop_words.tsv`): English and French of Inist's ezs/teeft, French and the others of
stopwords-iso; both MIT. Stems are Snowball's. A language that is in neither list has its words
counted as they are written, and no stop words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources

import Stemmer

# a word with its inner hyphens and apostrophes, a sign, or the end of a paragraph
_TOKEN = re.compile(r"\w+(?:[-'’]\w+)*|[^\w\s]|\n\s*\n")
# ... with elided articles by themselves: "l'", "analyse"
_ELIDING = re.compile(
    r"(?:[cdjlmnst]|qu|dell?|nell?|all?|sull?)['’](?=\w)|" + _TOKEN.pattern, re.IGNORECASE
)
_ELIDE = frozenset({"fre", "ita"})
_WORD = re.compile(r"[^\W\d_]")  # has a letter
_CACHED = 200_000  # stems kept by one `Words`

_STEMMERS = {
    "eng": "english", "fre": "french", "ger": "german", "spa": "spanish", "ita": "italian",
    "por": "portuguese", "dut": "dutch", "swe": "swedish", "dan": "danish", "nor": "norwegian",
    "fin": "finnish", "rus": "russian", "rum": "romanian", "hun": "hungarian", "tur": "turkish",
}  # fmt: skip
# words that may stand within a term, never at its end: "degré de liberté"
_LINKS = {
    "eng": frozenset({"of"}),
    "fre": frozenset({"de", "d'", "du", "des", "à", "au", "aux", "en", "la", "l'", "le", "les"}),
    "spa": frozenset({"de", "del", "la", "el", "los", "las"}),
    "por": frozenset({"de", "do", "da", "dos", "das"}),
    "ita": frozenset({"di", "del", "della", "dei", "delle", "da", "d'", "dell'"}),
}
SIGN, STOP, LINK, OTHER, TERM = range(5)


class Words:
    """The words of one language (ISO 639-2/B); unknown ones are allowed."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.known = language in _STEMMERS
        self.stop = stop_words(language)
        self.links = _LINKS.get(language, frozenset())
        # 0: without a memory of its own, which makes a new word cost thrice as much once it is full
        self._stemmer = Stemmer.Stemmer(_STEMMERS[language], 0) if self.known else None
        self._token = _ELIDING if language in _ELIDE else _TOKEN
        self._seen: dict[str, tuple[int, str]] = {}

    def tokens(self, text: str) -> list[str]:
        """Return words and signs in their order, as written; a paragraph's end is one of them."""
        return self._token.findall(text)

    def look(self, token: str) -> tuple[int, str]:
        """Return what a token can be within a term, and its stem; case does not matter."""
        found = self._seen.get(token)
        if found is None:
            if len(self._seen) >= _CACHED:
                self._seen.clear()
            plain = _normal(token)
            stem = self._stemmer.stemWord(plain) if self._stemmer is not None else plain
            found = self._seen[token] = self._kind(plain), stem
        return found

    def stems(self, words: Iterable[str]) -> list[str]:
        """Return the stems of many words at once."""
        plain = list(map(_normal, words))
        return self._stemmer.stemWords(plain) if self._stemmer is not None else plain

    def _kind(self, token: str) -> int:
        if not _WORD.search(token):
            return OTHER if token[:1].isdigit() else SIGN
        if token in self.links:
            return LINK
        if token in self.stop or token.endswith("'"):
            return STOP
        if "_" in token:  # a placeholder, an underlined blank
            return SIGN
        return TERM if len(token) > 1 else OTHER

    def phrase(self, text: str) -> str:
        """Return the stems of a phrase, parted by blanks: what two spellings of it share."""
        tokens = self.tokens(text)
        seen = map(self.look, tokens)
        return " ".join(stem for kind, stem in seen if kind != SIGN)


def _normal(text: str) -> str:
    """Return a text in lower case, with one kind of apostrophe and no soft hyphens."""
    return text.lower().replace("’", "'").replace("\u00ad", "")


@cache
def stop_words(language: str) -> frozenset[str]:
    """Return the stop words of a language; none for one that has no list."""
    text = resources.files("fonds.enrich").joinpath("stop_words.tsv").read_text("utf-8")
    for line in text.splitlines():
        name, _, words = line.partition("\t")
        if name == language:
            return frozenset(words.split(" "))
    return frozenset()
