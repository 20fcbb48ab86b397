"""The SAML 2.0 side of signing in: our metadata, requests, and the answers that come back."""

from __future__ import annotations

from time import time as clock
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fonds.access.saml.own_key import own_key
from fonds.access.saml.provider import IdentityProvider
from fonds.access.saml.query import MetadataQueries
from fonds.access.saml.redirect import message_address
from fonds.access.saml.request import (
    ServiceProvider,
    authn_request,
    own_metadata,
    request_id,
)
from fonds.access.saml.response import Checks
from fonds.access.sessions import Departure, Pending, Ticket, new_number
from fonds.errors import LoginRefused, LoginUnknown
from fonds.web.login.answering import Form
from fonds.web.login.cookies import keep_pending
from fonds.web.login.flow import (
    ACS_PATH,
    FINISH_PATH,
    SLO_PATH,
    SLO_SOAP_PATH,
    Flow,
    Outcome,
    SignedIn,
)
from fonds.web.services import Services

_TICKET_SECONDS = 60
_METADATA = "application/samlmetadata+xml"


class Saml:
    """The service provider of one installation."""

    def __init__(self, services: Services, flow: Flow) -> None:
        self._services = services
        self._flow = flow
        self._queries = MetadataQueries(services.home, lambda: services.gate.rights.federation)

    def find(self, entity_id: str) -> IdentityProvider | None:
        """Return a provider: of the metadata kept here, else asked for."""
        return self._services.providers.find(entity_id) or self._queries.find(entity_id)

    def metadata(self, request: Request, form: Form) -> Response:
        """Answer with our metadata."""
        return Response(own_metadata(self.own()), media_type=_METADATA)

    def begin(self, issuer: str, target: str) -> Response:
        """Send the browser to an identity provider; raises LoginUnknown."""
        provider = self.find(issuer)
        if provider is None:
            raise LoginUnknown(issuer=issuer[:200])
        pending, own = Pending(new_number(), issuer, target), self.own()
        key, _ = own_key(self._services.home)
        signing = key if provider.wants_signed or own.signs else None
        asked = authn_request(provider, own, pending.number)
        address = message_address(provider.sso, "SAMLRequest", asked, pending.number, signing)
        response = RedirectResponse(address, 302)
        keep_pending(response, self._services, pending)
        return response

    def answer(self, request: Request, form: Form) -> Response:
        """Check an answer and carry its outcome to where our cookies come along."""
        key, _ = own_key(self._services.home)
        checks = Checks(self.own(), key, self.find, clock=clock)
        said = checks.read(form.get("SAMLResponse", ""))
        issuer = said.claims.issuer
        name = f"assertion {issuer} {said.number}"
        if not self._services.gate.sessions.spend_until(name, said.until):
            raise LoginRefused(issuer=issuer, reason="this answer was used before")
        outcome = self._flow.outcome(said.claims, "saml")
        if said.subject.name:
            way_out = Departure(
                issuer=issuer,
                person=said.subject.name,
                qualifiers=said.subject.qualifiers,
                index=said.subject.index,
                until=self._flow.end_of_session(),
            )
            outcome = self._flow.with_departure(outcome, way_out)
        number = said.request.removeprefix(request_id(""))
        ticket = Ticket(number, outcome.session, outcome.attributes, outcome.departure)
        signed = self._services.gate.sessions.sign(ticket, seconds=_TICKET_SECONDS)
        return RedirectResponse(f"{FINISH_PATH}?{urlencode({'ticket': signed})}", 303)

    def finish(self, request: Request) -> SignedIn:
        """Take the ticket in the browser that began the login; raises LoginRefused."""
        text = request.query_params.get("ticket", "")
        ticket = self._services.gate.sessions.read(Ticket, text)
        if ticket is None:
            raise LoginRefused(issuer="your institution", reason="the login took too long")
        pending = self._flow.pending(request, ticket.number)
        if pending.issuer != ticket.session.issuer:
            raise LoginRefused(issuer=pending.issuer, reason="another provider answers")
        return SignedIn(pending, Outcome(ticket.session, ticket.attributes, ticket.departure))

    def own(self) -> ServiceProvider:
        """Return this archive as federations know it."""
        flow = self._flow
        federation = flow.federation
        _, certificate = own_key(self._services.home)
        return ServiceProvider(
            entity_id=flow.entity_id,
            acs=flow.base + ACS_PATH,
            login=flow.base + "/login",
            slo=flow.base + SLO_PATH,
            slo_soap=flow.base + SLO_SOAP_PATH,
            name=self._services.settings.web.name,
            certificate=certificate,
            contact=federation.contact,
            signs=federation.sign_requests,
        )
