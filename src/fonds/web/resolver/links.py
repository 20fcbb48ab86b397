"""Where a reference can be read or asked for besides our own PDF, in the order of the menu."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal
from urllib.parse import quote, urlencode

import msgspec

from fonds.holdings.coverage import Coverage, holds
from fonds.holdings.describing import isbn13, plain
from fonds.holdings.holdings import Holdings
from fonds.holdings.model import Title
from fonds.settings import PortalSettings
from fonds.web.resolver.citation import Citation

Kind = Literal["publisher", "open", "pubmed", "journal", "catalogue", "loan", "report"]
_FIELD = re.compile(r"\{(\w+)\}")
_PUBLISHER = "https://doi.org/{doi}"
_PUBMED = "https://pubmed.ncbi.nlm.nih.gov/{pmid}/"
_SAFE = "/:()._-;"  # in a DOI that stands in an address


class Link(msgspec.Struct, frozen=True):
    """One way to a reference."""

    kind: Kind
    address: str


class HeldTitle(msgspec.Struct, frozen=True):
    """The journal or book of a reference, and whether what we hold covers it."""

    title: Title
    coverage: Coverage
    covers: bool | None  # None: the reference does not say where in the title it stands
    address: str


def links_of(citation: Citation, settings: PortalSettings) -> tuple[Link, ...]:
    """Return the ways to a reference outside the archive that its data and the settings allow."""
    return tuple(_links(citation, settings))


def _links(citation: Citation, settings: PortalSettings) -> Iterator[Link]:
    said = values_of(citation)
    templates: dict[Kind, str] = {
        "publisher": _PUBLISHER,
        "open": settings.open_version,
        "pubmed": _PUBMED,
        "catalogue": settings.catalogue,
    }
    for kind, template in templates.items():
        address = filled(template, said)
        if kind == "publisher" and address and settings.proxy:
            address = filled(settings.proxy, {"url": address})
        if address:
            yield Link(kind, address)
    if settings.interlibrary_loan and not citation.is_empty:
        yield Link("loan", added(settings.interlibrary_loan, openurl_pairs(citation)))
    if settings.report:
        yield Link("report", settings.report)


def held_title(citation: Citation, holdings: Holdings) -> HeldTitle | None:
    """Return the journal or book of a reference, if documents of it are held."""
    title = _title(citation, holdings)
    if title is None:
        return None
    coverage = holdings.coverage(title)
    year = int(citation.year) if citation.year.isdecimal() else 0
    pairs = [(key, value) for key, value in (("year", citation.year), ("volume", citation.volume),
             ("issue", citation.issue)) if value]  # fmt: skip
    address = f"/journals/{title.id}"
    return HeldTitle(
        title=title,
        coverage=coverage,
        covers=holds(coverage, year, citation.volume) if title.kind == "serial" else True,
        address=f"{address}?{urlencode(pairs)}" if year else address,
    )


def _title(citation: Citation, holdings: Holdings) -> Title | None:
    for number in (*citation.issn, *filter(None, map(isbn13, citation.isbn))):
        found = holdings.by_number(number)
        if found is not None:
            return found
    return holdings.by_name(citation.host_title) if plain(citation.host_title) else None


def values_of(citation: Citation) -> dict[str, str]:
    """Return what a template of an address may name."""
    return {
        "doi": next(iter(citation.doi), ""),
        "pmid": next(iter(citation.pmid), ""),
        "issn": next(iter(citation.issn), ""),
        "isbn": next(iter(citation.isbn), ""),
        "title": citation.title,
        "journal": citation.host_title,
        "author": citation.author,
        "year": citation.year,
        "volume": citation.volume,
        "issue": citation.issue,
        "page": citation.first_page,
        "openurl": urlencode(openurl_pairs(citation)),
    }


def filled(template: str, said: Mapping[str, str]) -> str:
    """Fill a template; empty when something that it names is not known, or is no name."""
    names = _FIELD.findall(template)
    if not template or not all(said.get(name) for name in names):
        return ""
    return _FIELD.sub(lambda match: _quoted(match[1], said[match[1]]), template)


def _quoted(name: str, value: str) -> str:
    if name == "openurl":  # quoted already, pair by pair
        return value
    return quote(value, safe=_SAFE if name == "doi" else "")


def added(address: str, pairs: list[tuple[str, str]]) -> str:
    """Return an address with a reference passed on."""
    joint = "" if address.endswith(("?", "&")) else "&" if "?" in address else "?"
    return f"{address}{joint}{urlencode(pairs)}"


def openurl_pairs(citation: Citation) -> list[tuple[str, str]]:
    """Return a reference as an OpenURL 1.0 says it (Z39.88-2004, KEV)."""
    is_book = bool(citation.isbn) and not citation.issn
    pairs = [
        ("url_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{'book' if is_book else 'journal'}"),
        *(("rft_id", f"info:doi/{doi}") for doi in citation.doi),
        *(("rft_id", f"info:pmid/{pmid}") for pmid in citation.pmid),
        ("rft.atitle", citation.title),
        ("rft.btitle" if is_book else "rft.jtitle", citation.host_title),
        *(("rft.issn", issn) for issn in citation.issn[:1]),
        *(("rft.isbn", isbn) for isbn in citation.isbn[:1]),
        ("rft.aulast", citation.author),
        ("rft.date", citation.year),
        ("rft.volume", citation.volume),
        ("rft.issue", citation.issue),
        ("rft.spage", citation.first_page),
        ("rft.epage", citation.last_page),
    ]
    return [(key, value) for key, value in pairs if value]
