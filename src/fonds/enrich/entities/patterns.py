"""What has a form of its own: dates, addresses, identifiers, grants, calls of references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from fonds.enrich.entities.mention import Kind, Mention
from fonds.enrich.places import joined, matches_at, matches_within, places_of

_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|"
    r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)"
)
_YEAR = r"(?:1[5-9]|20)\d\d"
_RULES: tuple[tuple[Kind, float, re.Pattern[str]], ...] = (
    (
        "date",
        0.95,
        re.compile(rf"\b(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er)? {_MONTH},? {_YEAR}\b"),
    ),
    ("date", 0.95, re.compile(rf"\b{_MONTH} (?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?, {_YEAR}\b")),
    ("date", 0.95, re.compile(rf"\b{_YEAR}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b")),
    ("date", 0.9, re.compile(rf"(?<![\d] )\b{_MONTH},? {_YEAR}\b")),
    (
        "date",
        0.8,
        re.compile(
            rf"\b(?:[Ii]n|[Ss]ince|[Uu]ntil|[Dd]uring|[Ff]rom|[Bb]etween|[Ee]n|[Dd]epuis|"
            rf"[Jj]usqu'en) ({_YEAR})\b(?![-–\d]| and \d| et \d)"
        ),
    ),
    ("url", 0.99, re.compile(r"\bhttps?://[^\s<>\"'\]\)}]+[^\s<>\"'\]\)}.,;:]")),
    ("identifier", 0.99, re.compile(r"\b10\.\d{4,9}/[^\s\"<>]+[^\s\"<>.,;:)\]]")),
    ("identifier", 0.95, re.compile(r"\barXiv:\d{4}\.\d{4,5}(?:v\d+)?\b")),
    (
        "identifier",
        0.9,
        re.compile(r"\b(?:PRJ[DEN][A-Z]\d+|GSE\d{3,7}|SR[APRX]\d{6,9}|NCT\d{8})\b"),
    ),
    ("grant", 0.95, re.compile(r"\bANR-\d\d-[A-Z0-9]{4}-\d{4}(?:-\d\d)?\b")),
    (
        "grant",
        0.8,
        re.compile(
            r"\b(?:[Gg]rant|[Aa]ward|[Cc]ontract|[Ss]ubvention|[Cc]ontrat)s?(?: agreement)?"
            r"(?: (?:[Nn]umbers?|[Nn]os?\.?|n°|#))?[ :#]{1,2}"
            r"((?=[A-Z0-9/.-]*\d)[A-Z0-9][A-Z0-9/.-]{3,}[A-Z0-9])\b"
        ),
    ),
    (
        "citation",
        0.9,
        re.compile(
            r"\b[A-ZÀ-Þ][\w'’-]+(?: (?:and|et|&) [A-ZÀ-Þ][\w'’-]+| et al\.?,?)?,? "
            rf"\(?{_YEAR}[a-z]?\b(?=[),;])"
        ),
    ),
)
_MONTHS = re.compile(_MONTH)
_YEARS = re.compile(_YEAR)
_BEFORE_YEAR = 24  # characters: "31st September, ", "September 31st, ", "between "
_BEHIND_YEAR = 12  # what a rule looks at behind a year: " and 1", or the rest of a date
_NAMES_BEFORE = 4  # blanks before the year of a citation: "Doe and Roe, (", "Doe et al., ("


class _Anchors(msgspec.Struct, frozen=True):
    """Words one of which stands in every match of a rule, that many characters from its begin."""

    words: tuple[str, ...]
    before: int = 0

    def places(self, text: str) -> list[int]:
        """Return where a match can begin."""
        found = places_of(text, self.words)
        return [at - self.before for at in found if at >= self.before] if self.before else found


# by what the expression of a rule begins with; rules without are tried near the years
_ANCHORS: dict[str, _Anchors] = {
    r"\bhttp": _Anchors(("http",)),
    r"\b10\.": _Anchors(("10.",)),
    r"\barXiv": _Anchors(("arXiv:",)),
    r"\b(?:PRJ": _Anchors(("PRJ", "GSE", "SR", "NCT")),
    r"\bANR": _Anchors(("ANR-",)),
    r"\b(?:[Gg]rant": _Anchors(("rant", "ward", "ontra", "ubvention"), before=1),
}
_ANCHORED = tuple(
    (*rule, next((anchors for start, anchors in _ANCHORS.items()
                  if rule[2].pattern.startswith(start)), None))
    for rule in _RULES
)  # fmt: skip


def find_patterns(text: str) -> Iterator[Mention]:
    """Give what has a form of its own, rule by rule; a longer date covers a shorter one."""
    taken: set[int] = set()
    years = [match.start() for match in _YEARS.finditer(text)]
    near = {"date": _dated(years), "citation": _cited(text, years)}
    for kind, confidence, pattern, anchors in _ANCHORED:
        if anchors is not None:
            matches = matches_at(pattern, text, anchors.places(text))
        else:
            matches = matches_within(pattern, text, near[kind])
        for match in matches:
            group = 1 if pattern.groups else 0
            begin, end = match.span(group)
            if kind == "citation" and _MONTHS.match(match[group]):
                continue
            if kind == "date":
                if end in taken:
                    continue
                taken.add(end)
            yield Mention(kind, _value(kind, match[group]), "rule", confidence, begin, end)


def _dated(years: Sequence[int]) -> list[tuple[int, int]]:
    """Return where a date may stand: around the years."""
    return joined((max(0, at - _BEFORE_YEAR), at + _BEHIND_YEAR) for at in years)


def _cited(text: str, years: Sequence[int]) -> list[tuple[int, int]]:
    """Return where a work may be cited: a year and the names before it."""

    def begin(at: int) -> int:
        for _ in range(_NAMES_BEFORE):
            at = text.rfind(" ", 0, at)
            if at < 0:
                return 0
        return at + 1

    behind = (at for at in years if text[at - 1 : at] in (" ", "("))
    return joined((begin(at), at + _BEHIND_YEAR) for at in behind)


def _value(kind: Kind, text: str) -> str:
    text = " ".join(text.split())
    if kind == "identifier" and text.startswith("10."):
        return text.lower()
    return text.replace("(", "") if kind == "citation" else text
