"""The dates of a JATS article: which of many is the year of publication.

Two dialects: `@pub-type` (NLM, early JATS) and `@date-type` with `@publication-format`. The year
of the issue counts first (print, then collection), as librarians cite it; PubMed Central's release
and archiving dates are not dates of publication.
"""

from __future__ import annotations

import msgspec

from fonds.errors import Finding
from fonds.sources import values
from fonds.sources.markup import words
from fonds.sources.xml import Element, line_of


class Dates(msgspec.Struct, frozen=True):
    """Years as YYYY, days as YYYY[-MM[-DD]]; empty when unknown."""

    publication: str = ""
    copyright: str = ""
    online: str = ""
    printed: str = ""
    original: str = ""  # the first that could not be used, as delivered


_ORDER = ("print", "collection", "both", "electronic", "unknown")
_KINDS = {
    "ppub": "print",
    "print": "print",
    "cover": "print",
    "final": "print",
    "issue-pub": "print",
    "collection": "collection",
    "ecorrected": "",
    "epub-ppub": "both",
    "ppub-epub": "both",
    "epub": "electronic",
    "epub-original": "electronic",
    "electronic": "electronic",
    "online": "electronic",
    "epublish": "electronic",
    "pmc-release": "",
    "pmc_release": "",
    "archival-date": "",
    "nihms-submitted": "",
    "retracted": "",
    "corrected": "",
    "received": "",
    "accepted": "",
    "preprint": "",
}


def read_dates(meta: Element, findings: list[Finding]) -> Dates:
    """Return the dates of an article; implausible years are said in `findings` and not used."""
    found: dict[str, str] = {}
    original = ""
    for element in meta.findall("pub-date"):
        kind = _kind(element)
        year = words(element.find("year"))
        if not kind or not year:
            continue
        if not values.is_year(year):
            findings.append(values.bad_year(year, line_of(element)))
            day = (year, words(element.find("month")), words(element.find("day")))
            original = original or "-".join(filter(None, day))
            continue
        found.setdefault(
            kind, values.day(year, words(element.find("month")), words(element.find("day")))
        )
    publication = next((found[kind][:4] for kind in _ORDER if kind in found), "")
    copied = words(meta.find("permissions/copyright-year"))
    if not copied:
        copied = words(meta.find("copyright-year"))
    copied = copied.strip(" ,.;")
    right = copied if values.is_year(copied) else ""
    return Dates(
        publication=publication or right,
        copyright=right,
        online=found.get("electronic") or found.get("both", ""),
        printed=found.get("print", ""),
        original=original,
    )


def _kind(element: Element) -> str:
    pub_type = element.get("pub-type")
    date_type = element.get("date-type")
    form = element.get("publication-format")
    if pub_type:
        return _KINDS.get(pub_type, "unknown")
    if date_type and date_type not in ("pub", "epub", "ppub"):
        return _KINDS.get(date_type, "unknown")
    if form:
        return _KINDS.get(form, "unknown")
    return _KINDS.get(date_type or "", "unknown")
