"""Values that every format writes in its own way, checked and brought into one form."""

from __future__ import annotations

import re
from datetime import date

from fonds.errors import Finding

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.ASCII)
_DOI_PREFIX = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi:|info:doi/)\s*", re.IGNORECASE)
_ISSN = re.compile(r"(\d{4})-?(\d{3}[\dXx])", re.ASCII)
_BARE_ORCID = re.compile(r"(?:^|orcid\.org/)\s*(0000\d{11}[\dX])\s*$", re.IGNORECASE | re.ASCII)
_ORCID = re.compile(r"(\d{4}-\d{4}-\d{4}-\d{3}[\dX])", re.IGNORECASE | re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)
_VOLUME = re.compile(r"^vol(?:s?\.|ume)\s*(?=\w)", re.IGNORECASE)
_FIRST_YEAR = 1400

_GENRES = {
    "research-article": "research-article",
    "data-paper": "research-article",
    "methods-article": "research-article",
    "research": "research-article",
    "article": "research-article",
    "review-article": "review-article",
    "systematic-review": "review-article",
    "review": "review-article",
    "brief-report": "brief-communication",
    "rapid-communication": "brief-communication",
    "short-communication": "brief-communication",
    "case-report": "case-report",
    "editorial": "editorial",
    "introduction": "editorial",
    "book-review": "book-reviews",
    "product-review": "book-reviews",
    "abstract": "abstract",
    "meeting-report": "conference",
    "proceedings": "conference",
    "conference-paper": "conference",
}


_MOST_DIGITS = 19  # a page, a length, a year: more digits are a mistake, and slow to convert


def is_number(text: str) -> bool:
    """Tell whether a text is a number to count with: decimal digits, and not too many."""
    return text.isdecimal() and len(text) < _MOST_DIGITS


def genre(original: str) -> str:
    """Return ISTEX's genre for a publisher's type of article."""
    return _GENRES.get(original.strip().lower().replace(" ", "-"), "other")


def doi(text: str) -> str | None:
    """Return a DOI without its prefix; None when it is not one."""
    plain = _DOI_PREFIX.sub("", text.strip(), count=1).rstrip(".,;")
    return plain if _DOI.fullmatch(plain) else None


def issn(text: str) -> str | None:
    """Return an ISSN with its hyphen; None when it is not one."""
    match = _ISSN.fullmatch(text.strip())
    return f"{match[1]}-{match[2].upper()}" if match else None


def orcid(text: str) -> str:
    """Return the ORCID in a text or address; empty when there is none."""
    if match := _ORCID.search(text):
        return match[1].upper()
    if bare := _BARE_ORCID.search(text):  # PubMed's, sometimes
        return "-".join(re.findall("....", bare[1].upper()))
    return ""


def volume(text: str) -> str:
    """Return the number of a volume without the word ("Vol. 39")."""
    return _VOLUME.sub("", text)


def is_year(text: str) -> bool:
    """Tell whether a year may be one of a publication: 1400 to next year."""
    return text.isascii() and text.isdigit() and _FIRST_YEAR <= int(text) <= date.today().year + 1


def bad_year(text: str, line: int | None) -> Finding:
    """Say that a year was not used."""
    return Finding("date-implausible", f"the year {text[:40]!r} was not used", line=line)


def day(year: str, month: str, number: str) -> str:
    """Return YYYY, YYYY-MM or YYYY-MM-DD from what is there and makes sense."""
    if not is_year(year):
        return ""
    if not (_DIGITS.fullmatch(month) and 1 <= int(month) <= 12):
        return year
    if not (_DIGITS.fullmatch(number) and 1 <= int(number) <= 31):
        return f"{year}-{int(month):02}"
    return f"{year}-{int(month):02}-{int(number):02}"
