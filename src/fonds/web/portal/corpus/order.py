"""What the address of the corpus page says: the question, how many documents, which files."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator, Mapping
from typing import Literal, get_args
from urllib.parse import urlencode

import msgspec
from starlette.datastructures import QueryParams

from fonds.corpora.table_files import Format
from fonds.corpora.tables import columns
from fonds.web.portal.asking import SORTS, Asked, Filter, read
from fonds.web.portal.corpus.formats import OWN, TABLE, USES, Choice, is_format

PAGE = "/corpus/new"
Take = Literal["all", "first", "random"]
Way = Literal["words", "rules", "list"]
TAKES: tuple[Take, ...] = get_args(Take)
WAYS: tuple[Way, ...] = get_args(Way)
COLUMNS = ("arkIstex", "id", "doi", "title", "author.name", "host.title", "publicationDate",
           "host.volume", "host.issue", "language", "genre", "abstract", "subject.value",
           "corpusName", "qualityIndicators.score", "pmid")  # fmt: skip
FIRST_COLUMNS = ("arkIstex", "title", "author.name", "host.title", "publicationDate", "doi",
                 "language", "genre")  # fmt: skip
_DEFAULT_SIZE = 100
_MOST_DIGITS = 9
_MOST_FORMATS = 60
_MOST_SEED = 999_999
_SEED = re.compile(r"-?\d{1,18}", re.ASCII)


class Note(msgspec.Struct, frozen=True):
    """Something in an address that cannot be used; its text is `corpus_<key>`."""

    key: str
    value: str = ""


class Order(msgspec.Struct, frozen=True):
    """A corpus as its address says it."""

    asked: Asked = Asked()
    way: Way = "words"
    take: Take = "all"
    size: int = _DEFAULT_SIZE  # of the first, or of the sample
    seed: int = 1  # of the sample
    choice: Choice = Choice()
    table: Format = "csv"
    fields: tuple[str, ...] = FIRST_COLUMNS
    notes: tuple[Note, ...] = ()

    @property
    def is_asked(self) -> bool:
        """Tell whether there is a question."""
        return self.asked.is_search

    @property
    def is_table(self) -> bool:
        """Tell a table from files."""
        return self.choice.use == TABLE

    def address(self, **changes: object) -> str:
        """Return the address of this corpus with some things changed."""
        return f"{PAGE}?{urlencode(list(self.changed(**changes).pairs()))}"

    def without(self, one: Filter) -> str:
        """Return the address of this corpus with one filter less."""
        kept = tuple(f for f in self.asked.filters if f != one)
        return self.address(asked=msgspec.structs.replace(self.asked, filters=kept))

    @property
    def without_years(self) -> str:
        """Return the address of this corpus of all years."""
        return self.address(asked=msgspec.structs.replace(self.asked, first="", last=""))

    def changed(self, **changes: object) -> Order:
        """Return this corpus with some things changed."""
        return msgspec.structs.replace(self, **changes)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Give the parameters of the address."""
        yield from self.asked.pairs("page", "explain", "sort")
        if self.take != "all":
            yield "take", self.take
            yield "size", str(self.size)
        if self.take == "random":
            yield "seed", str(self.seed)
        elif self.asked.sort != "relevance":
            yield "sort", self.asked.sort
        yield from self.taken_pairs()

    def taken_pairs(self) -> Iterator[tuple[str, str]]:
        """Give the parameters that say what is taken of each document."""
        yield from self.choice.pairs()
        if self.is_table:
            yield "table", self.table
            for name in self.fields if self.fields != FIRST_COLUMNS else ():
                yield "column", name

    def parameters(self, query: str) -> dict[str, str]:
        """Return the parameters by which the API gives the same documents, without the files."""
        given = {"q": query, "size": "*" if self.take == "all" else str(self.size)}
        if self.take == "random":
            return {**given, "rankBy": "random", "randomSeed": str(self.seed)}
        sort_by, rank_by = SORTS[self.asked.sort]
        more = {"sortBy": sort_by, "rankBy": rank_by}
        return {**given, **{name: value for name, value in more.items() if value}}


def read_order(parameters: QueryParams) -> Order:
    """Read an address; what cannot be used is left out and named by a note."""
    notes: list[Note] = []
    take, way = parameters.get("take", "all"), parameters.get("way", "")
    asked = read(parameters)
    return Order(
        asked=msgspec.structs.replace(asked, page=1, explain=False),
        way=next((one for one in WAYS if one == way), "list" if asked.listed else "words"),
        take=next((one for one in TAKES if one == take), "all"),
        size=_size(parameters, notes),
        seed=_seed(parameters.get("seed", ""), notes),
        choice=_choice(parameters, notes),
        table=next((one for one in get_args(Format) if one == parameters.get("table")), "csv"),
        fields=_fields(parameters, notes),
        notes=tuple(notes),
    )


def draw() -> int:
    """Return a seed by chance."""
    return 1 + secrets.randbelow(_MOST_SEED)


def _size(parameters: Mapping[str, str], notes: list[Note]) -> int:
    text = parameters.get("size", "").strip().replace("\u202f", "").replace(" ", "")
    if not text or parameters.get("take", "all") not in ("first", "random"):
        return _DEFAULT_SIZE
    if not (text.isascii() and text.isdigit() and text.strip("0")):
        notes.append(Note("bad_size", text[:40]))
        return _DEFAULT_SIZE
    return int(text) if len(text) <= _MOST_DIGITS else 10**_MOST_DIGITS


def _seed(text: str, notes: list[Note]) -> int:
    text = text.strip()
    if text and _SEED.fullmatch(text) is None:
        notes.append(Note("bad_seed", text[:40]))
        return draw()
    return int(text) if text else draw()


def _choice(parameters: QueryParams, notes: list[Note]) -> Choice:
    use = parameters.get("use", OWN)
    if use not in USES:
        notes.append(Note("bad_use", use[:40]))
        use = OWN
    files = tuple(dict.fromkeys(parameters.getlist("file")))[:_MOST_FORMATS]
    wrong = [one for one in files if not is_format(one)]
    notes += [Note("bad_format", one[:40]) for one in wrong[:5]]
    kept = tuple(one for one in files if one not in wrong)
    is_tar = parameters.get("archive") == "tar"
    return Choice(use, kept, "tar" if is_tar else "zip")


def _fields(parameters: QueryParams, notes: list[Note]) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(parameters.getlist("column")))[:_MOST_FORMATS]
    wrong = [one for one in asked if one not in columns()]
    notes += [Note("bad_column", one[:40]) for one in wrong[:5]]
    return tuple(one for one in asked if one not in wrong) or FIRST_COLUMNS
