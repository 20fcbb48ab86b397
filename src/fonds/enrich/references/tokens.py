"""A reference as the labeller sees it: tokens, and what is told of each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import msgspec

NONE = "-"  # the label of a token in no field
_TOKEN = re.compile(r"[^\W\d_]+|\d+|[^\w\s]|_")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d\Z")
_MONTHS = frozenset(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ]
)
_CUES = {
    **dict.fromkeys(("vol", "volume", "bd", "band", "tome", "t"), "VOLUME"),
    **dict.fromkeys(("no", "nr", "n", "issue", "number", "num", "heft"), "NUMBER"),
    **dict.fromkeys(("p", "pp", "pages", "page", "s"), "PAGES"),
    **dict.fromkeys(("ed", "eds", "editor", "editors", "hrsg", "dir", "dirs"), "EDITOR"),
    **dict.fromkeys(("in", "dans"), "IN"),
    **dict.fromkeys(("press", "verlag", "publisher", "publishers", "presses", "éditions"), "PRESS"),
    **dict.fromkeys(("univ", "university", "université", "universität"), "UNIVERSITY"),
    **dict.fromkeys(("proc", "proceedings", "conference", "symposium", "workshop"), "PROCEEDINGS"),
    **dict.fromkeys(("j", "journal", "rev", "review", "lett", "trans", "ann"), "JOURNAL"),
    **dict.fromkeys(("http", "https", "www", "url"), "WEB"),
    **dict.fromkeys(("doi", "arxiv", "pmid", "pmc", "isbn", "issn"), "NUMBERED"),
    **dict.fromkeys(("phd", "thesis", "dissertation", "thèse", "msc"), "THESIS"),
    **dict.fromkeys(("and", "et", "al", "und", "&"), "AND"),
}


class Token(msgspec.Struct, frozen=True):
    """A piece of a reference and where it stands in it."""

    text: str
    begin: int
    end: int


def tokens(text: str) -> list[Token]:
    """Cut a reference into runs of letters, runs of digits and signs."""
    return [Token(one.group(), *one.span()) for one in _TOKEN.finditer(text)]


def features(found: Sequence[Token]) -> list[list[str]]:
    """Return what is told of each token, its neighbours two to either side included."""
    told = [_told(token.text) for token in found]
    size = len(found)
    rows = []
    for at, token in enumerate(found):
        own = told[at].own
        row = ["b", *own, f"place={10 * at // size}"]
        if at and found[at - 1].end == token.begin:
            row.append("joined")
        row += told[at - 2].near[0] if at > 1 else ("-2:END",)
        row += told[at - 1].near[1] if at else ("-1:END",)
        row += told[at + 1].near[2] if at + 1 < size else ("1:END",)
        row += told[at + 2].near[3] if at + 2 < size else ("2:END",)
        if at + 1 < size:
            row.append(f"pair={own[1]}|{told[at + 1].own[1]}")
        if at:
            row.append(f"back={told[at - 1].own[0]}|{own[1]}")
        rows.append(row)
    return rows


class _Told(msgspec.Struct, frozen=True):
    """What is told of a token, and what of it is told of its neighbours."""

    own: tuple[str, ...]
    near: tuple[tuple[str, ...], ...]  # as it stands two before one, before, behind, two behind


@lru_cache(maxsize=20_000)  # signs, years, names of journals: most come again
def _told(text: str) -> _Told:
    own = _own(text)
    shared = (*own[:2], *own[7:])
    near = tuple(tuple(f"{shift}:{one}" for one in shared) for shift in (-2, -1, 1, 2))
    return _Told(tuple(own), near)


def _own(text: str) -> list[str]:
    low = text.lower()
    told = [
        f"w={low}", f"s={_shape(text)}", f"p2={low[:2]}", f"p3={low[:3]}", f"e1={low[-1:]}",
        f"e2={low[-2:]}", f"e3={low[-3:]}",
    ]  # fmt: skip
    if _YEAR.match(text):
        told.append("YEAR")
    if low in _MONTHS:
        told.append("MONTH")
    cue = _CUES.get(low)
    if cue:
        told.append(cue)
    return told


def _shape(text: str) -> str:
    if text.isdigit():
        return f"9{min(len(text), 5)}"
    if not text[0].isalpha():
        return text
    if len(text) == 1:
        return "A" if text.isupper() else "a"
    if text.isupper():
        return "AA"
    return "Aa" if text[0].isupper() else "aa"
