"""Documents like one: by rare words of their descriptions, never by their texts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from fonds.record import Record, Subject
from fonds.search.engine import Engine, IndexDocument
from fonds.search.engines import open_engine
from fonds.search.similar import similar, telling_words
from fonds.settings import Settings

MOSSES = Record(
    id="1" * 40,
    title="Mosses of the shores",
    abstract="The mosses of the shores were counted.",
    subject=(Subject(value="bryophytes"),),
    doi=("10.1/1",),
)
COPY = msgspec.structs.replace(MOSSES, id="2" * 40)
LIKE = Record(
    id="3" * 40, title="Bryophytes and mosses", abstract="Of the shores.", doi=("10.1/3",)
)
IN_TEXT = Record(id="4" * 40, title="Something else", abstract="The whole of it.")


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Index the documents above and some others."""
    opened = open_engine(tmp_path, Settings(), writable=True)
    others = [
        Record(id=f"{n:040X}", title=f"The study {n}", abstract="The study of the year.")
        for n in range(5, 30)
    ]
    documents = [
        IndexDocument(
            ord=at,
            id=record.id,
            source=msgspec.json.encode(record),
            fulltext="mosses bryophytes shores counted" if record is IN_TEXT else "",
        )
        for at, record in enumerate([MOSSES, COPY, LIKE, IN_TEXT, *others], start=1)
    ]
    opened.add(documents)
    opened.commit(len(documents))
    yield opened
    opened.close()


def test_the_like_are_found(engine: Engine) -> None:
    """Neither itself, nor a copy, nor what only its text would find; the same each time."""
    found = similar(engine, MOSSES)
    assert [msgspec.json.decode(hit.source)["id"] for hit in found] == [LIKE.id]
    assert found == similar(engine, MOSSES)


def test_common_words_tell_nothing(engine: Engine) -> None:
    """Words of nearly every document are not looked for."""
    words = telling_words(engine, MOSSES)
    assert {"mosses", "shores", "counted", "bryophytes"} <= set(words)
    assert "the" not in words
    assert similar(engine, Record(title="The study")) == ()
    assert similar(engine, Record()) == ()
