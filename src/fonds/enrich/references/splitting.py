"""Parts an entry of a bibliography that holds several works: "(a) ...; (b) ...", or "...; ...".

Chemists number the works of a note by letters, others join them by semicolons. An entry is parted
only where the signs are sure: letters or numbers in their order from the first, each with a year
behind it; or a semicolon between the pages of one work and the authors of the next. Semicolons
between authors, before an identifier or an address, part nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_HEAD = re.compile(r"\s*(?:\[\d{1,4}\]|\(\d{1,4}\)|\d{1,4}\.?)?[\s.:]*")  # number of the note
_MARKS = (
    (re.compile(r"(?<![^\s;.,])\(?([a-z])\)(?=\s+\S)"), "abcdefghijklmnopqrstuvwxyz"),
    (re.compile(r"(?<![^\s;.,])[(\[]?([1-9])[)\]](?=\s+\S)"), "123456789"),
)
_NAME = (
    r"(?:[A-ZÀ-Þ][\w'’-]+(?:[ -][A-ZÀ-Þ][\w'’-]+)?,? (?:[A-ZÀ-Þ]\.?[- ]?){1,4}"
    r"(?=[,.;&(]| et | and |\s)"
    r"|(?:[A-ZÀ-Þ]\.[ -]?){1,3} ?[A-ZÀ-Þ][\w'’-]+(?=[,;.]| et | and | & ))"
)
# pages, a volume or a year in parentheses, a semicolon, the author of the next
_BETWEEN = re.compile(rf"(?<=[\d)])\.?;\s+(?:and |see also |et )?(?={_NAME})")
_LEAST = 20  # characters of a work
_MOST = 2_000  # characters of an entry that is looked at


def parted(text: str) -> tuple[str, ...]:
    """Return the works of an entry as printed; the entry alone where no sign is sure."""
    plain = " ".join(text.split())
    if len(plain) <= _MOST and len(_YEAR.findall(plain)) > 1:
        for found in (*(_marked(plain, mark, order) for mark, order in _MARKS), _joined(plain)):
            if len(found) > 1:
                return found
    return (text,)


def _marked(text: str, mark: re.Pattern[str], order: str) -> tuple[str, ...]:
    """Part at marks that come in their order, the first at the beginning."""
    begin = _HEAD.match(text)
    start = begin.end() if begin is not None else 0
    found: list[re.Match[str]] = []
    for one in mark.finditer(text, start if order[0] == "a" else 0):
        if len(found) < len(order) and one[1] == order[len(found)]:
            found.append(one)
    if not found or found[0].start() > start:
        return ()
    ends = [*(one.start() for one in found[1:]), len(text)]
    return _sure([text[one.end() : end] for one, end in zip(found, ends, strict=True)])


def _joined(text: str) -> tuple[str, ...]:
    """Part at semicolons between one work and the next, each with its year."""
    places = [(0, 0), *(one.span() for one in _BETWEEN.finditer(text)), (len(text), len(text))]
    return _sure([text[left[1] : right[0]] for left, right in pairwise(places)])


def _sure(pieces: Sequence[str]) -> tuple[str, ...]:
    """Return pieces that all look like works; else none."""
    works = tuple(piece.strip(" ;") for piece in pieces)
    sure = all(len(one) >= _LEAST and _YEAR.search(one) for one in works)
    return works if sure and len(works) > 1 else ()
