"""The parts of a person's name, for forms that want them apart."""

from __future__ import annotations

import msgspec

from fonds.record import Contributor

EMAIL = "E-mail: "  # how an affiliation begins that is an address, as in ISTEX's records


class Name(msgspec.Struct, frozen=True):
    """A name in parts; a group, or a name whose parts nobody told us, is `whole`."""

    family: str = ""
    given: str = ""
    whole: str = ""

    @property
    def inverted(self) -> str:
        """Return "Family, Given", or the whole."""
        return ", ".join(filter(None, (self.family, self.given))) or self.whole


def name_of(person: Contributor) -> Name:
    """Return the parts of a name; parts are told, or parted by a comma, never guessed."""
    if person.surname:
        return Name(family=_line(person.surname), given=_line(person.forename))
    family, _, given = person.name.partition(",")
    if family.strip() and given.strip() and "," not in given:
        return Name(family=_line(family), given=_line(given))
    return Name(whole=_line(person.name or person.forename))


def emails(person: Contributor) -> tuple[str, ...]:
    """Return the electronic addresses of a person."""
    found = (a for a in person.affiliations if a.startswith(EMAIL))
    return tuple(address.removeprefix(EMAIL).strip() for address in found)


def _line(text: str) -> str:
    return " ".join(text.split())
