"""Signing out: here at once, and at the institution where it can be asked for that.

Here comes first, whatever a provider does. Then a link leads to the provider, which ends its own
session and those at other services (SAML single logout, OpenID Connect RP-initiated logout). A
provider may begin as well: by the browser (SAML) or from server to server (SAML, OpenID Connect).
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from fonds.access.oidc_logout import logout_address, logout_token
from fonds.access.sessions import Departure, Leaving, Left, new_number
from fonds.errors import LoginRefused, LoginUnknown
from fonds.web.login.answering import Form
from fonds.web.login.cookies import departure_of, drop_departure, keep_leaving, leaving_of
from fonds.web.login.ending import Told, end_sessions, ended_page, logout_page
from fonds.web.login.flow import LEFT_PATH, Flow
from fonds.web.login.saml_logout import SamlLogout
from fonds.web.services import Services
from fonds.web.visitors import login_of


class Leave:
    """The addresses of signing out."""

    def __init__(self, services: Services, flow: Flow, saml: SamlLogout) -> None:
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
        registered = self._services.gate.rights.federation.provider(departure.issuer)
        if registered is None:
            response = self._saml.begin(request, departure, leaving.number)
        else:
            back = self._flow.base + LEFT_PATH
            address = logout_address(registered, departure.id_token, back, leaving.number)
            response = self._sent(request, address)
        keep_leaving(response, self._services, leaving)
        drop_departure(response, self._services)
        return response

    def back(self, request: Request, form: Form) -> Response:
        """Say what a provider has ended, to the browser that asked it."""
        leaving = leaving_of(request, self._services)
        said = self._services.gate.sessions.read(Left, request.query_params.get("left", ""))
        if said is None:
            said = Left(request.query_params.get("state", ""), everywhere=True)
        mine = leaving is not None and leaving.number == said.number
        everywhere, partly = mine and said.everywhere, mine and not said.everywhere
        return ended_page(request, self._services, everywhere=everywhere, partly=partly)

    def told(self, request: Request, form: Form) -> Response:
        """End sessions as an OpenID Connect provider says (Back-Channel Logout 1.0)."""
        try:
            token = logout_token(self._flow.federation.oidc, form.get("logout_token", ""))
            meant = Told(token.issuer, token.number, token.until, token.person, token.indexes)
            end_sessions(self._services, meant)
        except (LoginRefused, LoginUnknown) as error:
            body = {"error": "invalid_request", "error_description": error.message}
            return JSONResponse(body, 400)
        return Response(status_code=200)

    def _may_ask(self, departure: Departure) -> bool:
        """Tell whether a provider may be asked; it is not looked up for that: here comes first."""
        if self._services.gate.rights.federation.provider(departure.issuer) is not None:
            return True
        provider = self._services.providers.find(departure.issuer)
        return bool(departure.person) and (provider is None or provider.signs_out)

    def _sent(self, request: Request, address: str) -> Response:
        if address:
            return RedirectResponse(address, 302)
        return ended_page(request, self._services, partly=True)

    def _page(self, request: Request, values: Mapping[str, object]) -> Response:
        return logout_page(request, self._services, values)
