"""Which documents an export gave out, and how: what usage counts of it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from fonds.access.gate import Visitor
from fonds.access.usage.events import AccessType, Kind
from fonds.corpora.choice import Choice
from fonds.corpora.selection import read_selection
from fonds.search.engine import Ords
from fonds.search.query.printer import quote
from fonds.web.services import Services
from fonds.web.withheld import FREE, withholding_for

Used = tuple[Kind, AccessType, list[int]]


def exported(services: Services, visitor: Visitor, location: str) -> Iterator[Used]:
    """Give the documents of an export by what was given of them; `location` names the export.

    A document whose text went out is a request; one of which only metadata, annexes, covers or
    enrichments went out, an investigation. What was withheld is neither. Raises NotThere.
    """
    plan = services.plans.read(location.rpartition("/")[2].partition(".")[0])
    ords = np.unique(plan.ords)
    selection = read_selection(plan.asked.extract)
    choice = Choice(services.archive, ords, selection, withholding_for(services, visitor))
    texts: list[Ords] = []
    others: list[Ords] = []
    for chosen in choice.packs():
        is_text = np.array([_is_text(kind) for kind in chosen.extents.kinds], np.bool_)
        mask = is_text[chosen.files.kind]
        texts.append(chosen.files.ord[mask])
        others.append(chosen.files.ord[~mask])
    requested = _joined(texts)
    kinds: tuple[tuple[Kind, Ords], ...] = (
        ("request", requested),
        ("investigation", np.setdiff1d(_joined(others), requested)),
    )
    ways = list(_ways(services, ords))
    for kind, found in kinds:
        for access, of_this in ways:
            both = np.intersect1d(found, of_this)
            if len(both):
                yield kind, access, both.tolist()


def _is_text(kind: tuple[str, str]) -> bool:
    typology = kind[0]
    return typology == "fulltext" or (typology == "metadata" and kind not in FREE)


def _ways(services: Services, ords: Ords) -> Iterator[tuple[AccessType, Ords]]:
    """Part documents by the access to them, as `visitors.access_type` does for one."""
    free = np.intersect1d(ords, _found(services, 'accessCondition.contentType:"isOpenAccess"'))
    rules = services.gate.rights
    controlled: Ords = np.empty(0, np.uint32)
    for one in services.archive.collections():
        rule = rules.rule(one.name)
        if rule.access == "restricted":
            all_of_it = np.intersect1d(ords, _found(services, f"corpusName.raw:{quote(one.name)}"))
            closed = np.setdiff1d(all_of_it, free) if rule.open_access else all_of_it
            controlled = np.union1d(controlled, closed)
    free = np.setdiff1d(free, controlled)
    yield "Controlled", controlled
    yield "Open", free
    yield "Free_To_Read", np.setdiff1d(ords, np.union1d(controlled, free))


def _found(services: Services, question: str) -> Ords:
    return services.engine.matches(services.search.ask(question))[0]


def _joined(parts: list[Ords]) -> npt.NDArray[np.uint32]:
    return np.unique(np.concatenate(parts)) if parts else np.empty(0, np.uint32)
