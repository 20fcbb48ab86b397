"""Gives documents to the engine beside the load, and commits only what the archive has.

A document is handed over while its batch is still being written; it becomes visible with the
engine's commit, which comes after the archive's. A kill between the two is mended by `catch_up`.
"""

from __future__ import annotations

from fonds.archive.faults import FaultHook
from fonds.search.engine import Engine, IndexDocument

_AT_A_TIME = 32


class Indexer:
    """Collects documents for the engine."""

    def __init__(self, engine: Engine, hook: FaultHook) -> None:
        self._engine = engine
        self._hook = hook
        self._waiting: list[IndexDocument] = []

    def add(self, number: int, identifier: str, record: bytes, text: str) -> None:
        """Hand a document over."""
        self._waiting.append(IndexDocument(number, identifier, record, text))
        if len(self._waiting) >= _AT_A_TIME:
            self._flush()

    def commit(self, last_ord: int) -> None:
        """Make everything handed over visible; the archive has committed it before."""
        self._flush()
        if last_ord != self._engine.last_ord():
            self._hook("index-commit", "index")
            self._engine.commit(last_ord)
            self._hook("index-committed", "index")

    def _flush(self) -> None:
        if self._waiting:
            self._engine.add(self._waiting)
            self._waiting = []
