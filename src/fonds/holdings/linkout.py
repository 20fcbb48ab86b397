"""PubMed LinkOut as a provider of full texts, and the address of the Outside Tool.

https://www.ncbi.nlm.nih.gov/books/NBK3812/. Two kinds of files: one says who we are, the others
which PubMed records have a link. `&lo.id;` is NCBI's: it stands for the number of each record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from xml.sax.saxutils import escape, quoteattr

from fonds.errors import NotConfigured
from fonds.holdings.model import Linked
from fonds.holdings.writing import element, parts
from fonds.settings import HoldingsSettings

MOST_BYTES = 4_000_000  # of one resource file
_PER_LINK = 1_000  # records of one link
_DTD = (
    '"-//NLM//DTD LinkOut 1.0//EN" "https://www.ncbi.nlm.nih.gov/projects/linkout/doc/LinkOut.dtd"'
)
_SUBJECT = "publishers/providers"
_ATTRIBUTE = "full-text PDF"


def outside_tool(base: str) -> str:
    """Return the address to register: NCBI adds the number of the record at its end."""
    return f"{base}/openurl?sid=Entrez:PubMed&id=pmid:"


def provider_file(name: str, settings: HoldingsSettings, base: str) -> str:
    """Return `providerinfo.xml`; raises NotConfigured."""
    abbreviation = settings.pubmed_abbreviation or settings.provider
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE Provider PUBLIC {_DTD}>\n<Provider>\n'
        + element("ProviderId", _provider(settings)) + "\n"
        + element("Name", name) + "\n"
        + element("NameAbbr", "".join(abbreviation.split())) + "\n"
        + element("SubjectType", _SUBJECT) + "\n"
        + element("Attribute", _ATTRIBUTE) + "\n"
        + element("Url", f"{base}/", 1024) + "\n"
        + element("IconUrl", _icon(settings, base), 1024) + "\n"
        + element("Brief", f"Full text of articles held by {name}") + "\n</Provider>\n"
    )  # fmt: skip


def resource_files(
    linked: Iterable[Linked], settings: HoldingsSettings, base: str
) -> Iterator[str]:
    """Give the files of links; raises NotConfigured."""
    provider = element("ProviderId", _provider(settings))
    entities = (
        f"<!ENTITY icon.url {quoteattr(_icon(settings, base))}>"
        f"<!ENTITY base.url {quoteattr(base + '/')}>"
    )
    head = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE LinkSet PUBLIC {_DTD} '
        f"[{entities}]>\n<LinkSet>\n"
    )
    return parts(_links(linked, provider), head, "</LinkSet>\n", MOST_BYTES)


def _links(linked: Iterable[Linked], provider: str) -> Iterator[str]:
    numbers = iter(dict.fromkeys(one.pmid for one in linked if one.pmid.isdecimal()))
    rule = f"{escape('openurl?sid=Entrez:PubMed&id=pmid:')}&lo.id;"
    count = 0
    while part := list(islice(numbers, _PER_LINK)):
        objects = "".join(element("ObjId", number) for number in part)
        yield (
            f"<Link><LinkId>pmid-{count}</LinkId>{provider}<IconUrl>&icon.url;</IconUrl>"
            f"<ObjectSelector><Database>PubMed</Database><ObjectList>{objects}</ObjectList>"
            f"</ObjectSelector><ObjectUrl><Base>&base.url;</Base><Rule>{rule}</Rule>"
            f"<Attribute>{_ATTRIBUTE}</Attribute></ObjectUrl></Link>\n"
        )
        count += 1


def _provider(settings: HoldingsSettings) -> str:
    if not settings.pubmed_provider:
        raise NotConfigured(what="PubMed LinkOut", setting="holdings.pubmed_provider")
    return settings.pubmed_provider


def _icon(settings: HoldingsSettings, base: str) -> str:
    return settings.icon_url or f"{base}/static/icon.svg"
