"""A document's description in the forms that programs ask for by name: by `Accept`, by unAPI."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fonds.archive.model import StoredDocument
from fonds.errors import NotThere, ParameterInvalid
from fonds.record import Record
from fonds.renditions.citations.styled import STYLES, Locale, Style, styled
from fonds.web.api.searching import base_url
from fonds.web.negotiation import Choice, choose
from fonds.web.schema_org import scholarly_article
from fonds.web.services import Services
from fonds.web.visitors import may_read, visitor_of

HTML = "text/html"
_LISTING = "application/json"
JSON_LD = "application/ld+json"
BIBLIOGRAPHY = "text/x-bibliography"
MADE: Mapping[str, str] = {  # type -> name of the rendition
    "application/vnd.citationstyles.csl+json": "csl",
    "application/x-research-info-systems": "ris",
    "application/x-bibtex": "bibtex",
    "application/mods+xml": "mods",
}
OFFERED = (*MADE, BIBLIOGRAPHY, JSON_LD)
_record = msgspec.json.Decoder(Record).decode


def preferred(request: Request, services: Services, document: StoredDocument) -> Response | None:
    """Answer at an ARK with what is preferred to its list of formats; None: the list is."""
    choice = choose(request.headers.get("accept", ""), (_LISTING, HTML, *OFFERED))
    if choice.mimetype == _LISTING:
        return None
    if choice.mimetype == HTML:  # a person with a browser
        answer: Response = RedirectResponse(f"/notice/{document.ark}", 303)
        answer.headers["Vary"] = "Accept"
        return answer
    return form_answer(request, services, document, choice)


def form_answer(
    request: Request, services: Services, document: StoredDocument, choice: Choice
) -> Response:
    """Answer with a form of a description; raises ParameterInvalid for unknown styles."""
    if choice.mimetype == JSON_LD:
        body = json_ld(request, services, document)
    elif choice.mimetype == BIBLIOGRAPHY:
        style, locale = _asked(choice.parameters)
        body = styled(_record(document.record), style, locale).text.encode() + b"\n"
    else:
        body = description(services, document, MADE[choice.mimetype])
    answer = Response(body, media_type=f"{choice.mimetype}; charset=utf-8")
    answer.headers["Vary"] = "Accept"
    return answer


def description(services: Services, document: StoredDocument, name: str) -> bytes:
    """Return a form of a description, stored or made now; it is open to everyone."""
    file = services.archive.file(document.ord, "metadata", name)
    if file is not None and not file.original:
        return services.archive.read(file)
    rendition = services.on_demand.find("metadata", name)
    made = services.on_demand.make(document, rendition) if rendition is not None else None
    if made is None:
        raise NotThere(what="form", name=name[:80])
    return made


def json_ld(request: Request, services: Services, document: StoredDocument) -> bytes:
    """Return the schema.org description of a document."""
    record = _record(document.record)
    readable = may_read(services, visitor_of(request, services), document.record)
    pdf = next((file.uri for file in record.fulltext if file.extension == "pdf"), "")
    content = scholarly_article(record, base_url(request, services), pdf if readable else "")
    return msgspec.json.encode(content)


def _asked(parameters: Mapping[str, str]) -> tuple[Style, Locale]:
    wanted = parameters.get("style", "apa").lower()
    style = next((one for one in STYLES if one == wanted), None)
    if style is None:
        reason = f"one of {', '.join(STYLES)} was expected"
        raise ParameterInvalid(name="style", value=wanted[:80], reason=reason)
    french = parameters.get("locale", "en-US").lower().startswith("fr")
    return style, "fr-FR" if french else "en-US"
