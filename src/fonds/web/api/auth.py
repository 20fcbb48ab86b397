"""`/auth`, `/authFede` and `/token`: who is asking, the way to a login, a token for programs.

Programs get JSON, always. A browser is sent to the login where the address exists for that
(`/authFede`, `/token`) or asks for it (`auth=fede`).
"""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fonds.access.token_desk import take_out
from fonds.errors import LoginNeeded, ParameterInvalid
from fonds.web.api.door import JSON
from fonds.web.login.targets import safe_target
from fonds.web.refusing import asks_for_login, base, is_navigation, login_address, refusal
from fonds.web.services import Services
from fonds.web.visitors import login_of, visitor_of

_REFUSED = "Accès refusé"
_COMMENT = (
    "Votre token d'identification a bien été généré. Il est valable {days} jours : envoyez-le dans "
    "l'en-tête « Authorization: Bearer »."
)


class Auth:
    """Who is asking."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def answer(self, request: Request) -> Response:
        """Say how the caller was recognised and what they may read; 403 for nobody known."""
        services = self._services
        visitor = visitor_of(request, services)
        names = [one.name for one in services.archive.collections()]
        closed = services.gate.closed(visitor, names)
        known = bool(visitor.mode) or not closed
        if not known and asks_for_login(request, services):
            raise refusal(request, services, visitor)
        content: dict[str, object] = {"authorized": known, "mode": visitor.mode or "open"}
        if not known:
            content = {"_error": _REFUSED, "code": "access-denied", "authorized": False}
            if services.gate.rights.federation.offers_login:
                content["login"] = login_address(request, services)
        content["closed"] = closed
        return Response(
            msgspec.json.encode(content),
            200 if known else 403,
            headers={"Cache-Control": "no-store"},
            media_type=JSON,
        )

    def login(self, request: Request) -> Response:
        """Send a browser to the login and then to `target`."""
        services = self._services
        here = base(request, services)
        origins = services.gate.rights.federation.targets
        target = safe_target(request.query_params.get("target", ""), here, origins)
        if login_of(request, services) is not None:
            return RedirectResponse(target, 302, {"Cache-Control": "no-store"})
        raise self._needed(request, target)

    def token(self, request: Request) -> Response:
        """Give out a token for the programs of who is signed in."""
        services = self._services
        session = login_of(request, services)
        if session is None:
            raise self._needed(request, "")
        asked = request.query_params.get("institution", session.institutions[0])
        if asked not in session.institutions:
            known = ", ".join(session.institutions)
            raise ParameterInvalid(
                name="institution", value=asked[:80], reason=f"known are {known}"
            )
        days = services.gate.rights.federation.token_days
        token = take_out(services.gate.tokens, session, asked, days=days)
        content = {"_comment": _COMMENT.format(days=days), "_accessToken": token}
        headers = {"Cache-Control": "no-store"}
        return Response(msgspec.json.encode(content), headers=headers, media_type=JSON)

    def _needed(self, request: Request, target: str) -> LoginNeeded:
        address = login_address(request, self._services, target)
        redirect = address if is_navigation(request) else ""
        return LoginNeeded(login=address, redirect=redirect)
