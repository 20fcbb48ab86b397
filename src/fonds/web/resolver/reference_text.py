"""A reference as a person pastes it: what of it names, places and dates a document."""

from __future__ import annotations

import re

from fonds.holdings.describing import plain, valid_issn
from fonds.record import Record
from fonds.web.resolver.citation import Citation

_DOI = re.compile(r"\b10\.\d{4,9}/[^\s\"]+")
_PMID = re.compile(r"\bPMID:?\s*(\d{1,9})\b", re.IGNORECASE)
_BARE_PMID = re.compile(r"\d{1,9}", re.ASCII)
_ARK = re.compile(r"\bark:/?[0-9a-z]+/[0-9A-Za-z./-]+", re.IGNORECASE)
_ISSN = re.compile(r"\b(\d{4}-\d{3}[\dXx])\b")
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d{2}|20\d{2})(?!\d)")
# 12(3):45-67; 12, 45-67; vol. 12, no. 3, pp. 45-67
_NUMBERS = re.compile(
    r"\b(?:vol\.?\s*)?(?P<volume>\d{1,4})\s*(?:\((?P<issue>[^)\s]{1,10})\)|,?\s*(?:no\.?|n°|iss\.?)"
    r"\s*(?P<number>\d{1,4}))?\s*[:,]\s*(?:pp?\.?\s*)?(?P<first>[A-Za-z]?\d{1,7})"
    r"(?:\s*[-–—]\s*(?P<last>[A-Za-z]?\d{1,7}))?",
    re.IGNORECASE,
)
_ENDS = ".,;:)]}\"'"
_MOST = 2_000  # characters
_LEAST_WORDS = 3  # of a title that is recognised in a text


def read_reference(text: str) -> Citation:
    """Read identifiers, numbers and year of a pasted reference; never fails."""
    text = " ".join(text.split())[:_MOST]
    rest = _DOI.sub(" ", text)
    numbers = _NUMBERS.search(rest)
    years = [year for year in _YEAR.findall(rest) if not _is_page(year, numbers)]
    pmid = _PMID.findall(text) or ([text] if _BARE_PMID.fullmatch(text) else [])
    return Citation(
        doi=tuple(dict.fromkeys(map(_doi, _DOI.findall(text)))),
        pmid=tuple(dict.fromkeys(pmid)),
        ark=tuple(f"ark:/{ark[4:].lstrip('/').rstrip(_ENDS)}" for ark in _ARK.findall(rest)),
        issn=tuple(issn.upper() for issn in _ISSN.findall(rest) if valid_issn(issn.upper())),
        year=years[0] if years else "",
        volume=numbers["volume"] if numbers else "",
        issue=(numbers["issue"] or numbers["number"] or "") if numbers else "",
        first_page=numbers["first"] if numbers else "",
        last_page=(numbers["last"] or "") if numbers else "",
    )


def recognised(text: str, citation: Citation, record: Record) -> Citation:
    """Add to a citation what of a document stands in the text word by word."""
    words = f" {plain(text)} "

    def stands(found: str, least: int = 1) -> bool:
        whole = plain(found)
        return bool(whole) and len(whole.split()) >= least and f" {whole} " in words

    host = record.host
    author = record.author[0] if record.author else None
    family = (author.surname or author.name.rpartition(" ")[2]) if author is not None else ""
    return Citation(
        doi=citation.doi, pmid=citation.pmid, ark=citation.ark, issn=citation.issn,
        year=citation.year, volume=citation.volume, issue=citation.issue,
        first_page=citation.first_page, last_page=citation.last_page,
        title=record.title if stands(record.title, _LEAST_WORDS) else "",
        host_title=host.title if host is not None and stands(host.title) else "",
        author=family if stands(family) else "",
    )  # fmt: skip


def _doi(text: str) -> str:
    """Cut what closes the sentence; the old ones of Wiley have < and > inside."""
    whole = text if "<" in text else text.partition(">")[0]
    return whole.rstrip(_ENDS)


def _is_page(year: str, numbers: re.Match[str] | None) -> bool:
    return numbers is not None and year in (numbers["first"], numbers["last"], numbers["volume"])
