"""Google Scholar's library links: `institutional_links.xml` and the holdings it names.

https://scholar.google.com/intl/en/scholar/libraries.html; valid for Google's DTDs. No
indentation and no `standalone`: with both, Google's own model is invalid for its DTD.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from ipaddress import ip_address

from fonds.access.networks import read_network
from fonds.access.rights import Rights
from fonds.holdings.coverage import Coverage, Point, Range
from fonds.holdings.holdings import Choice, Holdings
from fonds.holdings.model import Title
from fonds.holdings.numbering import read_span
from fonds.holdings.writing import element, one_line, parts
from fonds.settings import HoldingsSettings

MOST_BYTES = 1_000_000  # of one file, before compression
_MOST_FILES = 1_000
_MOST_NAME, _MOST_LABEL, _MOST_CONTACT, _MOST_WORD = 60, 25, 60, 30
_MOST_RANGES = 256
_MAPPED = 0xFFFF << 32  # where IPv4 addresses stand among those of IPv6
_GOOGLE = "http://scholar.google.com/scholar"
_PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {0} PUBLIC "-//GOOGLE//{1} 1.0//EN" '
_HEAD = (
    _PROLOGUE.format("institutional_holdings", "Institutional Holdings")
    + f'"{_GOOGLE}/institutional_holdings.dtd">\n<institutional_holdings>\n'
)
_FOOT = "</institutional_holdings>\n"
# what the resolver answers to; Google asks to declare nothing else
OPTIONS = ("pmid", "doi", "book-title", "journal-title")


def holdings_files(holdings: Holdings) -> Iterator[str]:
    """Give the files of holdings, each below 1 MB."""
    items = (item for title, coverage in holdings.covered(Choice())
             for item in items_of(title, coverage))  # fmt: skip
    return parts(items, _HEAD, _FOOT, MOST_BYTES)


def items_of(title: Title, coverage: Coverage) -> Iterator[str]:
    """Give the items of a title: one per ISSN or ISBN; none where there is no text to link to."""
    if not coverage.texts:
        return
    name = element("title", title.display, 1_000)
    if title.kind == "monograph":
        numbers = [element("isbn", number) for number in (*title.isbn, *title.eisbn)]
        covered = ""
    else:
        numbers = [element("issn", number) for number in (*title.issn, *title.eissn)]
        ranges = [one for one in coverage.ranges if one.texts and one.first.year]
        covered = "".join(map(_coverage, ranges))
        if not covered:  # an item without coverage would claim every volume
            return
    for number in numbers or [""]:
        yield f'<item type="electronic">{name}{number}{covered}</item>\n'


def links_file(name: str, settings: HoldingsSettings, rights: Rights, base: str, files: int) -> str:
    """Return the entry file; `files` is how many files of holdings there are."""
    label = settings.link_label or f"PDF {name}"
    other = settings.other_link_label or name
    addresses = [f"{base}/google-scholar/institutional_holdings_{n}.xml" for n in range(files)]
    lines = [
        _PROLOGUE.format("institutional_links", "Institutional Links")
        + f'"{_GOOGLE}/institutional_links.dtd">',
        "<institutional_links>",
        element("institution", name, _MOST_NAME),
        element("keywords", " ".join(one_line(w, _MOST_WORD) for w in settings.keywords[:5])),
        *(element("contact", one, _MOST_CONTACT) for one in settings.contacts[:5]),
        element("electronic_link_label", label, _MOST_LABEL),
        element("other_link_label", other, _MOST_LABEL),
        element("openurl_base", f"{base}/openurl?", 1024),
        *(element("openurl_option", one) for one in OPTIONS),
        *(element("patron_ip_range", one) for one in ip_ranges(rights)[:_MOST_RANGES]),
        element("patron_ip_required", "no"),
        "<electronic_holdings>",
        *(element("url", one, 1024) for one in addresses[:_MOST_FILES]),
        "</electronic_holdings>",
        "</institutional_links>",
    ]
    return "\n".join(filter(None, lines)) + "\n"


def ip_ranges(rights: Rights) -> list[str]:
    """Return the IPv4 networks of all institutions as Google writes them, both ends included."""
    found = []
    for institution in rights.institutions.values():
        for network in map(read_network, institution.networks):
            if network.first >> 32 != _MAPPED >> 32 or network.last >> 32 != _MAPPED >> 32:
                continue  # IPv6: the format has no place for it
            first, last = (ip_address(end ^ _MAPPED) for end in (network.first, network.last))
            found.append(str(first) if first == last else f"{first}-{last}")
    return list(dict.fromkeys(found))


def _coverage(one: Range) -> str:
    return (
        f"<coverage><from>{''.join(_point(one.first, first=True))}</from>"
        f"<to>{''.join(_point(one.last, first=False))}</to></coverage>"
    )


def _point(point: Point, *, first: bool) -> Iterable[str]:
    """Give the numbers of a point; of a double number the end that counts."""
    yield element("year", f"{point.year:04}")
    for name, text in (("volume", point.volume), ("issue", point.issue)):
        span = read_span(text) if text else None
        if span is not None and not span.series:
            yield element(name, str(span.first if first else span.last))
