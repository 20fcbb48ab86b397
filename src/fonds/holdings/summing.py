"""Joins descriptions into titles and sums each title up; runs inside one transaction."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from fonds.holdings.describing import Description, plain
from fonds.holdings.identity import group
from fonds.holdings.model import Title
from fonds.holdings.subjects import Subjects

_DESCRIPTION = msgspec.json.Decoder(Description)
_encode = msgspec.json.Encoder().encode
_CHUNK = 500
_SUMS = "p.host, c.name, coalesce(min(nullif(p.year, 0)), 0), max(p.year), sum(p.documents)"
_PLACES = "FROM place p JOIN collection c ON c.id = p.collection"
_ARTICLES = frozenset({"the", "a", "an", "le", "la", "les", "l", "un", "une", "der", "die", "das"})


class _Count(msgspec.Struct, frozen=True):
    """Documents of one description in one collection."""

    host: int
    collection: str
    first: int
    last: int
    documents: int


def regroup(
    connection: sqlite3.Connection, naan: str, touched: set[int], subjects: Subjects
) -> None:
    """Join all descriptions anew, and sum up the titles in which something changed."""
    _count(connection, touched)
    connection.execute("DELETE FROM host WHERE id NOT IN (SELECT host FROM place)")
    rows = connection.execute("SELECT id, description, title FROM host ORDER BY id").fetchall()
    descriptions = [_DESCRIPTION.decode(row[1]) for row in rows]
    before = {row[0]: row[2] for row in rows}
    members: dict[str, list[int]] = {}
    changed: set[str] = set()
    aliases: list[tuple[str, str]] = []
    moved: list[tuple[str, int]] = []
    for one in group(descriptions, naan):
        hosts = members[one.id] = [rows[at][0] for at in one.members]
        aliases += [(alias, one.id) for alias in one.aliases]
        moved += [(one.id, host) for host in hosts if before[host] != one.id]
        if any(host in touched or before[host] != one.id for host in hosts):
            changed.add(one.id)
    changed |= {before[host] for _, host in moved if before[host] in members}
    connection.executemany("UPDATE host SET title = ? WHERE id = ?", moved)
    connection.execute("DELETE FROM alias")
    connection.executemany("INSERT OR IGNORE INTO alias VALUES (?, ?)", aliases)
    _remove(connection, changed, members)
    known = dict(zip((row[0] for row in rows), descriptions, strict=True))
    for name in sorted(changed):
        hosts = members[name]
        title = _title(name, {h: known[h] for h in hosts}, _counts(connection, hosts))
        about = subjects.of((*title.issn, *title.eissn))
        _insert(connection, msgspec.structs.replace(title, subjects=about))


def _count(connection: sqlite3.Connection, touched: set[int]) -> None:
    """Count the documents of each place anew, where something changed."""
    hosts = [(host,) for host in touched]
    connection.executemany("DELETE FROM place WHERE host = ?", hosts)
    connection.executemany(
        "INSERT INTO place SELECT host, collection, year, volume, issue, count(*), sum(text),"
        " sum(open) FROM document WHERE host = ? GROUP BY collection, year, volume, issue",
        hosts,
    )


def _remove(connection: sqlite3.Connection, changed: set[str], members: Iterable[str]) -> None:
    kept = set(members)
    rows = connection.execute("SELECT id FROM title").fetchall()
    gone = [(name,) for (name,) in rows if name not in kept or name in changed]
    connection.executemany("DELETE FROM title WHERE id = ?", gone)
    connection.executemany("DELETE FROM title_collection WHERE title = ?", gone)
    connection.executemany("DELETE FROM title_subject WHERE title = ?", gone)
    connection.executemany("DELETE FROM name WHERE title = ?", gone)


def _counts(connection: sqlite3.Connection, hosts: Sequence[int]) -> Iterator[_Count]:
    for at in range(0, len(hosts), _CHUNK):
        part = hosts[at : at + _CHUNK]
        marks = ",".join("?" * len(part))
        rows = connection.execute(
            f"SELECT {_SUMS} {_PLACES} WHERE p.host IN ({marks}) GROUP BY p.host, p.collection",
            part,
        )
        yield from (_Count(*row) for row in rows)


def _title(name: str, described: dict[int, Description], counted: Iterable[_Count]) -> Title:
    by_host: Counter[int] = Counter()
    collections: Counter[str] = Counter()
    first, last = 0, 0
    for count in counted:
        by_host[count.host] += count.documents
        collections[count.collection] += count.documents
        first = min(filter(None, (first, count.first)), default=0)
        last = max(last, count.last)
    values: dict[str, Counter[str]] = defaultdict(Counter)
    for host, one in described.items():
        for field in ("title", "publisher", "author", "editor", "volume"):
            values[field][getattr(one, field)] += by_host[host]
        for field in ("issn", "eissn", "isbn", "eisbn"):
            for number in getattr(one, field):
                values[field][number] += by_host[host]
    names = _frequent(values["title"])
    kind = next(iter(described.values())).kind
    return Title(
        id=name,
        kind=kind,
        name=names[0] if names else "",
        other_names=tuple(n for n in names[1:] if plain(n) != plain(names[0])),
        publisher=next(iter(_frequent(values["publisher"])), ""),
        issn=_frequent(values["issn"]),
        eissn=tuple(n for n in _frequent(values["eissn"]) if n not in values["issn"]),
        isbn=_frequent(values["isbn"]),
        eisbn=tuple(n for n in _frequent(values["eisbn"]) if n not in values["isbn"]),
        author=next(iter(_frequent(values["author"])), ""),
        editor=next(iter(_frequent(values["editor"])), ""),
        volume=next(iter(_frequent(values["volume"])), ""),
        year=max((one.year for one in described.values()), default=0),
        first_year=first,
        last_year=last,
        documents=sum(collections.values()),
        collections=tuple(sorted(collections.items(), key=lambda item: (-item[1], item[0]))),
    )


def _frequent(counts: Counter[str]) -> tuple[str, ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(value for value, _ in ordered if value)


def _insert(connection: sqlite3.Connection, title: Title) -> None:
    order = sorting(title.display)
    letter = order[:1].upper() if order[:1].isascii() and order[:1].isalpha() else "#"
    names = list(map(plain, (title.display, *title.other_names)))
    numbers = [*title.issn, *title.eissn, *title.isbn, *title.eisbn]
    connection.execute(
        "INSERT INTO title VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            title.id, title.kind, order, letter, title.publisher, title.first_year,
            title.last_year, title.documents, " ".join((*names, *numbers)), _encode(title),
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO title_collection VALUES (?, ?)",
        [(collection, title.id) for collection, _ in title.collections],
    )
    connection.executemany(
        "INSERT INTO title_subject VALUES (?, ?)", [(one, title.id) for one in title.subjects]
    )
    connection.executemany(
        "INSERT INTO name VALUES (?, ?)", [(one, title.id) for one in {*names, *numbers} if one]
    )


def sorting(name: str) -> str:
    """Return what a name is ordered by: without an article at its beginning."""
    words = plain(name).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] in _ARTICLES else words)
