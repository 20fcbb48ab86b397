"""Which institutions a person belongs to, by what their login says of them.

Of what a login says only the institutions are kept. Attributes: eduPerson (REFEDS) and SCHAC. A
provider speaks for its own scopes alone: an affiliation, organisation or identifier of another
scope is dropped, as if it had not been said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from fonds.access.federation import Member, Members

# who counts as a member where nothing else is said: no alumni, no library walk-ins
AFFILIATED = frozenset({"member", "faculty", "staff", "employee", "student"})
_MOST_VALUES = 500  # of one attribute that are looked at
_MOST_CHARACTERS = 1_000


class Scope(msgspec.Struct, frozen=True):
    """A domain that a provider may speak for, as federations register it (shibmd:Scope)."""

    text: str
    regexp: bool = False

    def holds(self, value: str) -> bool:
        """Tell whether a value is of this scope."""
        if not self.regexp:
            return value.lower() == self.text.lower()
        try:
            return re.fullmatch(self.text, value, re.ASCII) is not None
        except re.error:
            return False


class Claims(msgspec.Struct, frozen=True):
    """What a login says of a person."""

    issuer: str
    affiliations: tuple[str, ...] = ()  # scoped: member@univ.example
    entitlements: tuple[str, ...] = ()
    organizations: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()

    def within(self, scopes: Sequence[Scope]) -> Claims:
        """Return what the provider may say: values of its own scopes, and entitlements."""
        return Claims(
            self.issuer,
            tuple(one for one in _sane(self.affiliations) if _of(scopes, _scope(one))),
            tuple(_sane(self.entitlements)),
            tuple(one for one in _sane(self.organizations) if _of(scopes, one)),
            tuple(one for one in _sane(self.persons) if _of(scopes, _scope(one))),
        )

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the attributes that came, without their values."""
        said = {
            "eduPersonScopedAffiliation": self.affiliations,
            "eduPersonEntitlement": self.entitlements,
            "schacHomeOrganization": self.organizations,
            "pairwise-id": self.persons,
        }
        return tuple(name for name, values in said.items() if values)


def institutions_of(members: Members, claims: Claims) -> frozenset[str]:
    """Return the institutions that a person belongs to."""
    return frozenset(
        name for name, rules in members.items() if any(_fits(one, claims) for one in rules)
    )


def _fits(member: Member, claims: Claims) -> bool:
    if member.idps and claims.issuer not in member.idps:
        return False
    if member.entitlements and not set(member.entitlements) & set(claims.entitlements):
        return False
    if member.persons and not _lower(member.persons) & _lower(claims.persons):
        return False
    if member.organizations and not _lower(member.organizations) & _lower(claims.organizations):
        return False
    return _affiliated(member, claims)


def _affiliated(member: Member, claims: Claims) -> bool:
    """Tell whether the affiliation fits; where something more exact is named it is not asked."""
    wanted = _lower(member.affiliations)
    exact = bool(member.entitlements or member.persons or member.organizations)
    if not member.scopes and ("*" in wanted or (exact and not wanted)):
        return True
    wanted = wanted or AFFILIATED
    scopes = _lower(member.scopes)
    for one in claims.affiliations:
        kind, _, scope = one.lower().rpartition("@")
        if ("*" in wanted or kind in wanted) and (not scopes or scope in scopes):
            return True
    return False


def _sane(values: Sequence[str]) -> list[str]:
    return [one.strip() for one in values[:_MOST_VALUES] if 0 < len(one) <= _MOST_CHARACTERS]


def _scope(value: str) -> str:
    return value.rpartition("@")[2] if value.count("@") == 1 else ""


def _of(scopes: Sequence[Scope], value: str) -> bool:
    return bool(value) and any(one.holds(value) for one in scopes)


def _lower(values: Sequence[str]) -> frozenset[str]:
    return frozenset(one.lower() for one in values)
