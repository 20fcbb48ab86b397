"""The cookies of logins: signed, not readable by scripts, never sent by other sites' forms.

SameSite=Lax: they come with links to us, not with forms and scripts of other sites. So the answer
of a SAML provider, which is such a form, comes without them; `flow.py` sends it on by a redirect.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from fonds.access.sessions import Departure, Leaving, Pending, Session
from fonds.web.services import Services
from fonds.web.visitors import SESSION_COOKIE

LOGIN_SECONDS = 900  # that signing in may take
_LOGIN_PATH = "/login"
_DEPARTURE, _DEPARTURE_PATH = "fonds_departure", "/logout"
_LEAVING = "fonds_leaving"


def keep_session(response: Response, services: Services, session: Session) -> None:
    """Sign somebody in."""
    seconds = services.gate.rights.federation.session_hours * 3600
    text = services.gate.sessions.sign(session, seconds=seconds)
    _set(response, services, SESSION_COOKIE, text, seconds, "/")


def drop_session(response: Response, services: Services) -> None:
    """Sign somebody out."""
    _set(response, services, SESSION_COOKIE, "", 0, "/")


def keep_pending(response: Response, services: Services, pending: Pending) -> None:
    """Remember a login that has begun; each has its own cookie, so that tabs do not mix."""
    text = services.gate.sessions.sign(pending, seconds=LOGIN_SECONDS)
    _set(response, services, _name(pending.number), text, LOGIN_SECONDS, _LOGIN_PATH)


def pending_of(request: Request, services: Services, number: str) -> Pending | None:
    """Return the login that this browser began under a number."""
    found = services.gate.sessions.read(Pending, request.cookies.get(_name(number), ""))
    return found if found is not None and found.number == number else None


def drop_pending(response: Response, services: Services, pending: Pending) -> None:
    """Forget a login that has ended."""
    _set(response, services, _name(pending.number), "", 0, _LOGIN_PATH)


def keep_departure(response: Response, services: Services, sealed: str) -> None:
    """Keep in the browser what signing out at the provider will need."""
    if sealed:
        seconds = services.gate.rights.federation.session_hours * 3600
        _set(response, services, _DEPARTURE, sealed, seconds, _DEPARTURE_PATH)


def departure_of(request: Request, services: Services) -> Departure | None:
    """Return what signing out at the provider needs."""
    return services.gate.sessions.unseal(request.cookies.get(_DEPARTURE, ""))


def drop_departure(response: Response, services: Services) -> None:
    """Forget it."""
    _set(response, services, _DEPARTURE, "", 0, _DEPARTURE_PATH)


def keep_leaving(response: Response, services: Services, leaving: Leaving) -> None:
    """Remember a logout that a provider was asked for."""
    text = services.gate.sessions.sign(leaving, seconds=LOGIN_SECONDS)
    _set(response, services, _LEAVING, text, LOGIN_SECONDS, "/")


def leaving_of(request: Request, services: Services) -> Leaving | None:
    """Return the logout that this browser was sent away for."""
    return services.gate.sessions.read(Leaving, request.cookies.get(_LEAVING, ""))


def is_secure(services: Services) -> bool:
    """Tell whether cookies may go over https alone."""
    return services.settings.web.base_url.startswith("https://")


def _name(number: str) -> str:
    return f"fonds_login_{number[:8]}"


def _set(
    response: Response, services: Services, name: str, text: str, seconds: int, path: str
) -> None:
    response.set_cookie(
        name,
        text,
        max_age=seconds,
        path=path,
        secure=is_secure(services),
        httponly=True,
        samesite="lax",
    )
