"""Finds the references of a plain text: the section that holds them, and where each begins."""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADING = re.compile(
    r"^[ \t]*(?:\d{1,2}\.?|[IVX]{1,5}\.?)?[ \t]*"
    r"(?:list of |liste des )?(?:cited |selected )?"
    r"(?:references?|références?|bibliograph(?:y|ie)|literature|literatur(?:verzeichnis)?|"
    r"works cited|referencias|referências|bibliograf[ií]a|riferimenti|literature cited|"
    r"references? (?:and notes|cited)|références? (?:bibliographiques|citées)|"
    r"referencias bibliográficas|referências bibliográficas)[ \t]*:?[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_END = re.compile(
    r"^[ \t]*(?:\d{1,2}\.?|[A-Z]\.?)?[ \t]*(?:appendi(?:x|ces)|annexes?|supplementa\w+\b|"
    r"acknowledge?ments?|remerciements|author contributions?|biograph(?:y|ies)|"
    r"(?:figure|table) (?:captions|legends))\b.{0,40}$",
    re.IGNORECASE | re.MULTILINE,
)
_YEAR = re.compile(r"(?<!\d)(?:1[5-9]|20)\d\d(?!\d)")
_MARKS = (
    re.compile(r"(?<!\S)\[(\d{1,4})\](?=\s)"),  # [1]
    re.compile(r"(?<!\S)\((\d{1,4})\)(?=\s)"),  # (1)
    re.compile(r"(?<!\S)(\d{1,4})\.(?=\s+[^\W\d])"),  # 1.
    re.compile(r"^[ \t]*(\d{1,4})(?=[ \t]+[^\W\d])", re.MULTILINE),  # 1 at a line's start
)
# a name with initials, after the end of a reference: "... 12-15. Doe J, Roe R ..."
_NAME = (
    r"[A-ZÀ-Þ][\w'’-]+(?:[ -][A-ZÀ-Þ][\w'’-]+)?,? (?:[A-ZÀ-Þ]\.?[- ]?){1,4}"
    r"(?=[,.;&(]| et | and |\s)"
)
_BEGINS = re.compile(rf"^[ \t]*(?:{_NAME}|(?:[A-ZÀ-Þ]\.[ -]?){{1,3}} ?[A-ZÀ-Þ][\w'’-]+[,;.])")
_AFTER = re.compile(rf"(?<=[\d\w)]\.)\s+(?={_NAME})")
_PAGE = re.compile(r"^[ \t]*(?:\d{1,4}|[ivxl]{1,6})[ \t]*$")
_HYPHEN = re.compile(r"(?<=[^\W\d_])-\n\s*(?=[a-zà-ÿ])")
_EARLIEST = 0.3  # of the text: a heading before it is a table of contents
_LEAST, _MOST = 25, 2_000  # characters of a reference
_MOST_SECTION = 400_000  # characters looked at
_MOST_FOUND = 5_000


def find_references(text: str) -> list[str]:
    """Return the references of a text as printed, one each; none where there is no section."""
    section = _section(text)
    if not section.strip():
        return []
    lines = [line for line in section.splitlines() if not _PAGE.match(line)]
    plain = _HYPHEN.sub("", "\n".join(lines))
    pieces = _by_numbers(plain) or _by_paragraphs(plain) or _by_names(plain) or _by_ends(plain)
    joined = (" ".join(piece.split()) for piece in pieces)
    return [one for one in joined if _LEAST <= len(one) <= _MOST][:_MOST_FOUND]


def _section(text: str) -> str:
    """Return what stands behind the last heading of references, up to the next heading."""
    text = text.replace("\f", "\n")
    headings = [one for one in _HEADING.finditer(text) if one.start() >= _EARLIEST * len(text)]
    for heading in reversed(headings):
        section = text[heading.end() : heading.end() + _MOST_SECTION]
        end = _END.search(section)
        section = section[: end.start()] if end else section
        if len(_YEAR.findall(section)) >= 2:
            return section
    return ""


def _by_numbers(text: str) -> list[str]:
    """Cut where numbers go up by one from 1, wherever they stand; none if they do not."""
    for mark in _MARKS:
        starts: list[int] = []
        for one in mark.finditer(text):
            if int(one[1]) == len(starts) + 1:
                starts.append(one.start())
        if len(starts) >= 3 and _spread(starts, len(text)):
            return _cut(text, starts)
    return []


def _spread(starts: Sequence[int], size: int) -> bool:
    """Tell whether the last piece is about as long as the others, not most of the text."""
    return size - starts[-1] < max(3_000, size // 3)


def _by_paragraphs(text: str) -> list[str]:
    """Cut at blank lines, if most paragraphs hold a year and are of a reference's length."""
    pieces = [piece for piece in re.split(r"\n\s*\n", text) if piece.strip()]
    good = sum(bool(_YEAR.search(piece)) and len(piece) < 800 for piece in pieces)
    return pieces if len(pieces) >= 3 and good >= 0.6 * len(pieces) else []


def _by_names(text: str) -> list[str]:
    """Cut at lines that begin with an author's name."""
    starts: list[int] = []
    at = 0
    for line in text.splitlines(keepends=True):
        if _BEGINS.match(line) and (not starts or _YEAR.search(text[starts[-1] : at])):
            starts.append(at)
        at += len(line)
    pieces = _cut(text, starts)
    longest = max(map(len, pieces), default=0)
    return pieces if len(pieces) >= 3 and longest < _MOST else []


def _by_ends(text: str) -> list[str]:
    """Cut one block where a sentence ends and a name with initials follows."""
    pieces: list[str] = []
    for piece in _AFTER.split(" ".join(text.split())):
        if pieces and not _YEAR.search(pieces[-1]):
            pieces[-1] += f" {piece}"
        else:
            pieces.append(piece)
    return pieces


def _cut(text: str, starts: Sequence[int]) -> list[str]:
    ends = [*starts[1:], len(text)]
    return [text[start:end] for start, end in zip(starts, ends, strict=False)]
