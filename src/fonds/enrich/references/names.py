"""Names of authors as references write them: "Doe J, Roe RA", "Doe, J., & Roe, R.", "J. Doe"."""

from __future__ import annotations

import re

from fonds.record import Contributor

_AND = re.compile(r"\s*(?:;|&|\band\b|\bet\b(?!\s+al)|\bund\b|\by\b(?=\s+[A-ZÉ]))\s*")
_OTHERS = re.compile(
    r"[,;\s]*(?:\b(?:et\s+al|and\s+others|et\s+coll)\b\.?|…|\.\.\.)\s*", re.IGNORECASE
)
_INITIALS = re.compile(r"(?:[A-ZÀ-Þ]\.?[\s-]*){1,4}\Z")
_TRAILING = re.compile(r"^(.*\S)\s+((?:[A-ZÀ-Þ]\.?-?){1,4})\Z", re.DOTALL)
_LEADING = re.compile(r"^((?:[A-ZÀ-Þ][a-zà-ÿ]?\.[\s-]*)+)(\S.*)\Z", re.DOTALL)
_MOST = 500  # names of one reference


def people(text: str) -> tuple[Contributor, ...]:
    """Return the persons that a list of authors names, in its order."""
    text = _OTHERS.sub(";", " ".join(text.split()))
    made: list[Contributor] = []
    for group in _AND.split(text):
        parts = [part.strip(" ,") for part in group.split(",")]
        parts = [part for part in parts if part.strip(" .")]
        at = 0
        while at < len(parts):
            following = parts[at + 1] if at + 1 < len(parts) else ""
            if following and _is_initials(following) and not _is_initials(parts[at]):
                made.append(_person(parts[at], following))
                at += 2
            elif (
                len(parts) == 2 and at == 0 and " " not in parts[0] and not _written_out(following)
            ):
                made.append(_person(parts[0], following))
                at += 2
            else:
                made.append(_single(parts[at]))
                at += 1
    return tuple(made[:_MOST])


def _is_initials(part: str) -> bool:
    return _INITIALS.match(part) is not None


def _written_out(part: str) -> bool:
    """Tell whether a part is a whole name of its own: "Jane Roe", "Roe J"."""
    return " " in part


def _single(part: str) -> Contributor:
    """Return the person of a part that holds a whole name, in either order."""
    trailing = _TRAILING.match(part)
    if trailing and not _LEADING.match(part):
        return _person(trailing[1], trailing[2])
    leading = _LEADING.match(part)
    if leading:
        return _person(leading[2], leading[1])
    words = part.rstrip(".").split(" ")
    if 2 <= len(words) <= 3 and all(word[:1].isupper() for word in words):
        return _person(words[-1], " ".join(words[:-1]))
    return Contributor(name=part)


def _person(surname: str, forename: str) -> Contributor:
    surname, forename = surname.strip(" .,"), forename.strip(" ,")
    return Contributor(name=f"{forename} {surname}".strip(), forename=forename, surname=surname)
