"""The `explain` part of an answer: how the query was understood and what to change."""

from __future__ import annotations

import msgspec

from fonds.access.gate import Visitor
from fonds.search.doctor import PartExplained
from fonds.web.api.parameters import Parameters
from fonds.web.services import Services
from fonds.web.visitors import doctor_for


class AdviceSaid(msgspec.Struct, frozen=True, omit_defaults=True):
    """One piece of advice as the API says it."""

    code: str
    message: str  # English
    _message: str  # French
    query: str = ""
    matches: int = 0


class Explained(msgspec.Struct, frozen=True):
    """The value of the key `explain`."""

    query: str
    understood: str
    total: int
    parts: tuple[PartExplained, ...]
    advice: tuple[AdviceSaid, ...]


def explained(services: Services, parameters: Parameters, visitor: Visitor) -> bytes:
    """Return the explanation of a query as JSON."""
    doctor = doctor_for(services, visitor)
    found = doctor.explain(parameters.q, default_operator=parameters.default_operator)
    advice = tuple(
        AdviceSaid(one.code, one.english, one.french, one.query, one.matches)
        for one in found.advice
    )
    return msgspec.json.encode(
        Explained(found.query, found.understood, found.total, found.parts, advice)
    )
