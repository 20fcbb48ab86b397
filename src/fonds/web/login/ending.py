"""What the ways of signing out share: ending the sessions a provider means, and the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from fonds.errors import LoginRefused
from fonds.web.portal.asking import Asked
from fonds.web.portal.pages import render
from fonds.web.services import Services

_PLAIN = {"further": False, "everywhere": False, "partly": False, "sent": None}


class Told(msgspec.Struct, frozen=True):
    """A provider says that somebody signed out."""

    issuer: str
    number: str  # of the message, which counts once
    until: float
    person: str
    indexes: Sequence[str] = ()  # sessions that are meant; none: all of this person


def end_sessions(services: Services, told: Told) -> None:
    """End what a provider means; raises LoginRefused when it said so before."""
    sessions = services.gate.sessions
    if not sessions.spend_until(f"logout {told.issuer} {told.number}", told.until):
        raise LoginRefused(issuer=told.issuer, reason="this logout was used before")
    seconds = services.gate.rights.federation.session_hours * 3_600
    sessions.end_of(told.issuer, told.person, told.indexes, seconds=seconds)


def logout_page(request: Request, services: Services, values: Mapping[str, object]) -> Response:
    """Return the page of signing out."""
    return render(request, services, "logout.html", {"asked": Asked(), **_PLAIN, **values}, 200)


def ended_page(
    request: Request, services: Services, *, everywhere: bool = False, partly: bool = False
) -> Response:
    """Return the page that says what has been ended at the provider."""
    shown = {"done": True, "signed_in": None, "everywhere": everywhere, "partly": partly}
    return logout_page(request, services, shown)
