"""Checks the answer of an identity provider (SAML 2.0 Profiles 4.1.4, SAML2Int 2.0).

Only the signed assertion is believed, or an assertion in a signed response: who says it, for whom,
until when, in answer to which request. Everything else of the message is read for errors alone.
"""

from __future__ import annotations

import base64
import binascii
import time
from collections.abc import Callable

import msgspec
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from fonds.access.membership import Claims
from fonds.access.saml.encryption import decrypted
from fonds.access.saml.logout import Find, Subject, subject_of
from fonds.access.saml.names import (
    BEARER,
    ENTITLEMENT,
    HOME_ORGANIZATION,
    PAIRWISE_ID,
    SAML,
    SAMLP,
    SCOPED_AFFILIATION,
    SPACES,
    SUCCESS,
    Element,
    parse,
    text_of,
)
from fonds.access.saml.provider import IdentityProvider
from fonds.access.saml.request import ServiceProvider
from fonds.access.saml.signature import SignatureInvalid, certificate_of, signed
from fonds.access.saml.times import LEEWAY, moment
from fonds.errors import LoginRefused, LoginUnknown

_LIFE = 900.0  # longest life of an answer that does not limit itself more
_ASSERTION, _RESPONSE = f"{{{SAML}}}Assertion", f"{{{SAMLP}}}Response"
_ENCRYPTED = f"{{{SAML}}}EncryptedAssertion"


class Assertion(msgspec.Struct, frozen=True):
    """What a provider says, after all checks but one: that it is said for the first time."""

    claims: Claims
    number: str  # its ID
    request: str  # ID of the request it answers
    until: float  # after this it is worthless anyhow
    subject: Subject = Subject("")  # for signing out again


class Checks:
    """Reads answers for one service provider."""

    def __init__(
        self,
        own: ServiceProvider,
        key: RSAPrivateKey,
        find: Find,
        *,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._own = own
        self._key = key
        self._find = find
        self._clock = clock

    def read(self, encoded: str) -> Assertion:
        """Return what an answer says; raises LoginRefused and LoginUnknown."""
        issuer = "your institution"
        try:
            response = parse(base64.b64decode(encoded, validate=True))
            if response.tag != _RESPONSE:
                raise ValueError("it is no SAML response")
            issuer = text_of(response.find("saml:Issuer", SPACES))[:1_000] or issuer
            self._check_status(response)
            provider = self._find(issuer)
            if provider is None:
                raise LoginUnknown(issuer=issuer[:200])
            assertion = self._trusted(response, provider)
            return self._said(assertion, provider)
        except (ValueError, binascii.Error, SignatureInvalid) as error:
            raise LoginRefused(issuer=issuer[:200], reason=str(error)[:300]) from error

    def _check_status(self, response: Element) -> None:
        code = response.find("samlp:Status/samlp:StatusCode", SPACES)
        if code is None or code.get("Value") != SUCCESS:
            inner = response.findall(".//samlp:StatusCode", SPACES)
            told = text_of(response.find("samlp:Status/samlp:StatusMessage", SPACES))
            names = "/".join(one.get("Value", "").rpartition(":")[2] for one in inner[:3])
            raise ValueError(f"the provider answers {names or 'nothing'} {told[:100]}".strip())
        destination = response.get("Destination")
        if destination not in (None, "", self._own.acs):
            raise ValueError("it was sent to another service")

    def _trusted(self, response: Element, provider: IdentityProvider) -> Element:
        """Return the one assertion as it was signed."""
        keys = [certificate_of(one) for one in provider.certificates]
        whole = response.find("ds:Signature", SPACES) is not None
        if whole:
            response = signed(response, keys)
        found = [one for one in response if one.tag in (_ASSERTION, _ENCRYPTED)]
        if len(found) != 1:
            raise ValueError(f"it holds {len(found)} assertions; one is expected")
        assertion = found[0]
        if assertion.tag == _ENCRYPTED:
            assertion = decrypted(assertion, self._key)
        if assertion.tag != _ASSERTION:
            raise ValueError("what is encrypted is no assertion")
        if whole and assertion.find("ds:Signature", SPACES) is None:
            return assertion
        return signed(assertion, keys)

    def _said(self, assertion: Element, provider: IdentityProvider) -> Assertion:
        if text_of(assertion.find("saml:Issuer", SPACES)) != provider.entity_id:
            raise ValueError("the assertion is of another provider")
        until = self._check_conditions(assertion)
        request, confirmed = self._confirmed(assertion)
        if assertion.find("saml:AuthnStatement", SPACES) is None:
            raise ValueError("it does not say that anybody signed in")
        number = assertion.get("ID", "")
        claims = Claims(
            provider.entity_id,
            _values(assertion, SCOPED_AFFILIATION),
            _values(assertion, ENTITLEMENT),
            _values(assertion, HOME_ORGANIZATION),
            _values(assertion, PAIRWISE_ID),
        )
        end = min(until, confirmed) + LEEWAY
        subject = subject_of(assertion, self._key)
        return Assertion(claims.within(provider.scopes), number, request, end, subject)

    def _check_conditions(self, assertion: Element) -> float:
        """Check time and audience; return until when it is valid."""
        conditions = assertion.find("saml:Conditions", SPACES)
        if conditions is None:
            raise ValueError("it has no conditions")
        now = self._clock()
        begin = moment(conditions.get("NotBefore"), now)
        until = moment(conditions.get("NotOnOrAfter"), now + _LIFE)
        issued = moment(assertion.get("IssueInstant"), now)
        if begin > now + LEEWAY or issued > now + LEEWAY:
            raise ValueError("it is not valid yet: compare the clocks")
        if until <= now - LEEWAY:
            raise ValueError("it has expired")
        restrictions = conditions.findall("saml:AudienceRestriction", SPACES)
        for one in restrictions:
            audiences = [text_of(a) for a in one.findall("saml:Audience", SPACES)]
            if self._own.entity_id not in audiences:
                raise ValueError("it is for another service")
        if not restrictions:
            raise ValueError("it does not say which service it is for")
        return until

    def _confirmed(self, assertion: Element) -> tuple[str, float]:
        """Return the request that is answered, and until when the bearer may bring it."""
        now = self._clock()
        reason = "nobody may bring it"
        for one in assertion.findall("saml:Subject/saml:SubjectConfirmation", SPACES):
            data = one.find("saml:SubjectConfirmationData", SPACES)
            if one.get("Method") != BEARER or data is None:
                continue
            until = moment(data.get("NotOnOrAfter"), 0.0)
            if data.get("Recipient") != self._own.acs:
                reason = "it was given out for another address"
            elif until <= now - LEEWAY:
                reason = "it has expired"
            elif data.get("NotBefore") is not None:
                reason = "a bearer's confirmation must not have a beginning"
            elif not data.get("InResponseTo"):
                reason = "it answers no request: begin the login here"
            else:
                return data.get("InResponseTo", ""), until
        raise ValueError(reason)


def _values(assertion: Element, name: str) -> tuple[str, ...]:
    return tuple(
        text_of(value)
        for attribute in assertion.findall("saml:AttributeStatement/saml:Attribute", SPACES)
        if attribute.get("Name") == name
        for value in attribute.findall("saml:AttributeValue", SPACES)
    )
