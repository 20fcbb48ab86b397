"""Europe PMC external links: who we are, and which articles we have.

https://europepmc.org/LabsLink. An article is named by its PubMed number, else by its DOI.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from fonds.errors import NotConfigured
from fonds.holdings.model import Linked
from fonds.holdings.writing import element, parts
from fonds.settings import HoldingsSettings

MOST_BYTES = 8_000_000  # of one file of links
_PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>\n'


def provider_file(name: str, settings: HoldingsSettings) -> str:
    """Return the profile of the provider; raises NotConfigured."""
    contact = next(iter(settings.contacts), "")
    mail = contact.partition("<")[2].rstrip("> ") or contact
    return (
        f"{_PROLOGUE}<providers>\n<provider>{element('id', _provider(settings))}"
        f"{element('resourceName', name)}"
        f"{element('description', f'Full text of articles held by {name}')}"
        f"{element('email', mail)}</provider>\n</providers>\n"
    )


def link_files(
    linked: Iterable[Linked], name: str, settings: HoldingsSettings, base: str
) -> Iterator[str]:
    """Give the files of links; raises NotConfigured."""
    provider = _provider(settings)
    items = (_link(one, name, provider, base) for one in linked)
    return parts(items, f"{_PROLOGUE}<links>\n", "</links>\n", MOST_BYTES)


def _link(one: Linked, name: str, provider: str, base: str) -> str:
    if one.pmid.isdecimal():
        target = f"pmid:{one.pmid}"
        article = f"<record><source>MED</source>{element('id', one.pmid)}</record>"
    else:
        target, article = f"doi:{one.doi}", element("doi", one.doi, 1_000)
    address = f"{base}/openurl?sid=EuropePMC&id={quote(target, safe=':/')}"
    resource = f"<resource>{element('title', name)}{element('url', address, 4_000)}</resource>"
    return f'<link providerId="{provider}">{resource}{article}</link>\n'


def _provider(settings: HoldingsSettings) -> str:
    found = "".join(c for c in settings.europepmc_provider if c.isalnum())
    if not found:
        raise NotConfigured(what="Europe PMC", setting="holdings.europepmc_provider")
    return found
