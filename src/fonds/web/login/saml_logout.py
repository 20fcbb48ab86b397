"""SAML single logout, ours and theirs: by redirects, by forms, and from server to server (SOAP).

A provider is asked in the first way that its metadata name, redirects before forms before SOAP. Its
own requests are answered in the way they came. A form of another site comes without our cookies, so
what it answers goes on to the reader's browser by a redirect with a signed statement.
"""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fonds.access.remote import RemoteFault, post_xml
from fonds.access.saml.logout import (
    LogoutAsked,
    LogoutChecks,
    Subject,
    logout_request,
    logout_response,
)
from fonds.access.saml.names import Element
from fonds.access.saml.own_key import own_key
from fonds.access.saml.posted import (
    Posted,
    encoded,
    envelope,
    enveloped,
    fault,
    posted,
    with_signature,
)
from fonds.access.saml.redirect import Kind, Received, message_address, received
from fonds.access.sessions import Departure, Left, new_number
from fonds.errors import FondsError, LoginRefused
from fonds.web.api.problems import status_of
from fonds.web.login.answering import Form
from fonds.web.login.cookies import drop_session, leaving_of
from fonds.web.login.ending import Told, end_sessions, ended_page, logout_page
from fonds.web.login.flow import LEFT_PATH
from fonds.web.login.saml import Saml
from fonds.web.services import Services
from fonds.web.visitors import login_of

_ELSEWHERE = "your institution"
_LEFT_SECONDS = 60
_XML = "text/xml; charset=utf-8"
_ACTION = {"SOAPAction": "http://www.oasis-open.org/committees/security"}  # Bindings 3.2.3.1


class SamlLogout:
    """The addresses of single logout."""

    def __init__(self, services: Services, saml: Saml) -> None:
        self._services = services
        self._saml = saml

    def begin(self, request: Request, departure: Departure, number: str) -> Response:
        """Ask a provider to sign somebody out, in a way that it knows."""
        provider = self._saml.find(departure.issuer)
        if provider is None or not departure.person or not provider.signs_out:
            return ended_page(request, self._services, partly=True)
        subject = Subject(departure.person, departure.qualifiers, departure.index)
        to = provider.slo or provider.slo_post or provider.slo_soap
        asked = logout_request(to, self._saml.own(), subject, number)
        if provider.slo:
            return self._redirect(to, "SAMLRequest", asked, number)
        if provider.slo_post:
            return self._form(request, to, "SAMLRequest", asked, number)
        try:
            answer = post_xml(to, envelope(self._signed(asked)), _ACTION)
            everywhere = self._checks().answered(enveloped(answer), number)
        except (RemoteFault, FondsError, ValueError):  # here it has been ended already
            everywhere = False
        return ended_page(request, self._services, everywhere=everywhere, partly=not everywhere)

    def front(self, request: Request, form: Form) -> Response:
        """Take a provider's answer to a logout, or its own request, that a browser brings."""
        try:
            by_form = request.method == "POST"
            message = posted(form) if by_form else received(request.scope["query_string"])
        except ValueError as error:
            raise LoginRefused(issuer=_ELSEWHERE, reason=str(error)[:300]) from error
        if message.kind == "SAMLRequest":
            return self._asked(request, message)
        if isinstance(message, Posted):
            return self._carried(message)
        leaving = leaving_of(request, self._services)
        if leaving is None or leaving.number != message.relay_state:
            raise LoginRefused(issuer=_ELSEWHERE, reason="no logout was begun in this browser")
        everywhere = self._checks().answered(message, leaving.number)
        return ended_page(request, self._services, everywhere=everywhere, partly=not everywhere)

    def soap(self, request: Request, body: bytes) -> Response:
        """Take a provider's own request from server to server."""
        try:
            message = enveloped(body)
            if message.kind != "SAMLRequest":
                raise ValueError("it asks for nothing")
            asked = self._checks().asked(message)
            self._end(asked)
        except ValueError as error:
            return Response(fault(str(error)[:300]), 400, media_type=_XML)
        except FondsError as error:
            return Response(fault(error.message), status_of(error), media_type=_XML)
        answer = logout_response("", self._saml.own(), asked, new_number())
        return Response(envelope(self._signed(answer)), media_type=_XML)

    def _asked(self, request: Request, message: Received | Posted) -> Response:
        asked = self._checks().asked(message)
        self._end(asked)
        by_form = isinstance(message, Posted)
        response = self._answered(request, asked, message.relay_state, by_form=by_form)
        if not by_form and login_of(request, self._services) is None:
            drop_session(response, self._services)  # of this browser, which has just been ended
        return response

    def _answered(
        self, request: Request, asked: LogoutAsked, relay_state: str, *, by_form: bool
    ) -> Response:
        provider, own = asked.provider, self._saml.own()
        to_form = provider.slo_post_answers or provider.slo_post
        to = provider.slo_answers or provider.slo
        if to_form and (by_form or not to):
            answer = logout_response(to_form, own, asked, new_number())
            return self._form(request, to_form, "SAMLResponse", answer, relay_state)
        if to:
            answer = logout_response(to, own, asked, new_number())
            return self._redirect(to, "SAMLResponse", answer, relay_state)
        return ended_page(request, self._services, everywhere=True)

    def _carried(self, message: Posted) -> Response:
        """Check an answer, and carry what it says to where our cookies come along."""
        number = message.relay_state[:100]
        left = Left(number, self._checks().answered(message, number))
        signed = self._services.gate.sessions.sign(left, seconds=_LEFT_SECONDS)
        return RedirectResponse(f"{LEFT_PATH}?{urlencode({'left': signed})}", 303)

    def _end(self, asked: LogoutAsked) -> None:
        issuer = asked.provider.entity_id
        meant = Told(issuer, asked.number, asked.until, asked.name, asked.indexes)
        end_sessions(self._services, meant)

    def _redirect(self, to: str, kind: Kind, message: Element, relay_state: str) -> Response:
        key, _ = own_key(self._services.home)
        return RedirectResponse(message_address(to, kind, message, relay_state, key), 302)

    def _form(
        self, request: Request, to: str, kind: Kind, message: Element, relay_state: str
    ) -> Response:
        """Return a page whose form leads to the provider: at once by script, else by its button."""
        fields: dict[str, str] = {kind: encoded(self._signed(message))}
        if relay_state:
            fields["RelayState"] = relay_state
        shown = {"done": True, "signed_in": None, "sent": {"to": to, "fields": fields}}
        response = logout_page(request, self._services, shown)
        policy = response.headers["Content-Security-Policy"]
        scheme = urlsplit(to).scheme  # the provider may send the browser on, to others it signed in
        allowed = policy.replace("form-action 'self'", f"form-action {scheme}:")
        response.headers["Content-Security-Policy"] = allowed
        return response

    def _signed(self, message: Element) -> Element:
        key, certificate = own_key(self._services.home)
        return with_signature(message, key, certificate)

    def _checks(self) -> LogoutChecks:
        key, _ = own_key(self._services.home)
        return LogoutChecks(self._saml.own(), key, self._saml.find)
