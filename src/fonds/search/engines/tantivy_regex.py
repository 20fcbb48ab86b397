"""Lucene's regular expressions, rewritten as tantivy's.

Both match whole tokens, yet they write things differently: `^` and `$` are plain characters for
Lucene, `"` quotes, `@` is any text, `<1-12>` a range of numbers, and a second quantifier repeats
the first instead of making it lazy.
"""

from __future__ import annotations

import re

from fonds.errors import ExpressionInvalid
from fonds.search.engines.tantivy_patterns import escape

_REPEAT = re.compile(r"[*+?]|\{\d+(?:,\d*)?\}")
_INTERVAL = re.compile(r"<(\d{1,9})-(\d{1,9})>")
_MOST_NUMBERS = 1_000
_MOST_REPEATS = 1_000


def rust_regex(pattern: str) -> str:
    """Rewrite an expression; raises ExpressionInvalid at what cannot be expressed."""
    return _Rewriter(pattern).whole()


class _Rewriter:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0

    def whole(self) -> str:
        written = self._union()
        if self._at < len(self._pattern):
            raise self._error("a parenthesis is closed that was not opened")
        return written

    def _error(self, reason: str) -> ExpressionInvalid:
        return ExpressionInvalid(expression=self._pattern, position=self._at + 1, reason=reason)

    def _peek(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _union(self) -> str:
        branches = [self._sequence()]
        while self._peek() == "|":
            self._at += 1
            branches.append(self._sequence())
        return "|".join(branches)

    def _sequence(self) -> str:
        written: list[str] = []
        while (char := self._peek()) and char not in "|)":
            repeat = _REPEAT.match(self._pattern, self._at)
            if repeat is not None:
                raise self._error("there is nothing to repeat")
            atom = self._atom(char)
            while (repeat := _REPEAT.match(self._pattern, self._at)) is not None:
                atom = f"(?:{atom}){self._repeated(repeat[0])}"
                self._at = repeat.end()
            written.append(atom)
        return "".join(written)

    def _repeated(self, repeat: str) -> str:
        if any(int(number) > _MOST_REPEATS for number in re.findall(r"\d+", repeat)):
            raise self._error(f"more than {_MOST_REPEATS} repetitions")
        return repeat

    def _atom(self, char: str) -> str:
        match char:
            case "(":
                return self._group()
            case "[":
                return self._class()
            case '"':
                return self._quoted()
            case "\\":
                self._at += 2
                if self._at > len(self._pattern):
                    raise self._error("nothing follows the backslash")
                return escape(self._pattern[self._at - 1])
            case "<":
                return self._interval()
            case "~" | "&" | "#":
                raise self._error(f"the operator {char} is not available; escape it if it is meant")
            case "{" | "}":
                raise self._error("a repetition is written {n}, {n,} or {n,m}")
        self._at += 1
        return {"@": "(?:.*)", ".": "."}.get(char) or escape(char)

    def _group(self) -> str:
        self._at += 1
        written = self._union()
        if self._peek() != ")":
            raise self._error("a parenthesis is not closed")
        self._at += 1
        return f"(?:{written})"

    def _quoted(self) -> str:
        end = self._pattern.find('"', self._at + 1)
        if end < 0:
            raise self._error("a quote is not closed")
        text = self._pattern[self._at + 1 : end]
        self._at = end + 1
        return f"(?:{escape(text)})"

    def _interval(self) -> str:
        match = _INTERVAL.match(self._pattern, self._at)
        if match is None:
            raise self._error("a range of numbers is written <n-m>")
        low, high = sorted((int(match[1]), int(match[2])))
        if high - low > _MOST_NUMBERS:
            raise self._error(f"more than {_MOST_NUMBERS} numbers")
        self._at = match.end()
        width = len(match[1]) if len(match[1]) == len(match[2]) else 0
        return "(?:" + "|".join(f"{number:0{width}d}" for number in range(low, high + 1)) + ")"

    def _class(self) -> str:
        self._at += 1
        negated = self._peek() == "^"
        self._at += negated
        written: list[str] = []
        while (char := self._peek()) and char != "]":
            if char == "\\":
                self._at += 1
                char = self._peek()
            self._at += 1
            is_range = char == "-" and written and self._peek() not in ("", "]")
            is_range = is_range and self._pattern[self._at - 2] != "\\"
            written.append("-" if is_range else escape(char))
        if not self._peek():
            raise self._error("a bracket is not closed")
        if not written:
            raise self._error("a bracket is empty")
        self._at += 1
        return f"[{'^' if negated else ''}{''.join(written)}]"
