"""What the reader behind a request may not take out in an export."""

from __future__ import annotations

import hashlib

import numpy as np
import numpy.typing as npt
from starlette.requests import Request

from fonds.access.gate import Visitor
from fonds.archive.extents import Kind
from fonds.corpora.withholding import Nothing, Reasons, Withholding
from fonds.search.engine import Ords
from fonds.search.query.printer import quote
from fonds.web.refusing import asks_for_login, refusal
from fonds.web.services import Services
from fonds.web.visitors import open_enrichments, visitor_of

FREE: frozenset[Kind] = frozenset({("metadata", "json"), ("metadata", "mods")})
_REASON = "rights: the collection is for members of institutions that have rights to it"


def withholding_of(request: Request, services: Services) -> Withholding:
    """Return what must stay inside; nothing where nothing is restricted.

    Raises LoginNeeded when a browser asks for the whole and the way to a login (`auth=fede`).
    """
    visitor = visitor_of(request, services)
    withheld = withholding_for(services, visitor)
    if not isinstance(withheld, Nothing) and not visitor.mode and asks_for_login(request, services):
        raise refusal(request, services, visitor)
    return withheld


def withholding_for(services: Services, visitor: Visitor) -> Withholding:
    """Return what somebody may not take out."""
    if not services.gate.rights.restricts:
        return Nothing()
    names = [one.name for one in services.archive.collections()]
    closed = services.gate.closed(visitor, names)
    return ByRights(services, closed) if closed else Nothing()


class ByRights:
    """Withholds texts and files of closed collections; records and MODS go out."""

    reasons: tuple[str, ...] = (_REASON,)

    def __init__(self, services: Services, closed: tuple[str, ...]) -> None:
        self._services = services
        self._closed = closed
        rules = {name: services.gate.rights.rule(name) for name in closed}
        told = "\n".join(
            f"{n}\t{one.open_access}\t{one.search_text}\t{one.enrichments}"
            for n, one in rules.items()
        )
        self._searchable = frozenset(name for name, one in rules.items() if one.search_text)
        self.key = hashlib.sha256(told.encode()).hexdigest()[:16]
        self._open: dict[str, Ords] = {}

    def __call__(self, collection: str, kind: Kind, ords: Ords) -> Reasons:
        """Withhold all but documents under an open licence."""
        if kind in FREE or collection not in self._closed or self._analysed(collection, kind):
            return np.zeros(len(ords), np.uint8)
        return (~_among(ords, self._open_documents(collection))).astype(np.uint8)

    def _analysed(self, collection: str, kind: Kind) -> bool:
        """Tell whether this is an enrichment that everybody may have."""
        typology, name = kind
        is_open = name.removesuffix(".json") in open_enrichments(self._services, collection)
        return typology == "enrichments" and is_open

    def turn(self, ords: Ords, turn: int) -> int:
        """Return 0 if a text among documents may not be searched: records say what is in it."""
        for name in self._closed:
            if turn and name not in self._searchable:
                request = self._services.search.ask(f"corpusName.raw:{quote(name)}")
                found = self._services.engine.matches(request)[0]
                shut = np.setdiff1d(found, self._open_documents(name))
                if _among(shut, ords).any():
                    return 0
        return turn

    def _open_documents(self, collection: str) -> Ords:
        if collection not in self._open:
            if not self._services.gate.rights.rule(collection).open_access:
                self._open[collection] = np.empty(0, np.uint32)
            else:
                question = (
                    'accessCondition.contentType:"isOpenAccess" AND '
                    f"corpusName.raw:{quote(collection)}"
                )
                request = self._services.search.ask(question)
                self._open[collection] = np.sort(self._services.engine.matches(request)[0])
        return self._open[collection]


def _among(ords: Ords, ascending: Ords) -> npt.NDArray[np.bool_]:
    """Tell which of some documents are among others; quick where those are many more."""
    found: npt.NDArray[np.bool_] = np.zeros(len(ords), np.bool_)
    if len(ascending):
        places = np.minimum(np.searchsorted(ascending, ords), len(ascending) - 1)
        found = ascending[places] == ords
    return found
