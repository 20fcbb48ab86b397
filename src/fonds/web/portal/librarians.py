"""`/librarians`: the exact lines that make each tool lead to this installation."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from fonds.holdings import linkout
from fonds.settings import Settings
from fonds.web.api.searching import base_url
from fonds.web.portal.asking import Asked
from fonds.web.portal.pages import render
from fonds.web.services import Services

_ALMA = (
    "rft_id=info:doi/{rft.doi}&rft_id=info:pmid/{rft.pmid}&rft.issn={rft.issn}&rft.isbn={rft.isbn}"
    "&rft.volume={rft.volume}&rft.issue={rft.issue}&rft.spage={rft.spage}&rft.date={rft.date}"
    "&rft.aulast={rft.aulast}&rft.atitle={rft.atitle}&rft.jtitle={rft.jtitle}&sid=primo"
)


class Line(msgspec.Struct, frozen=True):
    """One line to copy, and the name of the field it goes into."""

    label: str  # key of a text
    value: str


class Tool(msgspec.Struct, frozen=True):
    """One tool; its name and explanation are texts `lib_<key>` and `lib_<key>_how`."""

    key: str
    lines: tuple[Line, ...]


def librarian_routes(services: Services) -> list[BaseRoute]:
    """Return the routes of the pages for librarians."""

    def page(request: Request) -> Response:
        """Show the settings of every tool."""
        base = base_url(request, services)
        values = {"asked": Asked(), "tools": tuple(tools(services.settings, base)), "base": base}
        return render(request, services, "librarians.html", values)

    return [Route("/librarians", page, name="librarians")]


def tools(settings: Settings, base: str) -> Iterator[Tool]:
    """Give every tool with its lines for this installation."""
    resolver = f"{base}/openurl"
    yield _tool("kbart", ("address", f"{base}/kbart/AllTitles"), ("list", f"{base}/kbart"))
    yield _tool("scholar", ("address", f"{base}/google-scholar/institutional_links.xml"))
    yield Tool("pubmed", tuple(_pubmed(settings, base)))
    yield _tool(
        "eds",
        ("base_url", f"{resolver}?rft_id=info:doi/{{DOI}}&rft_id=info:pmid/{{PMID}}"
                     "&sid=ebsco&auth=ip,fede"),
        ("condition", "{IfNotEmpty({DOI}{PMID},ok,)}"),
        ("link_text", settings.holdings.link_label or f"PDF {settings.web.name}"),
        ("icon", f"{base}/static/icon.svg"),
    )  # fmt: skip
    yield _tool("primo", ("template", f"{resolver}?{_ALMA}"), ("kbart", f"{base}/kbart/AllTitles"))
    yield _tool("summon", ("base_url", f"{resolver}?"), ("kbart", f"{base}/kbart/AllTitles"))
    yield _tool("sfx", ("base_url", resolver), ("kbart", f"{base}/kbart/AllTitles"))
    yield _tool("ezproxy", ("stanza", stanza(settings.web.name, base)))
    yield _tool(
        "zotero", ("resolver", f"{resolver}?rft"), ("hidden", zotero(settings.web.name, base))
    )
    yield _tool("endnote", ("resolver", f"{resolver}?rft"))
    yield _tool(
        "catalogue",
        ("json", f"{resolver}?rft_id=info:doi/10.1000/182&format=json"),
        ("test", f"{base}/document/openurl?rft_id=info:doi/10.1000/182&noredirect"),
        ("batch", f"POST {base}/document/multiopenurl"),
    )
    yield _tool("contents", ("frame", f'<iframe src="{base}/journals/ISSN/embed" title="…" '
                             'width="100%" height="600" loading="lazy"></iframe>'))  # fmt: skip


def stanza(name: str, base: str) -> str:
    """Return the lines of EZproxy's configuration."""
    address = urlsplit(base)
    _, _, domain = (address.hostname or "").partition(".")
    lines = [f"Title {' '.join(name.split())}", f"URL {base}/", f"HJ {address.netloc}"]
    return "\n".join([*lines, f"DJ {domain}"] if "." in domain else lines)


def zotero(name: str, base: str) -> str:
    """Return Zotero's hidden preference that finds PDFs by DOI."""
    resolver = {
        "name": name,
        "method": "GET",
        "url": f"{base}/document/openurl?rft_id=info:doi/{{doi}}&noredirect",
        "mode": "json",
        "selector": ".resourceUrl",
        "automatic": True,
    }
    return msgspec.json.encode(resolver).decode()


def _pubmed(settings: Settings, base: str) -> Iterator[Line]:
    yield Line("lib_tool_address", linkout.outside_tool(base))
    yield Line("lib_icon", settings.holdings.icon_url or f"{base}/static/icon.svg")
    code = settings.holdings.pubmed_code
    yield Line("lib_readers", f"https://pubmed.ncbi.nlm.nih.gov/?otool={code or 'CODE'}")
    if settings.holdings.pubmed_provider:
        yield Line("lib_linkout", f"{base}/pubmed/providerinfo.xml\n{base}/pubmed/resources_0.xml")


def _tool(key: str, *lines: tuple[str, str]) -> Tool:
    return Tool(key, tuple(Line(f"lib_{label}", value) for label, value in lines))
