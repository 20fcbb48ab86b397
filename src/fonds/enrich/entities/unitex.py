"""The enrichment `unitex`: what a document names, under the name that ISTEX's readers know.

Mark-up first, then lists, then rules; every value says which, and with what confidence. What is
below half is kept in the JSON form and not given to search.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec
from lxml import etree

from fonds.enrich.entities import vocabulary
from fonds.enrich.entities.gazetteers import Names, Places, money
from fonds.enrich.entities.markup import find_described, find_markup
from fonds.enrich.entities.mention import Entity, Kind, Mention, entities
from fonds.enrich.entities.patterns import find_patterns
from fonds.enrich.entities.persons import Persons
from fonds.enrich.entities.vocabulary import Vocabulary
from fonds.enrich.model import Enriched, Material, Part, Scalar
from fonds.enrich.models import Model
from fonds.enrich.standoff import Markup, annotation_list, block, counted
from fonds.settings import EnrichSettings

_LEAST = 0.5  # confidence of what search gets
_MOST_TEXT = 3_000_000  # characters that are looked at: about 1,000 pages
_MOST = 500  # values of one kind
_ISTEX: dict[Kind, str] = {
    "date": "date", "place": "placeName", "organisation": "orgName", "funder": "orgName_funder",
    "person": "persName", "url": "ref_url", "citation": "ref_bibl",
}  # fmt: skip
_OURS: dict[Kind, str] = {
    "grant": "grant", "species": "species", "identifier": "identifier", "concept": "concept",
}  # fmt: skip
# name of the TEI element, and its subtype
_TAGS: dict[Kind, tuple[str, str | None]] = {
    "date": ("date", None), "place": ("placeName", None), "organisation": ("orgName", None),
    "funder": ("orgName", "funder"), "person": ("persName", None), "url": ("ref", "url"),
    "citation": ("ref", "bibl"), "grant": ("idno", "grant"), "species": ("name", "species"),
    "identifier": ("idno", None), "concept": ("term", None),
}  # fmt: skip


class Entities(msgspec.Struct, frozen=True):
    """What a document names."""

    cut: bool  # the text was longer than what is looked at
    entities: tuple[Entity, ...]
    mentions: tuple[Mention, ...]  # with their places in the default text


class Unitex:
    """Makes `unitex`."""

    name = "unitex"
    version = 2
    provenance = (
        "publisher's mark-up; GeoNames (CC BY 4.0), Crossref's funders (CC0), universities of "
        "Freebase (CC BY), given names of GROBID (Apache-2.0) by flashtext2 (MIT); rules; persons "
        "are experimental"
    )
    reads: tuple[Part, ...] = ("record", "text", "original")
    after: tuple[str, ...] = ()
    is_open = False

    def __init__(self, settings: EnrichSettings) -> None:
        folder = Path(settings.models, vocabulary.FOLDER)
        kept = [
            Model(path.stem, "home", path.read_bytes()) for path in sorted(folder.glob("*.tsv"))
        ]
        self.parameters: Mapping[str, Scalar] = {
            "least": _LEAST,
            **{f"vocabulary {one.name}": one.said for one in kept},
        }
        self._kept = kept
        self._finders: _Finders | None = None
        self._parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, recover=True
        )

    def enrich(self, material: Material) -> Enriched | None:
        """Return what the document names; None of one that names nothing."""
        text = material.text[:_MOST_TEXT]
        mentions = list(find_described(material.record))
        if material.original:
            mentions += find_markup(material.original, self._parser)
        if text:
            mentions += self._ready().find(text)
        found = entities(mentions)
        if not found:
            return None
        result = Entities(len(material.text) > _MOST_TEXT, tuple(found), tuple(mentions))
        sure = [one for one in found if one.confidence >= _LEAST]
        return Enriched(result, _fields(sure), tuple(_annotations(sure)))

    def _ready(self) -> _Finders:
        if self._finders is None:
            self._finders = _Finders(self._kept)
        return self._finders


class _Finders:
    """The lists, read when the first text comes."""

    def __init__(self, kept: Sequence[Model]) -> None:
        self._places = Places()
        self._funders = Names("funder", "funders.txt.gz", 0.7)
        self._universities = Names("organisation", "universities.txt.gz", 0.9)
        self._persons = Persons()
        self._vocabularies = [Vocabulary(one.name, vocabulary.load(one.data)) for one in kept]

    def find(self, text: str) -> list[Mention]:
        """Return all mentions; places and persons within an organisation's name are none."""
        organisations = [*self._funders.find(text, money(text)), *self._universities.find(text)]
        taken = _Taken(organisations)
        places = taken.free(self._places.find(text))
        taken = _Taken([*organisations, *places])
        found = [*find_patterns(text), *organisations, *places]
        found += taken.free(self._persons.find(text))
        for one in self._vocabularies:
            found += one.find(text)
        return found


class _Taken:
    """The places of a text that mentions take."""

    def __init__(self, mentions: Iterable[Mention]) -> None:
        self._places: set[int] = set()
        for one in mentions:
            self._places.update(range(one.begin, one.end))

    def free(self, mentions: Iterable[Mention]) -> list[Mention]:
        """Return the mentions that touch none of these."""
        return [
            one
            for one in mentions
            if one.begin not in self._places and one.end - 1 not in self._places
        ]


def _fields(found: Sequence[Entity]) -> dict[str, object]:
    istex: dict[str, list[str]] = {}
    ours: dict[str, object] = {}
    for kind, name in (_ISTEX | _OURS).items():
        values = [one.value for one in found if one.kind == kind][:_MOST]
        if values and kind in _ISTEX:
            istex[name] = values
        elif values:
            ours[name] = values
    return {"namedEntities": {**({"unitex": istex} if istex else {}), **ours}}


def _annotations(found: Sequence[Entity]) -> Iterable[Markup]:
    for kind, (tag, subtype) in _TAGS.items():
        members = [one for one in found if one.kind == kind][:_MOST]
        if members:
            named = (
                counted(
                    tag,
                    one.value,
                    one.frequency,
                    change="unitex",
                    cert=one.confidence,
                    source=one.method,
                    ref=one.uri,
                )
                for one in members
            )
            blocks = [block([one], corresp="text") for one in named]
            yield annotation_list(tag, blocks, subtype=subtype)
