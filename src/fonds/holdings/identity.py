"""Which descriptions mean the same title, and the identifier the title has for ever.

Two descriptions that share an ISSN or ISBN are one title, and so is what they share with others.
One without numbers joins the only title that has its name. The identifier is an ARK made from the
title's best key, so a rebuild gives it again; those of all its other keys lead to it, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from fonds.archive import ark as arks
from fonds.holdings.describing import Description, plain

PUBLISHER = "TTL"  # the part of the ARK that says: a title


class Group(msgspec.Struct, frozen=True):
    """Descriptions that mean one title, by their places in the list they came in."""

    id: str  # TTL-XXXXXXXX-C, the last part of its ARK
    aliases: tuple[str, ...]  # identifiers that lead to it, too
    members: tuple[int, ...]


def group(descriptions: Sequence[Description], naan: str) -> list[Group]:
    """Return the titles that descriptions mean, whatever the order they come in."""
    parents = list(range(len(descriptions)))
    owner: dict[str, int] = {}
    for at, one in enumerate(descriptions):
        for key in numbers_of(one):
            _join(parents, at, owner.setdefault(key, at))
    _join_names(descriptions, parents)
    members: dict[int, list[int]] = defaultdict(list)
    for at in range(len(descriptions)):
        members[_root(parents, at)].append(at)
    return [_named([descriptions[at] for at in part], part, naan) for part in members.values()]


def numbers_of(description: Description) -> Iterator[str]:
    """Give the keys that make two descriptions the same title, the best first."""
    for number in sorted(description.issn):
        yield f"issn:{number}"
    for number in sorted(description.eissn):
        yield f"issn:{number}"
    for number in sorted((*description.isbn, *description.eisbn)):
        yield f"isbn:{number}"


def name_of(description: Description) -> str:
    """Return the key of a title without numbers: its name, and of a book year and volume."""
    name = f"{description.kind}:{plain(description.title)}"
    if description.kind == "monograph":
        return f"{name}:{description.year or ''}:{plain(description.volume)}"
    return name


def title_id(key: str, naan: str) -> str:
    """Return the identifier of a key."""
    return str(arks.mint(naan, PUBLISHER, key)).rpartition("/")[2]


def _named(members: Iterable[Description], places: Sequence[int], naan: str) -> Group:
    printed: set[str] = set()
    other: set[str] = set()
    names: set[str] = set()
    for one in members:
        keys = list(numbers_of(one))
        printed.update(f"issn:{number}" for number in one.issn)
        other.update(keys)
        if not keys:
            names.add(name_of(one))
    # print before electronic: libraries know a journal by it, and it is the older one
    keys = [*sorted(printed), *sorted(other - printed), *sorted(names)]
    first, *rest = (title_id(key, naan) for key in keys)
    return Group(first, tuple(rest), tuple(places))


def _join_names(descriptions: Sequence[Description], parents: list[int]) -> None:
    """Join what has no numbers with its like, and with the one numbered title of its name."""
    numbered: dict[str, set[int]] = defaultdict(set)
    bare: dict[str, list[int]] = defaultdict(list)
    for at, one in enumerate(descriptions):
        if not plain(one.title):
            continue
        if next(numbers_of(one), ""):
            numbered[name_of(one)].add(_root(parents, at))
        else:
            bare[name_of(one)].append(at)
    for name, places in bare.items():
        for at in places:
            _join(parents, at, places[0])
        if len(numbered[name]) == 1:
            _join(parents, places[0], next(iter(numbered[name])))


def _root(parents: list[int], at: int) -> int:
    while parents[at] != at:
        parents[at] = parents[parents[at]]
        at = parents[at]
    return at


def _join(parents: list[int], one: int, other: int) -> None:
    first, second = sorted((_root(parents, one), _root(parents, other)))
    parents[second] = first
