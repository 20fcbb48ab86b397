"""The doctor says how a query is understood, what each part finds, and what to change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from fonds.errors import QueryInvalid
from fonds.record import Host, Record
from fonds.search.cursors import CursorStore
from fonds.search.doctor import Doctor, Explanation
from fonds.search.engine import IndexDocument
from fonds.search.engines import open_engine
from fonds.search.service import SearchService
from fonds.settings import Settings
from tests.search.test_service import Records

RECORDS = (
    Record(
        title="Moon rover",
        doi=("10.1000/one.1",),
        host=Host(genre=("journal",), title="Annals of Nothing"),
    ),
    Record(title="Lunar rover landing", doi=("10.1000/two.2",)),
    Record(title="Sea ice and moonlight", language=("fre",)),
)
ANNALS = "annals of nothing"


@pytest.fixture(scope="module")
def doctor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doctor]:
    """Return a doctor over three documents."""
    home: Path = tmp_path_factory.mktemp("doctor")
    settings = Settings()
    engine = open_engine(home, settings, writable=True)
    engine.add(
        [
            IndexDocument(number, f"{number:040X}", msgspec.json.encode(record), "")
            for number, record in enumerate(RECORDS, start=1)
        ]
    )
    engine.commit(len(RECORDS))
    service = SearchService(Records(), engine, CursorStore(home / "cursors"), settings.search)
    yield Doctor(service, engine)
    engine.close()


def advised(found: Explanation) -> dict[str, tuple[str, int]]:
    """Return what is advised: the query and how many documents it finds."""
    return {one.code: (one.query, one.matches) for one in found.advice}


def test_parts(doctor: Doctor) -> None:
    """Each leaf with its place, its role, its words and what it matches alone."""
    found = doctor.explain('+moon -title:"sea ice" rov*')
    assert found.total == 1
    assert [(p.source, p.kind, p.occur, p.matches) for p in found.parts] == [
        ("moon", "term", "must", 1),
        ('title:"sea ice"', "phrase", "must_not", 1),
        ("rov*", "wildcard", "should", 2),
    ]
    assert found.parts[2].expansions == ("rover",)
    assert found.parts[1].words == ("sea", "ice")
    assert (found.parts[0].start, found.parts[0].end) == (1, 5)


@pytest.mark.parametrize(
    ("query", "code", "wanted"),
    [
        ("moonn rover", "spelling", ("moon rover", 2)),
        ("rover and moon", "lower-case-operator", ("rover AND moon", 1)),
        ("“lunar rover”", "typographic-quotes", ('"lunar rover"', 1)),
        ("10.1000/one.1", "identifier", ('doi:"10.1000/one.1"', 1)),
        (f'host.title.raw:"{ANNALS}"', "whole-value", (f'host.title:"{ANNALS}"', 1)),
        ('"rover moon"', "phrase-as-words", ("(rover AND moon)", 1)),
        ("lunar AND moonlight", "never-together", ("lunar OR moonlight", 2)),
        ("lunar AND zzz", "without-empty-parts", ("lunar", 1)),
        ("lunar rover", "or-is-the-default", ("lunar AND rover", 1)),
    ],
)  # fmt: skip
def test_advice(doctor: Doctor, query: str, code: str, wanted: tuple[str, int]) -> None:
    """What was probably meant is offered, with what it finds."""
    assert advised(doctor.explain(query))[code] == wanted


def test_advice_leads_somewhere(doctor: Doctor) -> None:
    """No query is offered that finds nothing or just as much."""
    found = doctor.explain("zzz AND yyy")
    assert all(one.matches for one in found.advice if one.query)
    assert "never-together" not in advised(found)


def test_punctuation_alone(doctor: Doctor) -> None:
    """What analysis leaves nothing of is named."""
    found = doctor.explain("moon — rover")
    assert [part.ignored for part in found.parts] == [False, True, False]
    assert "ignored-characters" in advised(found)


def test_everything(doctor: Doctor) -> None:
    """A query for everything needs no advice."""
    found = doctor.explain("*")
    assert (found.total, found.advice, found.understood) == (3, (), "*:*")


def test_nonsense_is_refused(doctor: Doctor) -> None:
    """What cannot be read is an error as in a search."""
    with pytest.raises(QueryInvalid):
        doctor.explain("title:(")
