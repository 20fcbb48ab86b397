"""Stored queries live as long as they are asked for, and are bounded in number."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.errors import HomeNotWritable
from fonds.search.stored_queries import LIFE, StoredQueries, name_of


def test_life_is_renewed(tmp_path: Path) -> None:
    """Asking renews; what nobody asks for ends."""
    now = [1_000_000_000.0]
    queries = StoredQueries(tmp_path / "queries", clock=lambda: now[0])
    assert queries.store("brain")
    name = name_of("brain")
    for _ in range(3):
        now[0] += LIFE - 1
        assert queries.query(name) == "brain"
    now[0] += LIFE + 1
    assert queries.query(name) is None
    queries.sweep()
    assert list((tmp_path / "queries").iterdir()) == []


def test_the_oldest_of_too_many_go(tmp_path: Path) -> None:
    """Only so many are kept."""
    now = [1_000_000_000.0]
    queries = StoredQueries(tmp_path, most=2, clock=lambda: now[0])
    for word in ("one", "two", "three"):
        now[0] += 1
        queries.store(word)
    queries.sweep()
    assert [queries.query(name_of(word)) for word in ("one", "two", "three")] == [
        None,
        "two",
        "three",
    ]


@given(st.text(min_size=1, max_size=200))
def test_any_text(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    """A query comes back as it was."""
    queries = StoredQueries(tmp_path_factory.mktemp("queries"))
    assert queries.store(text)
    assert not queries.store(text)
    assert queries.query(name_of(text)) == text


def test_a_full_disk_is_said(tmp_path: Path) -> None:
    """Where nothing can be written, the error says so."""
    blocked = tmp_path / "file"
    blocked.write_text("x")
    with pytest.raises(HomeNotWritable):
        StoredQueries(blocked / "queries").store("brain")
    assert list(tmp_path.iterdir()) == [blocked]
