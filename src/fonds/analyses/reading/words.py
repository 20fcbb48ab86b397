"""Words and phrases that a reader looks for, found in texts by the rules of the search.

Case, accents, ligatures and elisions do not matter, nor what stands between two words; `*` and `?`
stand for letters of one word. A text is scanned with one expression, without its accents; where it
holds letters that stand for two ("œ"), with one that knows them; where it holds what neither can
see (soft hyphens, loose accents), it is cut into words as the index cuts it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property

from fonds.errors import ParameterInvalid
from fonds.search.analysis import fold, spans
from fonds.search.query.lucene import read_query
from fonds.search.query.tree import Node

MOST_PHRASES = 20  # of one question
_MOST_CHARACTERS = 200  # of one phrase
_BETWEEN = r"[\W_]{1,60}(?:(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)['’ʼ′]\W{0,3})?"
_UNSEEN = re.compile(
    "[\u00ad\u0180-\u024f\u0300-\u036f\u1e00-\u1eff\u200b-\u200d\u2060\ufb07-\ufeff]"
)
_WORD = re.compile(r"(?:[^\W_]|[*?])+")
_LETTER, _LETTERS = "[^\\W_]", "[^\\W_]*"
_SIGNS = re.compile(r'["\\]')
# blocks of letters that are folded: Latin with accents, its ligatures
_BLOCKS = (range(0xA0, 0x180), range(0xFB00, 0xFB07))


class Scanned:
    """A text made ready for phrases; for `many`, its accents are taken off once."""

    def __init__(self, text: str, *, many: bool = False) -> None:
        self.many = many
        self.text = text
        lowered = text.lower()
        self.is_plain = text.isascii()
        self.has_unseen = len(lowered) != len(text) or bool(_UNSEEN.search(text))
        self.lowered = lowered

    @cached_property
    def bare(self) -> str | None:
        """Return it in small letters without accents; None for few phrases or "œ"."""
        if self.is_plain:
            return self.lowered
        if not self.many:  # slower than one phrase with all its accents
            return None
        plain, ones, twos = _accents()
        if twos.search(self.lowered):
            return None
        # most texts have few accents: looking for them is faster than `str.translate`
        return ones.sub(lambda one: plain[one[0]], self.lowered)

    @cached_property
    def spans(self) -> list[tuple[int, int, str]]:
        """Return its words as the index cuts them."""
        return spans(self.text)


class Phrase:
    """One word or several that stand together."""

    def __init__(self, text: str) -> None:
        self.text = text  # as it was typed
        self._words = _words(text)

    @cached_property
    def _plain(self) -> re.Pattern[str]:
        return re.compile(_BETWEEN.join(_wild(one, "[a-z0-9]", "[a-z0-9]*") for one in self._words))

    @cached_property
    def _bare(self) -> re.Pattern[str]:
        return re.compile(_BETWEEN.join(_wild(one, _LETTER, _LETTERS) for one in self._words))

    @cached_property
    def _scan(self) -> re.Pattern[str]:
        return re.compile(_BETWEEN.join(map(_expression, self._words)))

    @cached_property
    def _each(self) -> list[re.Pattern[str]]:
        return [re.compile(_wild(word, _LETTER, _LETTERS)) for word in self._words]

    @property
    def empty(self) -> bool:
        """Tell whether nothing can be looked for: signs alone."""
        return not self._words

    @property
    def quoted(self) -> str:
        """Return the phrase as queries write it."""
        return f'"{_SIGNS.sub(" ", self.text).strip()}"'

    def query(self, *fields: str) -> Node:
        """Return the query that finds it in some fields; without any, wherever a search looks."""
        said = self.quoted
        return read_query(" OR ".join(f"{name}:{said}" for name in fields) if fields else said)

    def places(self, scanned: Scanned) -> Iterator[tuple[int, int]]:
        """Give begin and end of every place where it stands."""
        if scanned.has_unseen:
            yield from self._slowly(scanned)
            return
        lowered, at = scanned.bare, 0
        if lowered is None:
            lowered, scan = scanned.lowered, self._scan.search
        else:
            scan = (self._plain if scanned.is_plain else self._bare).search
        while match := scan(lowered, at):
            begin, end = match.span()
            before = begin > 0 and lowered[begin - 1].isalnum()
            if before or (end < len(lowered) and lowered[end].isalnum()):
                at = begin + 1
                continue
            yield begin, end
            at = end

    def _slowly(self, scanned: Scanned) -> Iterator[tuple[int, int]]:
        found, each = scanned.spans, self._each
        size, at = len(each), 0
        if size == 1 and self._words[0].isalnum():
            word = self._words[0]
            yield from ((begin, end) for begin, end, said in found if said == word)
            return
        while at + size <= len(found):
            window = found[at : at + size]
            if all(e.fullmatch(word) for e, (_, _, word) in zip(each, window, strict=True)):
                yield window[0][0], window[-1][1]
                at += size
            else:
                at += 1


def any_of(queries: Iterable[str]) -> str:
    """Return the query that finds what any of some queries find, whole within a longer one."""
    each = list(queries)
    return each[0] if len(each) == 1 else f"({' OR '.join(each)})"


def read_phrases(text: str, name: str = "words") -> tuple[Phrase, ...]:
    """Read phrases parted by commas, each once; raises ParameterInvalid."""
    parts = dict.fromkeys(filter(None, (" ".join(one.split()) for one in text.split(","))))
    found = tuple(map(Phrase, parts))
    for one in found:
        if one.empty or one.text.strip("*? ") == "":
            raise ParameterInvalid(name=name, value=one.text[:80], reason="a word was expected")
        if len(one.text) > _MOST_CHARACTERS:
            reason = f"a phrase has at most {_MOST_CHARACTERS} characters"
            raise ParameterInvalid(name=name, value=one.text[:80], reason=reason)
    if len(found) > MOST_PHRASES:
        reason = f"at most {MOST_PHRASES} phrases, parted by commas, were expected"
        raise ParameterInvalid(name=name, value=text[:80], reason=reason)
    return found


def _words(text: str) -> list[str]:
    """Return the words of a phrase in their searched form, with their wildcards."""
    return _WORD.findall(fold(text))


def _expression(word: str) -> str:
    """Return the expression of a word over a text in lower case."""
    found = _folded()
    pieces: list[str] = []
    at = 0
    while at < len(word):
        pair = word[at : at + 2]
        letters = found.get(word[at], "")
        if word[at] in "*?":
            pieces.append(_LETTERS if word[at] == "*" else _LETTER)
            at += 1
        elif len(pair) == 2 and pair in found:
            first, second = (_one(letter, found) for letter in pair)
            pieces.append(f"(?:{first}{second}|[{found[pair]}])")
            at += 2
        else:
            pieces.append(f"[{re.escape(word[at])}{letters}]" if letters else re.escape(word[at]))
            at += 1
    return "".join(pieces)


def _one(letter: str, found: dict[str, str]) -> str:
    letters = found.get(letter, "")
    return f"[{re.escape(letter)}{letters}]" if letters else re.escape(letter)


def _wild(word: str, letter: str, letters: str) -> str:
    parts: Sequence[str] = re.split(r"([*?])", word)
    return "".join({"*": letters, "?": letter}.get(part, re.escape(part)) for part in parts)


@cache
def _accents() -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    """Return letters with accents without them; what finds these, and those that are two."""
    found = _folded().items()
    ones = {letter: plain for plain, letters in found if len(plain) == 1 for letter in letters}
    twos = "".join(letters for plain, letters in found if len(plain) > 1)
    return ones, re.compile(f"[{''.join(ones)}]"), re.compile(f"[{twos}]")


@cache
def _folded() -> dict[str, str]:
    """Return the letters, in lower case, that are searched as each plain letter or pair."""
    found: defaultdict[str, str] = defaultdict(str)
    for block in _BLOCKS:
        for letter in map(chr, block):
            plain = fold(letter)
            if letter == letter.lower() and plain != letter and plain.isalnum():
                found[plain] += letter
    return dict(found)
