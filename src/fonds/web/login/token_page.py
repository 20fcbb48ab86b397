"""The page where somebody who is signed in takes out a token for programs, and takes it back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fonds.access.sessions import Session
from fonds.access.token_desk import take_out
from fonds.errors import TokenUnknown
from fonds.web.login.answering import Form
from fonds.web.portal.asking import Asked
from fonds.web.portal.pages import render
from fonds.web.refusing import base, login_address
from fonds.web.services import Services
from fonds.web.visitors import login_of

PATH = "/account/token"
_DAYS = (30, 90, 365)


class Made(msgspec.Struct, frozen=True):
    """A token just made; it is shown this once."""

    token: str
    institution: str
    until: str
    collections: tuple[str, ...]


class TokenPage:
    """The token page of one installation."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def show(self, request: Request, form: Form) -> Response:
        """Show the form; who is not signed in goes to the login first."""
        session = login_of(request, self._services)
        if session is None:
            return RedirectResponse(login_address(request, self._services, PATH), 302)
        return self._page(request, session)

    def create(self, request: Request, form: Form) -> Response:
        """Make a token and show it."""
        session = login_of(request, self._services)
        if session is None:
            return RedirectResponse(login_address(request, self._services, PATH), 303)
        wanted = form.get("institution", "")
        institution = wanted if wanted in session.institutions else session.institutions[0]
        days = min(self._days(), key=lambda one: abs(one - _number(form.get("days", ""))))
        names = self._collections(session)
        chosen = tuple(name for name in names if form.get(f"collection-{name}"))
        chosen = () if len(chosen) == len(names) else chosen
        tokens = self._services.gate.tokens
        token = take_out(tokens, session, institution, days=days, collections=chosen)
        until = (datetime.now(UTC) + timedelta(days=days)).date().isoformat()
        made = Made(token, self._name(institution), until, chosen)
        return self._page(request, session, made=made)

    def revoke(self, request: Request, form: Form) -> Response:
        """Make a token worthless that somebody brings; who has it may do so."""
        session = login_of(request, self._services)
        tokens = self._services.gate.tokens
        issued = tokens.read(form.get("token", "").strip())
        if issued is None:
            raise TokenUnknown(number=form.get("token", "").strip()[:12])
        tokens.revoke(issued.number)
        if session is None:
            return RedirectResponse("/", 303)
        return self._page(request, session, revoked=issued.number)

    def _page(
        self, request: Request, session: Session, *, made: Made | None = None, revoked: str = ""
    ) -> Response:
        values = {
            "asked": Asked(),
            "institutions": [(key, self._name(key)) for key in session.institutions],
            "collections": self._collections(session),
            "days": self._days(),
            "made": made,
            "revoked": revoked,
            "base": base(request, self._services),
        }
        return render(request, self._services, "token.html", values)

    def _collections(self, session: Session) -> tuple[str, ...]:
        """Return the restricted collections that the session opens."""
        gate = self._services.gate
        names = [one.name for one in self._services.archive.collections()]
        mine = gate.visitor_of(session)
        restricted = [name for name in names if gate.rights.rule(name).access == "restricted"]
        return tuple(name for name in restricted if gate.entitled(mine, name))

    def _days(self) -> tuple[int, ...]:
        longest = self._services.gate.rights.federation.token_days
        return tuple(sorted({min(one, longest) for one in _DAYS}))

    def _name(self, key: str) -> str:
        known = self._services.gate.rights.institutions.get(key)
        return known.name or key if known is not None else key


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
