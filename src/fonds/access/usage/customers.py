"""Whose usage somebody may see: keys for institutions and for the operator.

Keys are given out by `fonds usage key`; `access.toml` holds their digests, never the keys.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

import msgspec

from fonds.access.rights import Rights
from fonds.access.usage.reports import WORLD_ID, Customer

_LONGEST = 200  # characters of a key that are looked at
_NAMESPACES = frozenset({"ROR", "ISNI", "ISIL", "OCLC"})
_WORLD = Customer(WORLD_ID, "The World", {"ISNI": (WORLD_ID,)})


class Reader(msgspec.Struct, frozen=True):
    """Who holds a key."""

    institution: str = ""  # empty: the operator

    def may_see(self, customer: Customer) -> bool:
        """Tell whether the usage of a customer may be seen."""
        return not self.institution or self.institution == customer.id


def new_key() -> tuple[str, str]:
    """Return a new key and its digest."""
    key = secrets.token_urlsafe(24)
    return key, digest(key)


def digest(key: str) -> str:
    """Return what stands for a key in access.toml."""
    return hashlib.sha256(key[:_LONGEST].encode("utf-8", "replace")).hexdigest()


def reader_of(rights: Rights, key: str) -> Reader | None:
    """Return who holds a key; None for nobody."""
    given = digest(key)
    found: Reader | None = None
    if rights.usage_key and hmac.compare_digest(given, rights.usage_key.lower()):
        found = Reader()
    for name, one in rights.institutions.items():
        if one.usage_key and hmac.compare_digest(given, one.usage_key.lower()):
            found = Reader(name)
    return found


def customer_of(rights: Rights, name: str) -> Customer | None:
    """Return a customer by its id: an institution's key in access.toml, or The World."""
    if name == WORLD_ID:
        return _WORLD
    one = rights.institutions.get(name)
    if one is None:
        return None
    ids = {key: values for key, values in one.ids.items() if key in _NAMESPACES and values}
    return Customer(name, one.name or name, {**ids, "Proprietary": (f"fonds:{name}",)})


def customers_of(rights: Rights, reader: Reader) -> list[Customer]:
    """Return the customers whose usage somebody may see, The World last."""
    names = [*sorted(rights.institutions), WORLD_ID]
    found = [customer_of(rights, name) for name in names]
    return [one for one in found if one is not None and reader.may_see(one)]
