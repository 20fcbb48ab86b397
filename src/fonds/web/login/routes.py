"""The addresses of logins: `/login`, `/logout`, `/account/token`, and what providers answer to."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from fonds.web.login.answering import Form, by_server, page
from fonds.web.login.choice import MOST_SHOWN, Choices
from fonds.web.login.flow import (
    ACS_PATH,
    FINISH_PATH,
    LEFT_PATH,
    METADATA_PATH,
    OIDC_PATH,
    SLO_PATH,
    SLO_SOAP_PATH,
    TOLD_PATH,
    Flow,
    SignedIn,
)
from fonds.web.login.leaving import Leave
from fonds.web.login.saml import Saml
from fonds.web.login.saml_logout import SamlLogout
from fonds.web.login.token_page import TokenPage
from fonds.web.portal.asking import Asked
from fonds.web.portal.pages import render
from fonds.web.portal.texts import chosen
from fonds.web.services import Services
from fonds.web.visitors import login_of


def login_routes(services: Services) -> list[BaseRoute]:
    """Return the routes of logins over open services."""
    flow = Flow(services)
    saml = Saml(services, flow)
    login, tokens = _Login(services, flow, saml), TokenPage(services)
    single = SamlLogout(services, saml)
    leave = Leave(services, flow, single)
    return [
        Route("/login", page(services, login.choose)),
        Route("/login/denied", page(services, login.denied)),
        Route(OIDC_PATH, page(services, login.oidc)),
        Route(METADATA_PATH, page(services, saml.metadata)),
        Route(ACS_PATH, page(services, saml.answer, foreign=True), methods=["POST"]),
        Route(FINISH_PATH, page(services, login.saml)),
        Route("/logout", page(services, leave.ask)),
        Route("/logout", page(services, leave.here), methods=["POST"]),
        Route("/logout/provider", page(services, leave.further)),
        Route(LEFT_PATH, page(services, leave.back)),
        Route(SLO_PATH, page(services, single.front)),
        Route(SLO_PATH, page(services, single.front, foreign=True), methods=["POST"]),
        Route(SLO_SOAP_PATH, by_server(single.soap), methods=["POST"]),
        Route(TOLD_PATH, page(services, leave.told, foreign=True), methods=["POST"]),
        Route("/account/token", page(services, tokens.show)),
        Route("/account/token", page(services, tokens.create), methods=["POST"]),
        Route("/account/token/revoke", page(services, tokens.revoke), methods=["POST"]),
    ]


class _Login:
    def __init__(self, services: Services, flow: Flow, saml: Saml) -> None:
        self._services = services
        self._flow = flow
        self._saml = saml
        self._choices = Choices(lambda: services.gate.rights, services.providers)

    def choose(self, request: Request, form: Form) -> Response:
        """Show the logins to choose from, or begin the one that the address names."""
        asked = request.query_params
        federation = self._flow.federation
        target = self._flow.target(request)
        if asked.get("entityID"):
            issuer = asked["entityID"]
            begin = self._flow.begin if federation.provider(issuer) else self._saml.begin
            return begin(issuer, target)
        if federation.discovery and not federation.oidc:
            return RedirectResponse(self._flow.discovery(target), 302)
        search = asked.get("search", "")[:200]
        language = chosen(request)
        found = self._choices.fitting(language, search)
        shown = {
            "choices": [(one, _begin(one.issuer, target)) for one in found[:MOST_SHOWN]],
            "more": max(0, len(found) - MOST_SHOWN),
            "count": len(self._choices.all(language)),
            "search": search,
            "target": target,
            "discovery": self._flow.discovery(target) if federation.discovery else "",
        }
        return self._page(request, "login.html", shown)

    def oidc(self, request: Request, form: Form) -> Response:
        """Take the answer of an OpenID Connect provider."""
        return self._end(request, self._flow.oidc_answer(request))

    def saml(self, request: Request, form: Form) -> Response:
        """Take the outcome of a SAML answer in the browser that began the login."""
        return self._end(request, self._saml.finish(request))

    def denied(self, request: Request, form: Form) -> Response:
        """Say what can be done where one's institution has no rights."""
        collection = request.query_params.get("collection", "")[:200]
        session = login_of(request, self._services)
        issuer = session.issuer if session is not None else ""
        shown = {"collection": collection, "issuer": issuer, "attributes": None}
        return self._denied(request, shown)

    def _end(self, request: Request, signed: SignedIn) -> Response:
        if not signed.outcome.session.institutions:
            shown = {
                "collection": "",
                "issuer": signed.outcome.session.issuer,
                "attributes": signed.outcome.attributes,
            }
            return self._denied(request, shown)
        return self._flow.sign_in(signed)

    def _denied(self, request: Request, shown: Mapping[str, object]) -> Response:
        names = {one.issuer: one.name for one in self._choices.all(chosen(request))}
        contact = self._services.gate.rights.federation.contact
        issuer = str(shown["issuer"])
        values = {**shown, "provider": names.get(issuer, issuer), "contact": contact}
        return self._page(request, "denied.html", values, 403)

    def _page(
        self, request: Request, template: str, values: Mapping[str, object], status: int = 200
    ) -> Response:
        return render(request, self._services, template, {"asked": Asked(), **values}, status)


def _begin(issuer: str, target: str) -> str:
    return "/login?" + urlencode({"entityID": issuer, "target": target})
