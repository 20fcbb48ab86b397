"""What is named in a text, and how it was found."""

from __future__ import annotations

from typing import Literal

import msgspec

Kind = Literal[
    "date", "place", "organisation", "funder", "grant", "person", "species", "url",
    "identifier", "citation", "concept",
]  # fmt: skip
Method = Literal["markup", "gazetteer", "rule", "vocabulary"]


class Mention(msgspec.Struct, frozen=True, omit_defaults=True):
    """A place of the text where something is named."""

    kind: Kind
    value: str  # in one form: the preferred name of a place, a DOI in small letters
    method: Method
    confidence: float  # 0 to 1: how often such a mention is right, as far as it was measured
    begin: int = -1  # in the text, in characters; -1: in mark-up or description
    end: int = -1
    uri: str = ""  # of what is named, where a list knows it


class Entity(msgspec.Struct, frozen=True, omit_defaults=True):
    """Something that a document names, with all its mentions."""

    kind: Kind
    value: str
    method: Method
    confidence: float  # of its best mention
    frequency: int
    uri: str = ""


def entities(mentions: list[Mention]) -> list[Entity]:
    """Return what is named, in the order of first mention; mark-up goes before lists and rules."""
    found: dict[tuple[Kind, str], list[Mention]] = {}
    for one in mentions:
        found.setdefault((one.kind, one.value.casefold()), []).append(one)
    made = []
    for same in found.values():
        best = max(same, key=lambda one: one.confidence)
        made.append(
            Entity(best.kind, best.value, best.method, best.confidence, len(same), best.uri)
        )
    return made
