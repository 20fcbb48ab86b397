"""The steps of signing in: begin, answer of the provider, session.

A login is bound to the browser that began it by a cookie, and ends once. A SAML answer comes as a
form of another site, without our cookies; it is checked first, then its outcome goes through the
browser as a signed ticket to an address that the cookie does come to.
"""

from __future__ import annotations

import time
from urllib.parse import urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fonds.access import oidc
from fonds.access.federation import Federation
from fonds.access.membership import Claims, institutions_of
from fonds.access.sessions import Departure, Pending, Session, Way, new_number
from fonds.errors import LoginNotOffered, LoginRefused, LoginUnknown
from fonds.web.login.cookies import (
    LOGIN_SECONDS,
    drop_pending,
    drop_session,
    keep_departure,
    keep_pending,
    keep_session,
    pending_of,
)
from fonds.web.login.targets import safe_target
from fonds.web.services import Services

OIDC_PATH = "/login/oidc"
METADATA_PATH = "/saml/metadata"
ACS_PATH = "/saml/acs"  # assertion consumer service
FINISH_PATH = "/login/finish"
SLO_PATH = "/saml/slo"  # single logout service
SLO_SOAP_PATH = "/saml/slo/soap"  # the same from server to server
LEFT_PATH = "/logout/done"  # where an OpenID Connect provider returns to
TOLD_PATH = "/login/oidc/backchannel"
_LONGEST_SEALED = 3_800  # characters: with its name and path a browser keeps no more
_NOT_BEGUN = "it was not begun in this browser, or too long ago; cookies are needed"


class Outcome(msgspec.Struct, frozen=True):
    """What a provider said, after all checks."""

    session: Session
    attributes: tuple[str, ...]  # names of those that came
    departure: str = ""  # sealed: what signing out at the provider needs


class SignedIn(msgspec.Struct, frozen=True):
    """A login that has come to its end."""

    pending: Pending
    outcome: Outcome


class Flow:
    """Signing in to one installation."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @property
    def federation(self) -> Federation:
        """Return the settings in force; raises LoginNotOffered."""
        federation = self._services.gate.rights.federation
        if not federation.offers_login:
            raise LoginNotOffered(reason="access.toml names no provider")
        if not self._services.settings.web.base_url:
            # else a forged Host could pass another service's logins off as ours
            raise LoginNotOffered(reason="web.base_url is not set in fonds.toml")
        return federation

    @property
    def base(self) -> str:
        """Return the address of this archive."""
        return self._services.settings.web.base_url.rstrip("/")

    @property
    def entity_id(self) -> str:
        """Return the name of this archive among service providers."""
        return self.federation.entity_id or self.base + METADATA_PATH

    def target(self, request: Request) -> str:
        """Return where a login is to lead; raises TargetRefused."""
        wanted = request.query_params.get("target", "")
        return safe_target(wanted, self.base, self.federation.targets)

    def begin(self, issuer: str, target: str) -> Response:
        """Send the browser to an OpenID Connect provider.

        Raises LoginUnknown and LoginRefused.
        """
        number = new_number()
        provider = self.federation.provider(issuer)
        if provider is None:
            raise LoginUnknown(issuer=issuer[:200])
        pending = Pending(number, issuer, target, new_number(), oidc.new_verifier())
        address = oidc.authorization_address(provider, pending, self.base + OIDC_PATH)
        response = RedirectResponse(address, 302)
        keep_pending(response, self._services, pending)
        return response

    def discovery(self, target: str) -> str:
        """Return the federation's page to choose from (Identity Provider Discovery Service)."""
        service = self.federation.discovery
        back = f"{self.base}/login?{urlencode({'target': target})}"
        asked = {"entityID": self.entity_id, "return": back, "returnIDParam": "entityID"}
        return f"{service}{'&' if '?' in service else '?'}{urlencode(asked)}"

    def oidc_answer(self, request: Request) -> SignedIn:
        """Check the answer of an OpenID Connect provider; raises LoginRefused."""
        said = request.query_params
        pending = self.pending(request, said.get("state", ""))
        provider = self.federation.provider(pending.issuer)
        if provider is None:
            raise LoginUnknown(issuer=pending.issuer[:200])
        if said.get("iss", provider.issuer) != provider.issuer:  # RFC 9207
            raise LoginRefused(issuer=pending.issuer, reason="another provider answers")
        if "code" not in said:
            reason = said.get("error_description") or said.get("error") or "no code came"
            raise LoginRefused(issuer=pending.issuer, reason=reason[:200])
        person = oidc.person_of(provider, pending, said["code"], self.base + OIDC_PATH)
        outcome = self.outcome(person.claims, "oidc")
        way_out = Departure(
            issuer=provider.issuer,
            person=person.subject,
            index=person.index,
            id_token=person.token,
            until=self.end_of_session(),
        )
        return SignedIn(pending, self.with_departure(outcome, way_out))

    def sign_in(self, signed: SignedIn) -> Response:
        """End a login: go where it was to lead, with a session."""
        response = RedirectResponse(signed.pending.target, 303)
        keep_session(response, self._services, signed.outcome.session)
        keep_departure(response, self._services, signed.outcome.departure)
        drop_pending(response, self._services, signed.pending)
        return response

    def sign_out(self, response: Response, session: Session | None) -> None:
        """End a session, here and wherever its cookie was copied to."""
        if session is not None and session.number:
            seconds = self._services.gate.rights.federation.session_hours * 3600
            self._services.gate.sessions.end(session, seconds=seconds)
        drop_session(response, self._services)

    def pending(self, request: Request, number: str) -> Pending:
        """Return the login that an answer belongs to, and close it; raises LoginRefused."""
        pending = pending_of(request, self._services, number)
        if pending is None:
            raise LoginRefused(issuer="your institution", reason=_NOT_BEGUN)
        spent = self._services.gate.sessions.spend(f"login {number}", seconds=LOGIN_SECONDS)
        if not spent:
            raise LoginRefused(issuer=pending.issuer, reason="this answer was used before")
        return pending

    def outcome(self, claims: Claims, way: Way) -> Outcome:
        """Return what claims amount to here."""
        found = tuple(sorted(institutions_of(self._services.gate.rights.members, claims)))
        return Outcome(Session(found, claims.issuer, way, new_number()), claims.names)

    def end_of_session(self) -> int:
        """Return when a session that begins now will be over."""
        return int(time.time()) + self.federation.session_hours * 3_600

    def with_departure(self, outcome: Outcome, departure: Departure) -> Outcome:
        """Return a login that its provider can end, and that can be ended there."""
        sessions = self._services.gate.sessions
        if outcome.session.institutions:
            sessions.note(departure, outcome.session)
        sealed = sessions.seal(departure)
        if len(sealed) > _LONGEST_SEALED:  # the token is a hint; the rest is what counts
            sealed = sessions.seal(msgspec.structs.replace(departure, id_token=""))
        kept = sealed if len(sealed) <= _LONGEST_SEALED else ""
        return msgspec.structs.replace(outcome, departure=kept)
