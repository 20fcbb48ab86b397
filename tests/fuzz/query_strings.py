"""Queries as nobody would type them: grown from the grammar, broken by tokens, broken by bytes."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from fonds.search.fields import names
from tests.search.queries import QUERIES

MOST = 400  # characters of most strings
_LONG = 20_000  # of one in a thousand
_TOKENS = (
    "AND", "OR", "NOT", "TO", "&&", "||", "!", "+", "-", "(", ")", "[", "]", "{", "}", '"', "~",
    "^", "*", "?", ":", "\\", "/", "/.*/", "/(a|b)+/", "/[^a]{2,3}/", "/a{1000}/",
    "/((((a*)*)*)*)/",
    "~2", "~0", "~99", "~0.5", "^2", "^0", "^-1", "^1e400", "[* TO *]",
    "[1990 TO 2000}", "{a TO b]",
    "[a", ":>1", ":<=", ":*", "_exists_:", "*:*", "**", "?*?", "*a", "a*", "a?b*c", "<", ">", "=",
    "“", "”", "’", "\u00a0", "\u2028", "\r\n", "\t", "\x00", "\ufeff", "\u202e", "𝔸", "ﬁ", "é",
    "e\u0301", "ß", "İ", "\ud800", "10.1000/x(1)<2::AID>3.0", "ark:/67375/6H6-N49F7FRR-Q", "1e999",
    "-0", "99999999999999999999", "NaN", "true", "brain", "cerveau", "l'évolution", "disease-free",
)  # fmt: skip
_ALPHABET = [*'+-&|!(){}[]^"~*?:\\/<>= \t\n', *"abeéxyz01829", "\x00", "\u0301", "’", "\U0001f9ea"]


class Strings:
    """Makes queries, always the same for one seed."""

    def __init__(self, seed: int) -> None:
        self._draw = random.Random(seed)
        self._fields = [*names(), "nothing", "titel", "a.b.c", ""]
        self._ways: Sequence[Callable[[], str]] = (
            lambda: self._grown(0), lambda: self._grown(0), self._tokens, self._broken,
            self._broken, self._characters, self._bytes, self._nested,
        )  # fmt: skip

    def make(self) -> str:
        """Return the next query."""
        text = self._draw.choice(self._ways)()
        if self._draw.random() < 0.001:
            return (text or "a ") * (_LONG // max(1, len(text)))
        return text[:MOST]

    def _word(self) -> str:
        return self._draw.choice(_TOKENS[-12:])

    def _grown(self, depth: int) -> str:
        """Return a query of the grammar, most of them valid."""
        draw = self._draw
        kind = draw.randrange(10 if depth < 4 else 6)
        word = self._word()
        match kind:
            case 0:
                return word
            case 1:
                return f'"{word} {self._word()}"{draw.choice(("", "~2", "~", "^3"))}'
            case 2:
                return f"{word}{draw.choice(('*', '?', '~', '~1', '^2', '*^0.5'))}"
            case 3:
                open_, close = draw.choice("[{"), draw.choice("]}")
                ends = [draw.choice(("*", "1990", "a", '"b c"', "-5")) for _ in range(2)]
                return f"{draw.choice(self._fields)}:{open_}{ends[0]} TO {ends[1]}{close}"
            case 4:
                return f"/{draw.choice(('a', '.*b', '[a-c]+', '(x|y){1,3}', 'é?'))}/"
            case 5:
                return f"{draw.choice(self._fields)}:{word}"
            case 6:
                return f"{draw.choice(self._fields)}:({self._grown(depth + 1)})"
            case 7:
                return f"({self._grown(depth + 1)}){draw.choice(('', '^2', '^1e5'))}"
        operator = draw.choice((" ", " AND ", " OR ", " NOT ", " && ", " || ", " +", " -", " !"))
        return f"{self._grown(depth + 1)}{operator}{self._grown(depth + 1)}"

    def _tokens(self) -> str:
        count = self._draw.randrange(1, 12)
        return self._draw.choice(("", " ")).join(self._draw.choices(_TOKENS, k=count))

    def _broken(self) -> str:
        """Return a real query with a few changes."""
        text = list(self._draw.choice(QUERIES))
        for _ in range(self._draw.randrange(1, 5)):
            at = self._draw.randrange(len(text) + 1)
            match self._draw.randrange(4):
                case 0:
                    text[at : at + self._draw.randrange(1, 6)] = []
                case 1:
                    text[at:at] = self._draw.choice(_TOKENS)
                case 2:
                    text[at:at] = text[at : at + 8]
                case _:
                    text[at : at + 1] = self._draw.choice(_ALPHABET)
        return "".join(text)

    def _characters(self) -> str:
        return "".join(self._draw.choices(_ALPHABET, k=self._draw.randrange(1, 40)))

    def _bytes(self) -> str:
        return self._draw.randbytes(self._draw.randrange(1, 40)).decode("utf-8", "replace")

    def _nested(self) -> str:
        count = self._draw.randrange(1, 200)
        opened = self._draw.choice(("(", "title:(", "NOT (", "+(", '("'))
        return opened * count + self._word() + ")" * self._draw.choice((count, count, count - 1))
