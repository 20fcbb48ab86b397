"""The counts of finished days, added up by month: all that is kept for good.

One SQLite file, `usage/usage.db`. A day is added in one transaction together with the names of the
files it was read from, so a kill leaves it wholly in or wholly out, and nothing is added twice.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from fonds.access.usage.counting import Counts
from fonds.access.usage.subjects import Author, Item, Title

METRICS = ("Total_Item_Investigations", "Total_Item_Requests", "Unique_Item_Investigations",
           "Unique_Item_Requests", "No_License", "Limit_Exceeded")  # fmt: skip
TITLE_METRICS = ("Unique_Title_Investigations", "Unique_Title_Requests")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS days (day TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (name TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS titles (
  key TEXT PRIMARY KEY, name TEXT, publisher TEXT, data_type TEXT,
  doi TEXT, isbn TEXT, print_issn TEXT, online_issn TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS items (
  key TEXT PRIMARY KEY, title TEXT, name TEXT, publisher TEXT, data_type TEXT, yop TEXT,
  date TEXT, doi TEXT, ark TEXT, authors TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS searches (
  customer TEXT, month TEXT, method TEXT, count INTEGER NOT NULL,
  PRIMARY KEY (customer, month, method)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS item_usage (
  customer TEXT, month TEXT, item TEXT, access TEXT, method TEXT, metric TEXT,
  count INTEGER NOT NULL,
  PRIMARY KEY (customer, month, item, access, method, metric)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS title_usage (
  customer TEXT, month TEXT, title TEXT, yop TEXT, access TEXT, method TEXT, metric TEXT,
  count INTEGER NOT NULL,
  PRIMARY KEY (customer, month, title, yop, access, method, metric)) WITHOUT ROWID;
"""
_ADD = "INSERT INTO {} VALUES ({}) ON CONFLICT DO UPDATE SET count = count + excluded.count"
_ADD_SEARCHES = _ADD.format("searches", "?,?,?,?")
_ADD_ITEMS = _ADD.format("item_usage", "?,?,?,?,?,?,?")
_ADD_TITLES = _ADD.format("title_usage", "?,?,?,?,?,?,?,?")
_AMONG = (
    "u.customer NOT IN ('', :but) AND u.method = 'Regular' AND u.month BETWEEN :first AND :last"
)
_SHARERS = f"""
SELECT 'Platform', 'Searches_Platform', u.month, count(DISTINCT u.customer) FROM searches u
  WHERE {_AMONG} GROUP BY u.month
UNION ALL
SELECT i.data_type, u.metric, u.month, count(DISTINCT u.customer) FROM item_usage u
  JOIN items i ON i.key = u.item WHERE {_AMONG} GROUP BY 1, 2, 3
UNION ALL
SELECT t.data_type, u.metric, u.month, count(DISTINCT u.customer) FROM title_usage u
  JOIN titles t ON t.key = u.title WHERE {_AMONG} GROUP BY 1, 2, 3
"""  # noqa: S608  our own text


class Used(msgspec.Struct, frozen=True):
    """One number: what was used, how, in which month."""

    key: str  # of an item or a title; empty: the platform
    data_type: str
    yop: str
    access: str
    method: str
    metric: str
    month: str  # yyyy-mm
    count: int


