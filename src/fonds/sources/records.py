"""Values as bibliographic records write them: names turned round, pages and years in a phrase."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape

import msgspec

from fonds.record import AccessCondition, Contributor, Funder, Pages
from fonds.sources import parts, values
from fonds.sources.values import is_number

_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)", re.ASCII)
_PAGES = re.compile(
    r"([A-Za-z]*\d+[A-Za-z]*)(?:\s*(?:-{1,2}|[\u2010-\u2015])\s*([A-Za-z]*\d+[A-Za-z]*))?"
)
_ROMAN = re.compile(r"([ivxlc]+)(?:\s*(?:-{1,2}|[\u2010-\u2015])\s*([ivxlc]+))?", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]{1,200}>")
_ISBN = re.compile(r"(?:97[89])?\d{9}[\dX]")
_LIVED = re.compile(
    r",?\s*(?:\([^)]*\),?\s*)?(?:ca?\.\s*|b\.\s*|d\.\s*|fl\.\s*)?\d{3,4}\??(?:-\s*(?:\d{2,4}\??)?)?\.?$"
)
_STOP = re.compile(r"(?<=[^\W\d_]{3})\.$")
_SUFFIX = re.compile(r"(?:[JS]r\.?|I{1,3}|IV|[1-4](?:st|nd|rd|th))", re.IGNORECASE)
_NAMED = re.compile(r"\bCC[- ]?(?:BY|0)|creative commons", re.IGNORECASE)
_OPEN = (
    "creativecommons.org",
    "cc by",
    "cc-by",
    "cc0",
    "openaccess",
    "open access",
    "public domain",
)
_CLOSED = ("closedaccess", "restrictedaccess", "metadataonlyaccess")


def turned(name: str, *, affiliations: tuple[str, ...] = (), orcid: str = "") -> Contributor | None:
    """Return a person from "Curie, Marie" or "Curie, Marie, Jr."; other names stay whole."""
    name = " ".join(name.split()).strip(" ,;")
    surname, comma, rest = name.partition(",")
    if not comma:
        if not name:
            return None
        return Contributor(name=name, affiliations=affiliations, orcid=values.orcid(orcid))
    forename, _, suffix = (part.strip() for part in _STOP.sub("", rest).partition(","))
    if _SUFFIX.fullmatch(forename) and suffix:
        forename, suffix = suffix, forename
    if suffix and not _SUFFIX.fullmatch(suffix):
        return parts.group(name, affiliations)  # an organisation with commas in its name
    return parts.contributor(
        forename, surname.strip(), suffix=suffix, affiliations=affiliations, orcid=orcid
    )


def pages(text: str) -> Pages | None:
    """Return pages from "12-19", "e7", "xi–xv" or "22-8" (which ends at 28)."""
    match = _PAGES.search(text) or _ROMAN.fullmatch(text.strip())
    return span(match[1], match[2] or "") if match else None


def span(first: str, last: str) -> Pages | None:
    """Return pages from the first and the last one, counted where they are numbers."""
    if not first and not last:
        return None
    if is_number(first) and is_number(last) and len(last) < len(first):
        last = first[: len(first) - len(last)] + last
    counted = is_number(first) and is_number(last) and int(last) >= int(first)
    return Pages(first=first, last=last, total=str(int(last) - int(first) + 1) if counted else "")


def year(text: str) -> str:
    """Return the first year that stands in a text; empty when there is none."""
    return next((found for found in _YEAR.findall(text) if values.is_year(found)), "")


def isbn(text: str) -> str:
    """Return an ISBN without hyphens, its check digit right; empty when it is none."""
    plain = (
        re.sub(r"[\s\u2010-\u2015-]", "", text).upper().removeprefix("ISBN:").removeprefix("ISBN")
    )
    match = _ISBN.match(plain)
    if match is None:
        return ""
    number = match[0]
    digits = [10 if char == "X" else int(char) for char in number]
    if len(digits) == 10:
        right = (
            sum(weight * digit for weight, digit in zip(range(10, 0, -1), digits, strict=True)) % 11
        )
    else:
        right = sum(digit * (3 if at % 2 else 1) for at, digit in enumerate(digits)) % 10
    return number if right == 0 else ""


def licence(*texts: str) -> AccessCondition:
    """Return what may be done with a document, from addresses and sentences; the address first."""
    known = [text for text in texts if text]
    if not known:
        return AccessCondition()
    said = " ".join(known).lower()
    value = min(known, key=_plainness)
    if any(word in said for word in _OPEN):
        return AccessCondition(content_type="isOpenAccess", value=value)
    if any(word in said for word in _CLOSED):
        return AccessCondition(content_type="isNotOpenAccess", value=value)
    return AccessCondition(value=value)


def _plainness(text: str) -> int:
    """Rank what is said of rights: an address, a licence's name, words, a repository's code."""
    if text.startswith(("http://", "https://")):
        return 0 if "creativecommons.org" in text else 1
    if text.startswith("info:eu-repo/"):
        return 4
    return 2 if _NAMED.search(text) else 3


def funders(found: Iterable[Funder]) -> tuple[Funder, ...]:
    """Return each funder once, in order, with the numbers of all its awards."""
    merged: dict[str, Funder] = {}
    for one in found:
        known = merged.get(one.id or one.name)
        if known is not None:
            awards = tuple(dict.fromkeys((*known.award, *one.award)))
            one = msgspec.structs.replace(known, award=awards)  # noqa: PLW2901
        if one.name or one.award:
            merged[one.id or one.name] = one
    return tuple(merged.values())


def plain(text: str) -> str:
    """Return a text that was written with HTML in it as words only."""
    if "<" in text or "&" in text:
        text = unescape(_TAG.sub(" ", unescape(text)))
    return " ".join(text.split())


def undated(name: str) -> str:
    """Return a heading's name without dates: "Dodd, Thomas J., 1907-1971" is "Dodd, Thomas J."."""
    return _LIVED.sub("", name).strip(" ,;")
