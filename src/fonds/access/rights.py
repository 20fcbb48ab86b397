"""What is restricted and who has rights to it: the file `access.toml` of a home.

Without the file everything is open to everyone. Search, facets, records and MODS are always open;
what is restricted is PDF, text, TEI, originals, annexes, covers, enrichments and exports of them.
"""

from __future__ import annotations

from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal

import msgspec

from fonds.access.federation import Federation, Member
from fonds.access.networks import NetworkInvalid, Networks, read_network
from fonds.errors import SettingInvalid


class CollectionRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What holds for one collection."""

    access: Literal["open", "restricted"] = "open"
    open_access: bool = True  # documents under an open licence are for everyone all the same
    search_text: bool = True  # who has no rights may find documents by the words of their text
    enrichments: tuple[str, ...] = ()  # files that go out although the text does not ("teeft")


class Grant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Collections an institution may read, and when."""

    collections: tuple[str, ...]  # names, or patterns such as "springer-*"
    since: date | None = msgspec.field(default=None, name="from")
    until: date | None = None  # the last day

    def covers(self, collection: str, day: date) -> bool:
        """Tell whether the grant holds for a collection on a day."""
        if (self.since and day < self.since) or (self.until and day > self.until):
            return False
        return any(fnmatchcase(collection, pattern) for pattern in self.collections)


class Institution(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who has rights, and from where."""

    name: str = ""
    networks: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    rights: tuple[Grant, ...] = ()
    ids: dict[str, tuple[str, ...]] = {}  # ROR, ISNI, ISIL, OCLC: said in usage reports
    usage_key: str = ""  # digest of the key that opens its usage (fonds usage key)


class AccessFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    collections: dict[str, CollectionRule] = {}
    institutions: dict[str, Institution] = {}
    trusted_proxies: tuple[str, ...] = ()  # whose X-Forwarded-For is believed
    usage_key: str = ""  # digest of the operator's key, which opens the usage of everybody
    federation: Federation = Federation()


class Rights:
    """The file, read and checked. Immutable: a change is a new object."""

    def __init__(self, content: AccessFile) -> None:
        self._rules = content.collections
        self.institutions = content.institutions
        self.usage_key = content.usage_key
        self.networks = Networks(
            {key: map(read_network, one.networks) for key, one in content.institutions.items()}
        )
        self.proxies = Networks({"proxy": map(read_network, content.trusted_proxies)})
        self.federation = content.federation
        self.members = {key: one.members for key, one in content.institutions.items()}
        shibboleth = content.federation.headers.proxies
        self.shibboleth = Networks({"proxy": map(read_network, shibboleth)})

    @property
    def restricts(self) -> bool:
        """Tell whether anything is restricted at all."""
        return any(rule.access == "restricted" for rule in self._rules.values())

    def rule(self, collection: str) -> CollectionRule:
        """Return what holds for a collection; the longest pattern that fits it wins."""
        exact = self._rules.get(collection)
        if exact is not None:
            return exact
        fitting = [name for name in self._rules if fnmatchcase(collection, name)]
        return self._rules[max(fitting, key=len)] if fitting else CollectionRule()

    def entitled(self, institution: str, collection: str, day: date) -> bool:
        """Tell whether an institution may read a collection on a day."""
        known = self.institutions.get(institution)
        return known is not None and any(one.covers(collection, day) for one in known.rights)


def read_rights(path: Path) -> Rights:
    """Read `access.toml`; without the file nothing is restricted. Raises SettingInvalid."""
    try:
        return Rights(msgspec.toml.decode(path.read_bytes(), type=AccessFile))
    except FileNotFoundError:
        return Rights(AccessFile())
    except (msgspec.DecodeError, UnicodeDecodeError, NetworkInvalid) as error:
        raise SettingInvalid(path=path, reason=error) from error
