"""The logins that a reader can choose from: those that can give somebody rights here."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Sequence

import msgspec

from fonds.access.federation import Member
from fonds.access.membership import Scope
from fonds.access.rights import Rights
from fonds.access.saml.provider import IdentityProvider, Providers

MOST_SHOWN = 100


class Choice(msgspec.Struct, frozen=True):
    """One login to choose."""

    issuer: str
    name: str
    institutions: tuple[str, ...]  # whose rights it can give

    @property
    def also(self) -> str:
        """Return what is worth saying beside the name."""
        return ", ".join(one for one in self.institutions if folded(one) != folded(self.name))


Made = tuple[Rights, tuple[IdentityProvider, ...], dict[str, list[Choice]]]


class Choices:
    """The logins of one installation; made again when rights or metadata change."""

    def __init__(self, rights: Callable[[], Rights], providers: Providers) -> None:
        self._rights = rights
        self._providers = providers
        self._made: tuple[Rights, tuple[IdentityProvider, ...], dict[str, list[Choice]]] | None = (
            None
        )

    def all(self, language: str) -> list[Choice]:
        """Return every login, by name."""
        rights, providers = self._rights(), self._providers.all()
        if self._made is None or self._made[0] is not rights or self._made[1] != providers:
            self._made = (rights, providers, {})
        made = self._made[2]
        if language not in made:
            found = [*_oidc(rights), *_saml(rights, providers, language)]
            made[language] = sorted(found, key=lambda one: folded(one.name))
        return made[language]

    def fitting(self, language: str, search: str) -> list[Choice]:
        """Return the logins whose name or institution holds every word."""
        words = folded(search).split()
        return [
            one
            for one in self.all(language)
            if all(word in folded(f"{one.name} {one.also} {one.issuer}") for word in words)
        ]


def folded(text: str) -> str:
    """Return a text without case and accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


def _oidc(rights: Rights) -> Iterator[Choice]:
    for one in rights.federation.oidc:
        names = _institutions(rights, one.issuer, [Scope(scope) for scope in one.scopes])
        alone = names[0] if len(names) == 1 else one.issuer
        yield Choice(one.issuer, one.name or alone, names)


def _saml(rights: Rights, providers: Sequence[IdentityProvider], language: str) -> Iterator[Choice]:
    for one in providers:
        names = _institutions(rights, one.entity_id, one.scopes)
        if names and not one.hidden:
            yield Choice(one.entity_id, one.name(language), names)


def _institutions(rights: Rights, issuer: str, scopes: Sequence[Scope]) -> tuple[str, ...]:
    return tuple(
        one.name or key
        for key, one in rights.institutions.items()
        if any(_may_fit(member, issuer, scopes) for member in one.members)
    )


def _may_fit(member: Member, issuer: str, scopes: Sequence[Scope]) -> bool:
    """Tell whether a provider could say what is asked of a member."""
    if member.idps:
        return issuer in member.idps
    persons = [one.rpartition("@")[2] for one in member.persons]
    wanted = [*member.scopes, *member.organizations, *persons]
    return any(scope.holds(value) for scope in scopes for value in wanted)
