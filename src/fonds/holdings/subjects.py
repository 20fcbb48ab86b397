"""The subjects of a journal, by its ISSN: the classes that DOAJ gave it, down to two levels."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from fonds.enrich.categories.journals import Table, bundled_journals
from fonds.enrich.categories.tree import read_tree

BELOW = " › "  # between a class and the one below it
_LEVELS = 2


class Subjects:
    """The bundled table, read when it is first needed (0.1 s)."""

    def of(self, numbers: Iterable[str]) -> tuple[str, ...]:
        """Return the subjects of a journal, each class behind the one above it."""
        paths = (path for number in numbers for path in self._table.get(number, ()))
        found = (
            BELOW.join(path[:level])
            for path in paths
            for level in range(1, min(len(path), _LEVELS) + 1)
        )
        return tuple(dict.fromkeys(found))

    @cached_property
    def _table(self) -> Table:
        return bundled_journals(read_tree())
