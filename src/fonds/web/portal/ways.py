"""The ways to an article, in the order in which a reader should try them.

Our PDF; the publisher's site; an open version, when a licence says that there is one; what we hold
of the journal; interlibrary loan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal
from urllib.parse import quote, urlencode

import msgspec

from fonds.record import Record
from fonds.settings import PortalSettings
from fonds.web.portal.source import journal_address

Kind = Literal["pdf", "text", "publisher", "open", "journal", "loan"]
_MOST_AUTHORS = 10  # of a reference that is passed on
_WEB = re.compile(r"https?://[^\s\"<>]+", re.IGNORECASE)


class Way(msgspec.Struct, frozen=True):
    """One way to an article."""

    kind: Kind
    address: str
    note: str = ""  # the licence of an open version, the name of the journal


def ways(record: Record, settings: PortalSettings, pdf: str, *, readable: bool) -> tuple[Way, ...]:
    """Return the ways to an article, the best first; `pdf` is empty where it may not be read."""
    return tuple(_ways(record, settings, pdf, readable=readable))


def _ways(record: Record, settings: PortalSettings, pdf: str, *, readable: bool) -> Iterator[Way]:
    if pdf:
        yield Way("pdf", pdf)
    if readable:
        yield Way("text", f"/notice/{record.ark_istex}/read")
    publisher = publisher_address(record)
    if publisher:
        yield Way("publisher", publisher)
    yield from _open_version(record, publisher)
    journal = journal_address(record.host)
    if journal and record.host is not None:
        numbers = (*record.host.issn, *record.host.eissn, *record.host.isbn, *record.host.eisbn)
        yield Way("journal", journal, record.host.title or next(iter(numbers), ""))
    if settings.interlibrary_loan and not pdf:
        yield Way("loan", loan_address(settings.interlibrary_loan, record))


def publisher_address(record: Record) -> str:
    """Return the address of an article at its publisher's; empty when it has none."""
    for doi in record.doi:
        return f"https://doi.org/{quote(doi, safe='/:()._-;')}"
    return safe_address(record.fulltext_url)


def texts_here(record: Record) -> tuple[str, str]:
    """Return the address of the PDF, and that of the text to read where there is no PDF."""
    pdf = next((file.uri for file in record.fulltext if file.extension == "pdf"), "")
    structured = any(file.extension == "tei" for file in record.fulltext) and has_text(record)
    return pdf, f"/notice/{record.ark_istex}/read" if structured and not pdf else ""


def has_text(record: Record) -> bool:
    """Tell whether a document has structured text to read."""
    quality = record.quality_indicators
    return quality is not None and quality.tdm_ready is True


def safe_address(text: str) -> str:
    """Return a text that is a web address; anything else, such as a script, is nothing."""
    match = _WEB.fullmatch(text.strip())
    return match.group() if match else ""


def loan_address(base: str, record: Record) -> str:
    """Return the address of an interlibrary loan form with the reference passed on."""
    joint = "" if base.endswith(("?", "&")) else "&" if "?" in base else "?"
    return f"{base}{joint}{urlencode(context_object(record))}"


def context_object(record: Record) -> list[tuple[str, str]]:
    """Return a reference as an OpenURL says it (Z39.88-2004, KEV)."""
    host = record.host
    is_part = host is not None and "journal" not in host.genre and bool(host.isbn or host.eisbn)
    form = "book" if is_part else "journal"
    said: list[tuple[str, str]] = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{form}"),
        ("rfr_id", "info:sid/fonds"),
        ("rft.genre", "bookitem" if is_part else "article"),
    ]
    said += [("rft_id", f"info:doi/{doi}") for doi in record.doi[:1]]
    said += [("rft_id", f"info:pmid/{pmid}") for pmid in record.pmid[:1]]
    said.append(("rft.atitle", record.title[:500]))
    for author in record.author[:1]:
        said += [("rft.aulast", author.surname), ("rft.aufirst", author.forename)]
    said += [("rft.au", author.name) for author in record.author[:_MOST_AUTHORS]]
    said.append(("rft.date", record.publication_date))
    if host is not None:
        said.append(("rft.btitle" if is_part else "rft.jtitle", host.title))
        said += [("rft.issn", issn) for issn in host.issn[:1]]
        said += [("rft.eissn", issn) for issn in host.eissn[:1]]
        said += [("rft.isbn", isbn) for isbn in (*host.isbn, *host.eisbn)[:1]]
        said += [("rft.volume", host.volume), ("rft.issue", host.issue)]
        if host.pages is not None:
            said += [("rft.spage", host.pages.first), ("rft.epage", host.pages.last)]
        said.append(("rft.artnum", host.article_number))
    return [(key, value) for key, value in said if value]


def _open_version(record: Record, publisher: str) -> Iterator[Way]:
    """Give an open version that an identifier or a licence vouches for."""
    condition = record.access_condition
    licence = condition.value if condition is not None else ""
    for pmcid in record.pmcid[:1]:
        yield Way(
            "open", f"https://pmc.ncbi.nlm.nih.gov/articles/{quote(pmcid)}/", "PubMed Central"
        )
        return
    for arxiv in record.arxiv[:1]:
        yield Way("open", f"https://arxiv.org/abs/{quote(arxiv, safe='/')}", "arXiv")
        return
    if condition is not None and condition.content_type == "isOpenAccess" and publisher:
        yield Way("open", publisher, licence_name(licence))


def licence_name(licence: str) -> str:
    """Return a short name of a licence: `CC BY 4.0`; empty when it is none that we know."""
    found = re.search(
        r"creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d(?:\.\d)?)", licence.lower()
    )
    if found is None:
        return ""
    kind = "CC0" if found[2] == "zero" else f"CC {found[2].upper()}"
    return f"{kind} {found[3]}"
