"""Who stands behind a request, and whether they may read a document."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from starlette.requests import Request

from fonds.access.gate import Caller, Visitor
from fonds.access.sessions import Session
from fonds.access.usage.events import AccessType
from fonds.archive.model import StoredDocument
from fonds.search.doctor import Doctor
from fonds.search.engine import SearchRequest
from fonds.search.narrowing import Closed, narrowed, within_closed
from fonds.web.refusing import refusal
from fonds.web.services import Services

SESSION_COOKIE = "fonds_session"


class _Condition(msgspec.Struct, frozen=True, rename="camel"):
    content_type: str = ""


class _Access(msgspec.Struct, frozen=True, rename="camel"):
    """The part of a record that rights look at."""

    corpus_name: str = ""
    access_condition: _Condition = _Condition()


_decoder = msgspec.json.Decoder(_Access)


def caller_of(request: Request) -> Caller:
    """Return what a request says of who sends it."""
    return Caller(
        peer=request.client.host if request.client is not None else "",
        forwarded=",".join(request.headers.getlist("x-forwarded-for")),
        authorization=request.headers.get("authorization", ""),
        ways=request.query_params.get("auth", ""),
        session=request.cookies.get(SESSION_COOKIE, ""),
        headers=request.headers.getlist,
    )


def visitor_of(request: Request, services: Services) -> Visitor:
    """Recognise who asks: by token, else by login and address."""
    return services.gate.visitor(caller_of(request))


def login_of(request: Request, services: Services) -> Session | None:
    """Return who is signed in, whatever else says who they are."""
    return services.gate.login(caller_of(request))


def may_read(services: Services, visitor: Visitor, record: bytes) -> bool:
    """Tell whether somebody may read the text and the files of a record."""
    if not services.gate.rights.restricts:
        return True
    found = _decoder.decode(record)
    return services.gate.allows(visitor, found.corpus_name, found.access_condition.content_type)


class Openness(msgspec.Struct, frozen=True):
    """What the access to a text depends on."""

    collection: str
    is_open: bool  # under an open licence


def openness(record: bytes) -> Openness:
    """Return what the access to a record's text depends on."""
    found = _decoder.decode(record)
    return Openness(found.corpus_name, found.access_condition.content_type == "isOpenAccess")


def access_type(services: Services, text: Openness) -> AccessType:
    """Return how a text is open now, as usage reports name it."""
    rule = services.gate.rights.rule(text.collection)
    if rule.access == "restricted" and not (text.is_open and rule.open_access):
        return "Controlled"
    return "Open" if text.is_open else "Free_To_Read"


def may_analyse(services: Services, visitor: Visitor, record: bytes, names: Iterable[str]) -> bool:
    """Tell whether somebody may have the files of enrichments of a record."""
    if may_read(services, visitor, record):
        return True
    return open_enrichments(services, _decoder.decode(record).corpus_name).issuperset(names)


def open_enrichments(services: Services, collection: str) -> frozenset[str]:
    """Return the enrichments of closed texts that everybody may have; none of a hidden text."""
    rule = services.gate.rights.rule(collection)
    if not rule.search_text:
        return frozenset()
    return services.open_enrichments | frozenset(rule.enrichments)


def narrow(services: Services, visitor: Visitor, request: SearchRequest) -> SearchRequest:
    """Return a question that does not look into texts that somebody may not even search."""
    closed = closed_texts(services, visitor)
    if not closed:
        return request
    query, hidden = narrowed(request.query, closed), within_closed(closed)
    return msgspec.structs.replace(request, query=query, hidden=hidden)


def closed_texts(services: Services, visitor: Visitor) -> tuple[Closed, ...]:
    """Return the collections whose texts somebody may not even search."""
    rights = services.gate.rights
    if not rights.restricts:
        return ()
    names = [one.name for one in services.archive.collections()]
    return tuple(
        Closed(name, rights.rule(name).open_access)
        for name in services.gate.closed(visitor, names)
        if not rights.rule(name).search_text
    )


def doctor_for(services: Services, visitor: Visitor) -> Doctor:
    """Return a doctor that tells somebody nothing of what they may not read."""
    return Doctor(
        services.search,
        services.engine,
        narrow=lambda request: narrow(services, visitor, request),
        show_words=sees_all(services, visitor),
    )


def sees_all(services: Services, visitor: Visitor) -> bool:
    """Tell whether somebody may read every collection."""
    if not services.gate.rights.restricts:
        return True
    names = [one.name for one in services.archive.collections()]
    return not services.gate.closed(visitor, names)


def require(request: Request, services: Services, document: StoredDocument) -> None:
    """Raise AccessDenied unless the document may be read by who asks."""
    visitor = visitor_of(request, services)
    if not may_read(services, visitor, document.record):
        raise refusal(request, services, visitor, document.collection)
