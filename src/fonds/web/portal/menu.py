"""The menu of the link resolver: a reference, what it may mean here, and the other ways to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from fonds.access.gate import Visitor
from fonds.holdings.describing import plain
from fonds.record import Record
from fonds.web.portal.source import Source, source_of
from fonds.web.portal.texts import Texts
from fonds.web.portal.ways import texts_here
from fonds.web.resolver.citation import Citation
from fonds.web.resolver.links import HeldTitle, Link, held_title, links_of
from fonds.web.resolver.openurl import Pairs, citation_of
from fonds.web.resolver.reference_text import read_reference
from fonds.web.resolver.resolve import Candidate, Resolution, resolve, resolve_text
from fonds.web.services import Services
from fonds.web.visitors import may_read

_MOST_AUTHORS = 3
_MOST_CHOICES = 10
_WORDS = 16  # of a title or a pasted reference, to search by
_encode = msgspec.json.Encoder().encode
# VuFind's words for services and access
_SERVICES = {
    "publisher": "getDOI", "open": "getFullTxt", "pubmed": "getAbstract", "journal": "getHolding",
    "catalogue": "getHolding", "loan": "getWebService", "report": "getWebService",
}  # fmt: skip


class Asked(msgspec.Struct, frozen=True):
    """What an address asks of the resolver."""

    citation: Citation
    text: str = ""  # a reference as pasted
    wants_menu: bool = False
    wants_json: bool = False
    passed: tuple[tuple[str, str], ...] = ()  # parameters that go with the reader to the PDF


class Choice(msgspec.Struct, frozen=True):
    """A document that the reference may mean."""

    ark: str
    title: str
    authors: tuple[str, ...]
    more_authors: int
    source: Source
    pdf: str  # its address, or empty
    text: str  # the address of the text to read, where there is no PDF, or empty
    reserved: str  # the collection, when there is a text that may not be read
    agrees: tuple[str, ...]
    differs: tuple[str, ...]


class Menu(msgspec.Struct, frozen=True):
    """Everything the menu shows."""

    asked: Asked
    found: Choice | None  # the document that is meant, beyond doubt
    choices: tuple[Choice, ...]  # otherwise what it might be, the best first
    held: HeldTitle | None
    links: tuple[Link, ...]
    words: str  # to search the archive by


def read_asked(pairs: Pairs) -> Asked:
    """Read the parameters of a request; never fails."""
    said = dict(reversed(pairs))
    text = said.get("reference", "")
    citation = citation_of(pairs)
    if text and citation.is_empty:
        citation = read_reference(text)
    return Asked(
        citation=citation,
        text=text,
        wants_menu="menu" in said or said.get("svc.any", said.get("svc_any", "")) == "yes",
        wants_json=said.get("format", "") == "json",
        passed=tuple((key, value) for key, value in pairs if key in ("sid", "auth") and value),
    )


def read_menu(services: Services, asked: Asked, visitor: Visitor) -> Menu:
    """Resolve a reference for a reader."""
    if asked.text:
        resolution = resolve_text(asked.text, asked.citation, services.search)
    elif asked.citation.is_empty:
        resolution = Resolution(asked.citation, None, ())
    else:
        resolution = resolve(asked.citation, services.search)
    found = resolution.found
    citation = completed(asked.citation, found.record) if found is not None else asked.citation
    return Menu(
        asked=asked,
        found=_choice(services, found, visitor) if found is not None else None,
        choices=()
        if found is not None
        else tuple(
            _choice(services, one, visitor) for one in resolution.candidates[:_MOST_CHOICES]
        ),
        held=held_title(citation, services.holdings),
        links=links_of(citation, services.settings.portal),
        words=" ".join(
            plain(asked.citation.title or asked.text or citation.author).split()[:_WORDS]
        ),
    )


def completed(citation: Citation, record: Record) -> Citation:
    """Return a citation with what the document that it means says, so that other ways open."""
    host = record.host
    known: dict[str, object] = {
        "doi": record.doi, "pmid": record.pmid, "title": record.title,
        "year": record.publication_date,
        "author": (record.author[0].surname or record.author[0].name) if record.author else "",
    }  # fmt: skip
    if host is not None:
        known |= {
            "host_title": host.title, "issn": (*host.issn, *host.eissn),
            "isbn": (*host.isbn, *host.eisbn), "volume": host.volume, "issue": host.issue,
            "first_page": host.pages.first if host.pages is not None else "",
        }  # fmt: skip
    missing = {key: value for key, value in known.items() if value and not getattr(citation, key)}
    return msgspec.structs.replace(citation, **missing)


def vufind(menu: Menu, base: str, t: Texts) -> bytes:
    """Return the ways to a reference as catalogues read them: VuFind's list of links."""
    return _encode(list(_vufind(menu, base, t)))


def _vufind(menu: Menu, base: str, t: Texts) -> Iterator[dict[str, str]]:
    found = menu.found
    if found is not None and (found.pdf or found.reserved):
        yield _entry(
            f"{base}{found.pdf or '/notice/' + found.ark}", t("menu_pdf"), "", "getFullTxt",
            "open" if found.pdf else "limited",
        )  # fmt: skip
    elif found is not None:
        yield _entry(f"{base}/notice/{found.ark}", t("menu_notice"), "", "getAbstract", "open")
    for one in menu.links:
        yield _entry(one.address, t(f"menu_{one.kind}"), "", _SERVICES[one.kind], "unknown")
    if menu.held is not None:
        covered = "; ".join(
            f"{one.first.year}-{one.last.year}"
            for one in menu.held.coverage.ranges
            if one.first.year
        )
        yield _entry(f"{base}{menu.held.address}", t("menu_journal"), covered, "getHolding", "open")


def _entry(href: str, title: str, coverage: str, service: str, access: str) -> dict[str, str]:
    return {
        "href": href, "title": title, "coverage": coverage, "service_type": service,
        "access": access,
    }  # fmt: skip


def _choice(services: Services, candidate: Candidate, visitor: Visitor) -> Choice:
    record, evidence = candidate.record, candidate.evidence
    pdf, text = texts_here(record)
    held = bool(pdf or text)
    readable = not held or may_read(services, visitor, msgspec.json.encode(record))
    return Choice(
        ark=record.ark_istex,
        title=record.title,
        authors=tuple(author.name for author in record.author[:_MOST_AUTHORS]),
        more_authors=max(0, len(record.author) - _MOST_AUTHORS),
        source=source_of(record.host, record.publication_date),
        pdf=pdf if readable else "",
        text=text if readable else "",
        reserved="" if readable else record.corpus_name,
        agrees=_ordered(evidence.agrees),
        differs=_ordered(evidence.differs),
    )


def _ordered(names: Iterable[str]) -> tuple[str, ...]:
    order = ("identifier", "book", "title", "author", "host", "year", "volume", "issue", "page")
    return tuple(sorted(names, key=order.index))
