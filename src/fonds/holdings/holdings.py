"""The holdings of one home: titles, their coverage, their contents, what others link to."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from fonds.access.rights import Rights
from fonds.holdings.coverage import Coverage, Place, coverage_of
from fonds.holdings.describing import Kind, plain, title_key
from fonds.holdings.model import Issue, Linked, Listing, Title
from fonds.holdings.numbering import read_span
from fonds.holdings.store import Documents, Store

_TITLE = msgspec.json.Decoder(Title)
_HOSTS = "FROM document d JOIN host h ON h.id = d.host"
_PLACES = "FROM place d JOIN host h ON h.id = d.host"
_TITLES = "FROM title t"
_DOCUMENTS = "FROM document"
_MOST_SHAPES = 500  # titles whose issues are kept in memory
_CHUNK = 500  # values in one query
_MOST_CONTENTS = 200  # places whose documents are kept in order; a year of ten thousand is 80 kB
_OF_COLLECTION = "d.collection = (SELECT id FROM collection WHERE name = ?)"


class Choice(msgspec.Struct, frozen=True):
    """Which titles are asked for."""

    title: str = ""  # one, by its identifier
    words: str = ""  # of a name, or an ISSN or ISBN
    letter: str = ""  # A to Z, or #
    kind: Kind | None = None
    collection: str = ""
    publisher: str = ""
    subject: str = ""
    first: int = 0  # years that its documents touch
    last: int = 0


# what was read, then title, year, volume, issue
_Place = tuple[int, str, int | None, str | None, str | None]


class Holdings:
    """What is held. Reading is safe from many threads; each answer is of the archive as it is."""

    def __init__(self, home: Path, naan: str, archive: Documents) -> None:
        self._store = Store(home, naan)
        self._archive = archive
        self._shapes: dict[str, tuple[int, tuple[Issue, ...], Coverage]] = {}
        self._contents: dict[_Place, array[int]] = {}
        self.naan = naan

    def close(self) -> None:
        """Give files back."""
        self._store.close()

    def refresh(self) -> None:
        """Read what was loaded since the last time."""
        self._store.refresh(self._archive)

    def title(self, name: str) -> Title | None:
        """Return a title by its identifier, also by one that leads to it."""
        self.refresh()
        rows = self._store.rows(
            "SELECT content FROM title WHERE id = coalesce("
            "(SELECT id FROM title WHERE id = ?), (SELECT title FROM alias WHERE id = ?))",
            (name, name),
        )
        return _TITLE.decode(rows[0][0]) if rows else None

    def by_number(self, number: str) -> Title | None:
        """Return the title that has an ISSN (with hyphen) or an ISBN (13 digits)."""
        return self._named(number)

    def by_name(self, name: str) -> Title | None:
        """Return the title of a name, also of one that only some of its documents give."""
        return self._named(plain(name))

    def titles(self, choice: Choice, offset: int = 0, size: int = 50) -> Listing:
        """Return one page of the titles that are asked for, in the order of their names."""
        self.refresh()
        where, values = _where(choice)
        ((total,),) = self._store.rows(f"SELECT count(*) {_TITLES}{where}", values)
        rows = self._store.rows(
            f"SELECT t.content {_TITLES}{where} ORDER BY t.plain, t.id LIMIT ? OFFSET ?",
            (*values, size, offset),
        )
        return Listing(total, tuple(_TITLE.decode(row[0]) for row in rows))

    def letters(self, choice: Choice) -> dict[str, int]:
        """Return how many titles begin with each letter."""
        self.refresh()
        where, values = _where(msgspec.structs.replace(choice, letter=""))
        sql = f"SELECT t.letter, count(*) {_TITLES}{where} GROUP BY t.letter ORDER BY t.letter"
        return dict(self._store.rows(sql, values))

    def publishers(self, limit: int = 500) -> list[tuple[str, int]]:
        """Return the publishers with how many titles each has, in alphabetical order."""
        self.refresh()
        rows = self._store.rows(
            "SELECT publisher, count(*) FROM title WHERE publisher != '' GROUP BY publisher"
            " ORDER BY count(*) DESC, publisher LIMIT ?",
            (limit,),
        )
        return sorted(rows, key=lambda row: plain(row[0]))

    def subjects(self) -> list[tuple[str, int]]:
        """Return the subjects with how many titles each has, each class before those below it."""
        self.refresh()
        sql = "SELECT subject, count(*) FROM title_subject GROUP BY subject ORDER BY subject"
        return self._store.rows(sql)

    def coverage(self, title: Title, collection: str = "") -> Coverage:
        """Return the ranges and gaps of a title, whole or in one collection."""
        if collection:
            return coverage_of(self._places(title, collection))
        return self.shape(title)[1]

    def shape(self, title: Title) -> tuple[tuple[Issue, ...], Coverage]:
        """Return the issues of a title in order, and its coverage; kept until a load."""
        self.refresh()
        state = self._store.last_ord
        known = self._shapes.get(title.id)
        if known is not None and known[0] == state:
            return known[1:]
        places = self._places(title)
        issues = [Issue(one.year, one.volume, one.issue, one.documents) for one in places]
        issues.sort(key=lambda one: (one.year, _number(one.volume), _number(one.issue)))
        made = tuple(issues), coverage_of(places)
        if len(self._shapes) >= _MOST_SHAPES:
            self._shapes.clear()
        self._shapes[title.id] = (state, *made)
        return made

    def contents(
        self,
        title: Title,
        year: int | None = None,
        volume: str | None = None,
        issue: str | None = None,
        *,
        offset: int = 0,
        size: int = 50,
    ) -> list[int]:
        """Return the ords of documents at a place of a title, in the order of their pages."""
        self.refresh()
        place = (self._store.last_ord, title.id, year, volume, issue)
        ords = self._contents.get(place)
        if ords is None:
            ords = self._ordered(place[1:])
            if len(self._contents) >= _MOST_CONTENTS:
                self._contents.clear()
            self._contents[place] = ords
        return ords[offset : offset + size].tolist()

    def covered(self, choice: Choice) -> Iterator[tuple[Title, Coverage]]:
        """Give the titles that are asked for, with their coverage in the collection asked for."""
        self.refresh()
        where, values = _where(choice)
        rows = self._store.stream(
            f"SELECT t.content {_TITLES}{where} ORDER BY t.plain, t.id", values
        )
        for (content,) in rows:
            title = _TITLE.decode(content)
            yield title, coverage_of(self._places(title, choice.collection))

    def is_free(self, title: Title, rights: Rights, collection: str = "") -> bool:
        """Tell whether everyone may read all documents of a title."""
        asked = [collection] if collection else [name for name, _ in title.collections]
        shut = [name for name in asked if rights.rule(name).access == "restricted"]
        for name in shut:
            if not rights.rule(name).open_access:
                return False
            rows = self._store.rows(
                f"SELECT 1 {_PLACES} WHERE h.title = ? AND {_OF_COLLECTION}"
                " AND d.free < d.documents LIMIT 1",
                (title.id, name),
            )
            if rows:
                return False
        return True

    def titled(self, titles: Iterable[str]) -> list[int]:
        """Return the ords of the documents that have one of these titles, whatever its writing.

        For titles of three words and more. Another title may come along, so compare them.
        """
        self.refresh()
        keys = sorted({key for title in titles if (key := title_key(title))})
        found: list[int] = []
        for at in range(0, len(keys), _CHUNK):
            part = keys[at : at + _CHUNK]
            marks = ",".join("?" * len(part))
            rows = self._store.rows(
                f"SELECT ord {_DOCUMENTS} WHERE title_key IN ({marks}) AND title_key", part
            )
            found += [row[0] for row in rows]
        return sorted(found)

    def linked(self, *, pmid: bool = False) -> Iterator[Linked]:
        """Give the documents with a text that have a PubMed number, or else a DOI."""
        self.refresh()
        wanted = "pmid != ''" if pmid else "(pmid != '' OR doi != '')"
        sql = f"SELECT ord, pmid, doi {_DOCUMENTS} WHERE text AND {wanted} ORDER BY ord"
        return (Linked(*row) for row in self._store.stream(sql))

    def outside(self) -> int:
        """Return how many documents stand in no journal and no book."""
        self.refresh()
        ((count,),) = self._store.rows("SELECT count(*) FROM document WHERE host IS NULL")
        return int(count)

    def sample(self, title: Title, year: int, volume: str, issue: str) -> int:
        """Return the ord of a document at a place of a title; 0 when there is none."""
        where = "h.title = ? AND d.volume = ? AND d.issue = ?"
        values: list[object] = [title.id, volume, issue]
        if year:
            where += " AND d.year = ?"
            values.append(year)
        rows = self._store.rows(
            f"SELECT d.ord {_HOSTS} WHERE {where} ORDER BY d.page != '' DESC LIMIT 1", values
        )
        return int(rows[0][0]) if rows else 0

    def _named(self, name: str) -> Title | None:
        self.refresh()
        rows = self._store.rows(
            f"SELECT t.content {_TITLES} JOIN name n ON n.title = t.id WHERE n.name = ?"
            " ORDER BY t.plain, t.id LIMIT 1",
            (name,),
        )
        return _TITLE.decode(rows[0][0]) if rows else None

    def _ordered(self, place: tuple[str, int | None, str | None, str | None]) -> array[int]:
        where = "h.title = ?"
        values: list[object] = [place[0]]
        for column, value in zip(("year", "volume", "issue"), place[1:], strict=True):
            if value is not None:
                where += f" AND d.{column} = ?"
                values.append(value)
        rows = self._store.rows(
            f"SELECT d.ord {_HOSTS} WHERE {where}"
            " ORDER BY d.year, CAST(d.volume AS INTEGER), d.volume, CAST(d.issue AS INTEGER),"
            " d.issue, CAST(d.page AS INTEGER), d.page, d.ord",
            values,
        )
        return array("Q", (row[0] for row in rows))

    def _places(self, title: Title, collection: str = "") -> list[Place]:
        where = "h.title = ?"
        values: list[object] = [title.id]
        if collection:
            where += f" AND {_OF_COLLECTION}"
            values.append(collection)
        rows = self._store.rows(
            "SELECT d.year, d.volume, d.issue, sum(d.documents), sum(d.texts)"
            f" {_PLACES} WHERE {where} GROUP BY d.year, d.volume, d.issue",
            values,
        )
        return [Place(*row) for row in rows]


def _where(choice: Choice) -> tuple[str, list[object]]:
    """Return the condition of a choice and its values."""
    tests: list[str] = []
    values: list[object] = []
    for word in plain(choice.words).split()[:12] if not _is_number(choice.words) else []:
        tests.append("t.numbers LIKE ? ESCAPE '\\'")
        values.append(f"%{_escaped(word)}%")
    if _is_number(choice.words):
        tests.append("t.numbers LIKE ? ESCAPE '\\'")
        values.append(f"%{_escaped(choice.words.strip())}%")
    exact = {
        "id": choice.title,
        "letter": choice.letter,
        "kind": choice.kind or "",
        "publisher": choice.publisher,
    }
    for column, text in exact.items():
        if text:
            tests.append(f"t.{column} = ?")
            values.append(text)
    if choice.collection:
        tests.append("t.id IN (SELECT title FROM title_collection WHERE collection = ?)")
        values.append(choice.collection)
    if choice.subject:
        tests.append("t.id IN (SELECT title FROM title_subject WHERE subject = ?)")
        values.append(choice.subject)
    if choice.first:
        tests.append("t.last_year >= ?")
        values.append(choice.first)
    if choice.last:
        tests.append("t.first_year <= ? AND t.first_year > 0")
        values.append(choice.last)
    return (f" WHERE {' AND '.join(tests)}" if tests else ""), values


def _is_number(text: str) -> bool:
    digits = text.strip().replace("-", "").upper().removesuffix("X")
    return digits.isdecimal() and len(digits) >= 7


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _number(text: str) -> tuple[str, int, str]:
    span = read_span(text)
    return (span.series, span.first, text) if span is not None else ("", 0, text)
