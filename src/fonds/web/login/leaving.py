"""Signing out: here at once, and at the institution where it can be asked for that.

Here comes first, whatever a provider does. Then a link leads to the provider, which ends its own
session and those at other services (SAML single logout, OpenID Connect RP-initiated logout). A
provider may begin as well: by the browser (SAML) or from server to server (OpenID Connect).
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from fonds.access.oidc_logout import logout_address, logout_token
from fonds.access.saml.logout import LogoutChecks, Subject, logout_request, logout_response
from fonds.access.saml.own_key import own_key
from fonds.access.saml.redirect import Received, message_address, received
from fonds.access.sessions import Departure, Leaving, new_number
from fonds.errors import LoginRefused, LoginUnknown
from fonds.web.login.answering import Form
from fonds.web.login.cookies import (
    departure_of,
    drop_departure,
    drop_session,
    keep_leaving,
    leaving_of,
)
from fonds.web.login.flow import LEFT_PATH, Flow
from fonds.web.login.saml import Saml
from fonds.web.portal.asking import Asked
from fonds.web.portal.pages import render
from fonds.web.services import Services
from fonds.web.visitors import login_of

_ELSEWHERE = "your institution"
_PLAIN = {"further": False, "everywhere": False, "partly": False}


class Leave:
    """The addresses of signing out."""

    def __init__(self, services: Services, flow: Flow, saml: Saml) -> None:
        self._services = services
        self._flow = flow
        self._saml = saml

    def ask(self, request: Request, form: Form) -> Response:
        """Show the button that signs out."""
        return self._page(request, {"done": False})

    def here(self, request: Request, form: Form) -> Response:
        """Sign out here, and offer to do so at the institution."""
        session = login_of(request, self._services)
        left = session is not None and session.way != "proxy"
        departure = departure_of(request, self._services) if left else None
        further = departure is not None and self._may_ask(departure)
        shown: Mapping[str, object] = {"done": True, "signed_in": None, "further": further}
        response = self._page(request, shown if left else {"done": False})
        self._flow.sign_out(response, session)
        return response

    def further(self, request: Request, form: Form) -> Response:
        """Go to the institution's provider to sign out there."""
        departure = departure_of(request, self._services)
        if login_of(request, self._services) is not None or departure is None:
            return RedirectResponse("/logout", 302)
        leaving = Leaving(new_number(), departure.issuer)
        address = self._address(departure, leaving.number)
        response: Response
        if address:
            response = RedirectResponse(address, 302)
        else:
            response = self._page(request, {"done": True, "signed_in": None, "partly": True})
        keep_leaving(response, self._services, leaving)
        drop_departure(response, self._services)
        return response

    def back(self, request: Request, form: Form) -> Response:
        """Say that an OpenID Connect provider has ended its session."""
        leaving = leaving_of(request, self._services)
        everywhere = leaving is not None and leaving.number == request.query_params.get("state")
        return self._page(request, {"done": True, "signed_in": None, "everywhere": everywhere})

    def saml(self, request: Request, form: Form) -> Response:
        """Take a provider's answer to a logout, or its own request for one."""
        try:
            message = received(request.scope["query_string"])
        except ValueError as error:
            raise LoginRefused(issuer=_ELSEWHERE, reason=str(error)[:300]) from error
        if message.kind == "SAMLRequest":
            return self._asked(request, message)
        leaving = leaving_of(request, self._services)
        if leaving is None or leaving.number != message.relay_state:
            raise LoginRefused(issuer=_ELSEWHERE, reason="no logout was begun in this browser")
        everywhere = self._checks().answered(message, leaving.number)
        shown = {
            "done": True,
            "signed_in": None,
            "everywhere": everywhere,
            "partly": not everywhere,
        }
        return self._page(request, shown)

    def told(self, request: Request, form: Form) -> Response:
        """End sessions as an OpenID Connect provider says (Back-Channel Logout 1.0)."""
        try:
            token = logout_token(self._flow.federation.oidc, form.get("logout_token", ""))
            self._once(token.issuer, token.number, token.until)
        except (LoginRefused, LoginUnknown) as error:
            body = {"error": "invalid_request", "error_description": error.message}
            return JSONResponse(body, 400)
        sessions = self._services.gate.sessions
        sessions.end_of(token.issuer, token.person, token.indexes, seconds=self._seconds)
        return Response(status_code=200)

    def _asked(self, request: Request, message: Received) -> Response:
        asked = self._checks().asked(message)
        issuer = asked.provider.entity_id
        self._once(issuer, asked.number, asked.until)
        sessions = self._services.gate.sessions
        sessions.end_of(issuer, asked.name, asked.indexes, seconds=self._seconds)
        to = asked.provider.slo_answers or asked.provider.slo
        response: Response
        if to:
            own, (key, _) = self._saml.own(), own_key(self._services.home)
            answer = logout_response(asked.provider, own, asked, new_number())
            address = message_address(to, "SAMLResponse", answer, message.relay_state, key)
            response = RedirectResponse(address, 302)
        else:
            response = self._page(request, {"done": True, "signed_in": None, "everywhere": True})
        session = login_of(request, self._services)
        if session is None:  # the one of this browser has just been ended
            drop_session(response, self._services)
        return response

    def _may_ask(self, departure: Departure) -> bool:
        """Tell whether a provider may be asked; it is not looked up for that: here comes first."""
        if self._services.gate.rights.federation.provider(departure.issuer) is not None:
            return True
        provider = self._services.providers.find(departure.issuer)
        return bool(departure.person) and (provider is None or bool(provider.slo))

    def _address(self, departure: Departure, number: str) -> str:
        """Return where a provider signs somebody out; empty where it cannot be asked."""
        one = departure
        registered = self._services.gate.rights.federation.provider(one.issuer)
        if registered is not None:
            return logout_address(registered, one.id_token, self._flow.base + LEFT_PATH, number)
        provider = self._saml.find(one.issuer)
        if provider is None or not provider.slo or not one.person:
            return ""
        subject = Subject(one.person, one.qualifiers, one.index)
        asked = logout_request(provider, self._saml.own(), subject, number)
        key, _ = own_key(self._services.home)
        return message_address(provider.slo, "SAMLRequest", asked, number, key)

    def _checks(self) -> LogoutChecks:
        key, _ = own_key(self._services.home)
        return LogoutChecks(self._saml.own(), key, self._saml.find)

    def _once(self, issuer: str, number: str, until: float) -> None:
        if not self._services.gate.sessions.spend_until(f"logout {issuer} {number}", until):
            raise LoginRefused(issuer=issuer, reason="this logout was used before")

    @property
    def _seconds(self) -> int:
        return self._services.gate.rights.federation.session_hours * 3_600

    def _page(self, request: Request, values: Mapping[str, object]) -> Response:
        shown = {"asked": Asked(), **_PLAIN, **values}
        return render(request, self._services, "logout.html", shown, 200)
