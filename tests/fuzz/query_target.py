"""What a query may do: be answered or refused with a documented reason, within a moment."""

from __future__ import annotations

import time
from collections import Counter

from fonds.errors import FondsError
from fonds.search.query.lucene import read_query
from fonds.search.query.printer import to_lucene
from fonds.search.service import SearchService
from fonds.web.api.problems import body_of, status_of

SECONDS = 2.0  # of the processor, for one query


class Fault(Exception):
    """A query that did what none may do."""


class QueryTarget:
    """Reads and asks queries of one archive; counts what became of them."""

    def __init__(self, service: SearchService) -> None:
        self._service = service
        self.outcomes: Counter[str] = Counter()
        self.slowest = (0.0, "")

    def run(self, query: str) -> None:
        """Ask one query; raises Fault for what must not be."""
        begin = time.thread_time()
        try:
            outcome = self._ask(query)
        except Fault:
            raise
        except FondsError as error:
            outcome = error.code
            body_of(error)
            if status_of(error) >= 500:
                raise Fault(f"{error.code}: {error!a}") from None
        except Exception as error:
            raise Fault(ascii(error)) from None
        took = time.thread_time() - begin
        self.slowest = max(self.slowest, (took, query))
        if took > SECONDS:
            raise Fault(f"{took:.1f} s")
        self.outcomes[outcome] += 1

    def _ask(self, query: str) -> str:
        written = to_lucene(read_query(query))
        again = to_lucene(read_query(written))
        if again != written:
            raise Fault(f"{written!a} is read as {again!a}")
        found = self._service.search(self._service.ask(query, size=1))
        if not 0 <= len(found.hits) <= 1 or found.total < len(found.hits):
            raise Fault(f"{len(found.hits)} hits of {found.total}")
        return "answered"
