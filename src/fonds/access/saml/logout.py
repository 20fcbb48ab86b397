"""Single logout (SAML 2.0 Profiles 4.4): asked by us, or by a provider."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from fonds.access.saml.encryption import decrypted
from fonds.access.saml.names import SAML, SAMLP, SPACES, SUCCESS, Element, made, text_of
from fonds.access.saml.provider import IdentityProvider
from fonds.access.saml.request import ServiceProvider, instant, request_id
from fonds.access.saml.signature import SignatureInvalid, certificate_of
from fonds.access.saml.times import LEEWAY, moment
from fonds.errors import LoginRefused, LoginUnknown

Find = Callable[[str], IdentityProvider | None]
_REQUEST, _RESPONSE = f"{{{SAMLP}}}LogoutRequest", f"{{{SAMLP}}}LogoutResponse"
_LIFE = 900.0  # seconds: longest life of a message that does not limit itself more
_QUALIFIERS = ("Format", "NameQualifier", "SPNameQualifier")


class Message(Protocol):
    """A message as it came; how it is signed depends on how it came."""

    @property
    def root(self) -> Element:
        """Return the message, which may be anybody's."""
        ...

    def verified(self, certificates: Sequence[x509.Certificate]) -> Element:
        """Return it as one of the keys signed it; raises SignatureInvalid."""
        ...


class Subject(msgspec.Struct, frozen=True):
    """Whom a provider signed in, in its own words: a logout must repeat them."""

    name: str
    qualifiers: dict[str, str] = {}
    index: str = ""  # SessionIndex


class LogoutAsked(msgspec.Struct, frozen=True):
    """A provider asks that somebody be signed out."""

    provider: IdentityProvider
    number: str  # ID of the request
    name: str
    indexes: tuple[str, ...]  # sessions that are meant; none: all of this person
    until: float


def subject_of(assertion: Element, key: RSAPrivateKey) -> Subject:
    """Return whom an assertion is about; nobody where that cannot be read."""
    subject = assertion.find("saml:Subject", SPACES)
    statement = assertion.find("saml:AuthnStatement", SPACES)
    try:
        name = None if subject is None else _name_of(subject, key)
    except ValueError:  # encrypted otherwise: a login all the same, without single logout
        name = None
    if name is None:
        return Subject("")
    qualifiers = {one: name.get(one, "") for one in _QUALIFIERS if name.get(one)}
    index = "" if statement is None else statement.get("SessionIndex", "")
    return Subject(text_of(name), qualifiers, index)


def logout_request(to: str, own: ServiceProvider, subject: Subject, number: str) -> Element:
    """Return our request to sign somebody out everywhere; `to` is an address of the provider."""
    request = _message("LogoutRequest", to, own, request_id(number))
    request.append(made(SAML, "NameID", subject.name, **subject.qualifiers))
    if subject.index:
        request.append(made(SAMLP, "SessionIndex", subject.index))
    return request


def logout_response(to: str, own: ServiceProvider, asked: LogoutAsked, number: str) -> Element:
    """Return our answer: this archive has ended the sessions. Over SOAP `to` is empty."""
    answer = _message("LogoutResponse", to, own, request_id(number))
    answer.set("InResponseTo", asked.number)
    answer.append(made(SAMLP, "Status", made(SAMLP, "StatusCode", Value=SUCCESS)))
    return answer


class LogoutChecks:
    """Reads messages of logouts for one service provider."""

    def __init__(self, own: ServiceProvider, key: RSAPrivateKey, find: Find) -> None:
        self._own = own
        self._key = key
        self._find = find

    def asked(self, message: Message) -> LogoutAsked:
        """Return what a provider asks; raises LoginRefused and LoginUnknown."""
        provider, root = self._signed(message, _REQUEST)
        try:
            until = self._until(root)
            name = _name_of(root, self._key)
            number = root.get("ID", "")
            if name is None or not number:
                raise ValueError("it does not say who is to be signed out")
        except ValueError as error:
            raise LoginRefused(issuer=provider.entity_id, reason=str(error)[:300]) from error
        indexes = root.findall("samlp:SessionIndex", SPACES)
        return LogoutAsked(provider, number, text_of(name), tuple(map(text_of, indexes)), until)

    def answered(self, message: Message, number: str) -> bool:
        """Tell whether everybody ended the session; raises LoginRefused and LoginUnknown."""
        provider, root = self._signed(message, _RESPONSE)
        if root.get("InResponseTo") != request_id(number):
            raise LoginRefused(issuer=provider.entity_id, reason="it answers no logout of ours")
        codes = root.findall("samlp:Status//samlp:StatusCode", SPACES)
        return [one.get("Value") for one in codes] == [SUCCESS]

    def _signed(self, message: Message, tag: str) -> tuple[IdentityProvider, Element]:
        """Return who signed a message, and what; raises LoginRefused and LoginUnknown."""
        issuer = text_of(message.root.find("saml:Issuer", SPACES))[:1_000]
        provider = self._find(issuer)
        if provider is None:
            raise LoginUnknown(issuer=issuer[:200] or "nobody")
        try:
            root = message.verified([certificate_of(one) for one in provider.certificates])
            if root.tag != tag:
                raise ValueError("it is another message")
            if text_of(root.find("saml:Issuer", SPACES)) != provider.entity_id:
                raise ValueError("it is of another provider")
            if root.get("Destination") not in (None, "", self._own.slo, self._own.slo_soap):
                raise ValueError("it was sent to another service")
        except (ValueError, SignatureInvalid) as error:
            raise LoginRefused(issuer=issuer[:200], reason=str(error)[:300]) from error
        return provider, root

    def _until(self, root: Element) -> float:
        now = time.time()
        issued = moment(root.get("IssueInstant"), 0.0)
        until = min(moment(root.get("NotOnOrAfter"), now + _LIFE), issued + _LIFE) + LEEWAY
        if until <= now or issued > now + LEEWAY:
            raise ValueError("it has expired, or is not valid yet: compare the clocks")
        return until


def _name_of(parent: Element, key: RSAPrivateKey) -> Element | None:
    sealed = parent.find("saml:EncryptedID", SPACES)
    return parent.find("saml:NameID", SPACES) if sealed is None else decrypted(sealed, key)


def _message(name: str, to: str, own: ServiceProvider, number: str) -> Element:
    issuer = made(SAML, "Issuer", own.entity_id)
    about = {"ID": number, "Version": "2.0", "IssueInstant": instant()}
    if to:
        about["Destination"] = to
    return made(SAMLP, name, issuer, **about)
