"""SQLite FTS5: the full-text search that everybody already has."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from pathlib import Path

_WORD = re.compile(r"\w+")


class SqliteIndex:
    """One table of title, abstract and text, and the record beside it."""

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path)
        self._database.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS record USING fts5("
            "title, abstract, body, source UNINDEXED, tokenize='unicode61 remove_diacritics 2')"
        )

    def fill(self, rows: Iterable[tuple[str, str, str, str]]) -> None:
        """Add rows of title, abstract, text and the record as JSON."""
        with self._database:
            self._database.executemany("INSERT INTO record VALUES (?, ?, ?, ?)", rows)

    def search(self, words: str) -> tuple[int, list[str]]:
        """Return the exact number of records with any of the words, and the ten best."""
        question = " OR ".join(f'"{word}"' for word in _WORD.findall(words))
        match = "FROM record WHERE record MATCH ?"
        (total,) = self._database.execute(f"SELECT count(*) {match}", (question,)).fetchone()
        rows = self._database.execute(
            f"SELECT source {match} ORDER BY rank LIMIT 10", (question,)
        ).fetchall()
        return int(total), [row[0] for row in rows]