class Months:
    """The months of one home. Every call opens the file anew, so any thread may call."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "usage.db"

    def add(
        self,
        day: str,
        files: Sequence[str],
        counts: Counts,
        subjects: Iterable[tuple[Item, Title]],
    ) -> None:
        """Add a day that was read from these files."""
        month = day[:7]
        with self._open() as db:
            db.execute("BEGIN IMMEDIATE")
            db.executemany("INSERT INTO files VALUES (?)", [(name,) for name in files])
            db.execute("INSERT OR IGNORE INTO days VALUES (?)", (day,))
            for item, title in subjects:
                db.execute(
                    "INSERT OR REPLACE INTO items VALUES (?,?,?,?,?,?,?,?,?,?)", _item_row(item)
                )
                db.execute(
                    "INSERT OR REPLACE INTO titles VALUES (?,?,?,?,?,?,?,?)",
                    msgspec.structs.astuple(title),
                )
            db.executemany(
                _ADD_SEARCHES,
                [(who, month, how, n) for (who, how), n in counts.searches.items()],
            )
            db.executemany(
                _ADD_ITEMS,
                [
                    (use.customer, month, use.item, use.access, use.method, metric, n)
                    for use, found in counts.items.items()
                    for metric, n in found.items()
                ],
            )
            db.executemany(
                _ADD_TITLES,
                [
                    (use.customer, month, use.title, use.yop, use.access, use.method, metric, n)
                    for use, found in counts.titles.items()
                    for metric, n in found.items()
                ],
            )
            db.execute("COMMIT")

    def added(self) -> set[str]:
        """Return the names of the files that were added."""
        with self._open() as db:
            return {name for (name,) in db.execute("SELECT name FROM files")}

    def first_day(self) -> str:
        """Return the first day that was counted, yyyy-mm-dd; empty when none was."""
        with self._open() as db:
            found = db.execute("SELECT min(day) FROM days").fetchone()[0]
        return found or ""

    def searches(self, customer: str, first: str, last: str) -> list[Used]:
        """Return the searches of some months."""
        with self._open() as db:
            rows = db.execute(
                "SELECT '', 'Platform', '', '', method, 'Searches_Platform', month, count "
                "FROM searches WHERE customer = ? AND month BETWEEN ? AND ?",
                (customer, first, last),
            )
            return [Used(*row) for row in rows]

    def by_platform(self, customer: str, first: str, last: str) -> list[Used]:
        """Return the use of everything, by the type of the items (of books: of titles)."""
        return [
            *self.searches(customer, first, last),
            *self._items("''", "i.data_type", customer, first, last),
            *self._titles("''", customer, first, last),
        ]

    def sharers(self, institution: str, first: str, last: str) -> dict[tuple[str, str, str], int]:
        """Count the other institutions that a figure of The World rests on.

        By type, metric and month; text mining left out.
        """
        with self._open() as db:
            rows = db.execute(_SHARERS, {"but": institution, "first": first, "last": last})
            return {(kind, metric, month): count for kind, metric, month, count in rows}

    def by_title(self, customer: str, first: str, last: str) -> list[Used]:
        """Return the use of titles."""
        return [
            *self._items("i.title", "t.data_type", customer, first, last),
            *self._titles("u.title", customer, first, last),
        ]

    def by_item(self, customer: str, first: str, last: str) -> list[Used]:
        """Return the use of items."""
        return self._items("i.key", "i.data_type", customer, first, last)

    def titles(self) -> dict[str, Title]:
        """Return every title that was ever used, by its key."""
        with self._open() as db:
            return {row[0]: Title(*row) for row in db.execute("SELECT * FROM titles")}

    def items(self, keys: Iterable[str]) -> dict[str, Item]:
        """Return items by their keys."""
        found = {}
        with self._open() as db:
            for key in keys:
                row = db.execute("SELECT * FROM items WHERE key = ?", (key,)).fetchone()
                authors = msgspec.json.decode(row[9], type=tuple[Author, ...])
                found[key] = Item(*[*row[:9], authors])
        return found

    def _items(self, key: str, kind: str, customer: str, first: str, last: str) -> list[Used]:
        with self._open() as db:
            rows = db.execute(
                # names of columns alone are put in, from this module
                f"SELECT {key} k, {kind} d, i.yop, u.access, u.method, u.metric, u.month, "  # noqa: S608
                "sum(u.count) FROM item_usage u JOIN items i ON i.key = u.item "
                "JOIN titles t ON t.key = i.title "
                "WHERE u.customer = ? AND u.month BETWEEN ? AND ? "
                "GROUP BY k, d, i.yop, u.access, u.method, u.metric, u.month",
                (customer, first, last),
            )
            return [Used(*row) for row in rows]

    def _titles(self, key: str, customer: str, first: str, last: str) -> list[Used]:
        with self._open() as db:
            rows = db.execute(
                f"SELECT {key} k, t.data_type d, u.yop, u.access, u.method, u.metric, u.month, "  # noqa: S608
                "sum(u.count) FROM title_usage u JOIN titles t ON t.key = u.title "
                "WHERE u.customer = ? AND u.month BETWEEN ? AND ? "
                "GROUP BY k, d, u.yop, u.access, u.method, u.metric, u.month",
                (customer, first, last),
            )
            return [Used(*row) for row in rows]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self._path, timeout=60, isolation_level=None)
        try:
            db.execute("PRAGMA synchronous = FULL")
            db.executescript(_SCHEMA)
            yield db
        finally:
            db.close()


def _item_row(item: Item) -> tuple[str, ...]:
    plain = msgspec.structs.astuple(item)
    return (*plain[:9], msgspec.json.encode(item.authors).decode())
