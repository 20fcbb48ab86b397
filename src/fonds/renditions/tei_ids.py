"""Makes the `xml:id`s of a text names that come once, and its references lead somewhere.

Publishers' ids are mostly both. That is seen in the serialised text; only where it is not so, its
elements are walked through one by one. (Words that look like such an attribute make it be walked
through, no more.)
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping, Sequence
from urllib.parse import quote

import msgspec
from lxml import etree

from fonds.sources.xml import Element

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9._-]*")
_IDS = re.compile(rb' xml:id="([^"]*)"')
_TARGETS = re.compile(rb' target="([^"]*)"')
_SAFE = "!#$%&'()*+,-./:;=?@_~"  # what an address may hold beside letters and digits
_ADDRESS = re.compile(rf"[\w{re.escape(_SAFE)}]+")
_NOT_NAME = re.compile(r"[^A-Za-z0-9._-]")


class Mended(msgspec.Struct, frozen=True):
    """A text whose references all lead somewhere, and the ids of the bibliography's entries."""

    text: Element
    entries: Mapping[int, str]


def mended(text: Element, said: bytes, keys: Sequence[str]) -> Mended:
    """Return the text, itself where nothing has to be mended, else a copy; `said` is its XML."""
    ids = [one.decode() for one in _IDS.findall(said)]
    targets = {one.decode() for one in _TARGETS.findall(said)}
    known = {*ids, *keys}
    good = (
        len(known) == len(ids) + len(keys) - keys.count("") + ("" in keys)
        and all(_NAME.fullmatch(one) for one in known if one)
        and all(_resolved(one, known) for one in targets.difference("#" + one for one in known))
    )
    if good:
        return Mended(text, {at: key for at, key in enumerate(keys) if key})
    return _mend(copy.deepcopy(text), keys)


def entries(keys: Sequence[str]) -> Mapping[int, str]:
    """Return the ids of the entries of a bibliography without a text."""
    return dict(enumerate(_Names().take(keys)))


def _resolved(target: str, known: set[str]) -> bool:
    """Tell whether each part of a target is an address or the id of something."""
    if target.startswith("#"):
        return all(one[:1] == "#" and one[1:] in known for one in target.split())
    return _ADDRESS.fullmatch(target) is not None


class _Names:
    """Gives each id a name that is valid in XML and given to nothing else."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self.meant: dict[str, str] = {}  # what a reference to an id leads to: its first bearer

    def take(self, ids: Sequence[str]) -> list[str]:
        """Return names for ids in order; an empty id has none."""
        return [self.one(identifier) if identifier else "" for identifier in ids]

    def one(self, identifier: str) -> str:
        """Return a name for an id."""
        plain = _NOT_NAME.sub("_", identifier)
        plain = plain if _NAME.fullmatch(plain) else f"id_{plain}"
        name, number = plain, 1
        while name in self._given:
            number += 1
            name = f"{plain}-{number}"
        self._given.add(name)
        self.meant.setdefault(identifier, name)
        return name


def _mend(text: Element, keys: Sequence[str]) -> Mended:
    names = _Names()
    for element in text.iter(etree.Element):
        identifier = element.get(_ID)
        if identifier is not None:
            if identifier:
                element.set(_ID, names.one(identifier))
            else:
                del element.attrib[_ID]
    entries = names.take(keys)
    cited = {
        **names.meant,
        **dict(zip(reversed(keys), reversed(entries), strict=True)),
    }
    for element in text.iter(etree.Element):
        target = element.get("target")
        if target is not None:
            _lead(element, target, cited if element.get("type") == "bibr" else names.meant)
    return Mended(text, {at: entry for at, entry in enumerate(entries) if entry})


def _lead(element: Element, target: str, meant: Mapping[str, str]) -> None:
    """Lead a reference to the new names; without anything to lead to it is text alone."""
    if target.startswith("#"):
        parts = (part.removeprefix("#") for part in target.split())
        led = " ".join(f"#{meant[part]}" for part in parts if part in meant)
    else:
        led = quote(target.strip(), safe=_SAFE)
    if led:
        element.set("target", led)
    else:
        del element.attrib["target"]
