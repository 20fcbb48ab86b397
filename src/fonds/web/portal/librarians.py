"""`/librarians`: the exact lines that make each tool lead to this installation."""

from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_address
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


# what was read of each tool, in November 2026; of the tools in _UNPROVED, less than the lines say
_EBSCO = "https://help.ebsco.com/interfaces"
_EX_LIBRIS = "https://knowledge.exlibrisgroup.com"
_SOURCES = {
    "kbart": ("https://www.niso.org/standards-committees/kbart",),
    "scholar": ("https://scholar.google.com/intl/en/scholar/libraries.html",),
    "pubmed": ("https://www.ncbi.nlm.nih.gov/books/NBK3803/",),
    "eds": (
        f"{_EBSCO}/EBSCO_Discovery_Service/EDS_Best_Practices/CustomLinks_Best_Practices_Guide",
        f"{_EBSCO}/Full_Text_Finder/Holdings_Management_User_Guide/"
        "advanced_functions_in_Mandatory_Fields_of_link_resolver",
    ),
    "primo": (
        f"{_EX_LIBRIS}/Alma/Product_Documentation/010Alma_Online_Help_(English)/030Fulfillment/"
        "080Configuring_Fulfillment/090Discovery_Interface_Display_Logic/"
        "010General_Electronic_Services",
    ),
    "summon": (
        f"{_EX_LIBRIS}/360_Services/360_Link/0Product_Documentation/"
        "Summon_and_360_Link%3A_Issues_with_Library-Specific_Holdings",
    ),
    "sfx": (
        "https://knowledge.ag-software.clarivate.com/sfx/Product_Documentation/"
        "Preparing_the_Data_File.html",
        "https://knowledge.ag-software.clarivate.com/sfx/Product_Documentation/"
        "SFX_Targets_and_Target_Parsers.html",
    ),
    "ezproxy": (
        "https://www.oclc.org/support/services/ezproxy/documentation/cfg/database.en.html",
    ),
    "zotero": ("https://www.zotero.org/support/kb/custom_pdf_resolvers",),
    "endnote": (
        "https://docs.endnote.com/docs/endnote/2025/v1/windows/en/content/07searchingonline/"
        "adding_access_toyrinstitutionlib.htm",
    ),
    "catalogue": (
        "https://github.com/vufind-org/vufind/tree/dev/module/VuFind/src/VuFind/Resolver/Driver",
    ),
}
_UNPROVED = frozenset(("scholar", "summon", "sfx", "endnote"))


class Line(msgspec.Struct, frozen=True):
    """One line to copy, and the name of the field it goes into."""

    label: str  # key of a text
    value: str


class Tool(msgspec.Struct, frozen=True):
    """One tool; its name and explanation are texts `lib_<key>` and `lib_<key>_how`."""

    key: str
    lines: tuple[Line, ...]

    @property
    def sources(self) -> tuple[str, ...]:
        """Return the pages of its makers that the lines follow."""
        return _SOURCES.get(self.key, ())

    @property
    def unproved(self) -> bool:
        """Tell whether its makers' public pages leave something open, which its text then says."""
        return self.key in _UNPROVED


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
    yield _tool("summon", ("base_url", resolver), ("kbart", f"{base}/kbart/AllTitles"))
    yield _tool("sfx", ("base_url", resolver), ("kbart", f"{base}/kbart/AllTitles"))
    yield _tool("ezproxy", ("stanza", stanza(settings.web.name, base)))
    yield _tool("zotero", ("resolver", resolver), ("hidden", zotero(settings.web.name, base)))
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
    host = address.hostname or ""
    _, _, domain = host.partition(".")
    # the plain name means http; a host by https has a line with its scheme
    own = address.netloc if address.scheme == "http" else f"{address.scheme}://{address.netloc}"
    lines = [f"Title {' '.join(name.split())}", f"URL {base}/", f"HJ {own}"]
    return "\n".join([*lines, f"DJ {domain}"] if "." in domain and not _is_ip(host) else lines)


def zotero(name: str, base: str) -> str:
    """Return Zotero's hidden preference that finds PDFs by DOI: a list of one."""
    resolver = {
        "name": name,
        "method": "GET",
        "url": f"{base}/document/openurl?rft_id=info:doi/{{doi}}&noredirect",
        "mode": "json",
        "selector": ".resourceUrl",
        "automatic": True,
    }
    return msgspec.json.encode([resolver]).decode()


def _is_ip(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _pubmed(settings: Settings, base: str) -> Iterator[Line]:
    yield Line("lib_tool_address", linkout.outside_tool(base))
    yield Line("lib_icon", settings.holdings.icon_url or f"{base}/static/icon.svg")
    code = settings.holdings.pubmed_code
    yield Line("lib_readers", f"https://pubmed.ncbi.nlm.nih.gov/?otool={code or 'CODE'}")
    if settings.holdings.pubmed_provider:
        yield Line("lib_linkout", f"{base}/pubmed/providerinfo.xml\n{base}/pubmed/resources_0.xml")


def _tool(key: str, *lines: tuple[str, str]) -> Tool:
    return Tool(key, tuple(Line(f"lib_{label}", value) for label, value in lines))
