"""The files hold what was written and said durable, whatever was begun and killed after it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from fonds.enrich.vectors.quantised import Small, bits
from fonds.search.state_file import STATE, remove, write_state
from fonds.search.vectors.files import (
    ABSENT,
    ENGLISH,
    OTHER,
    VERSION,
    State,
    Writer,
    open_arrays,
    read_state,
)

WIDTH = 128
Rows = dict[int, tuple[int, Small | None]]


@st.composite
def batches(draw: st.DrawFn) -> tuple[Rows, bool]:
    """Draw some rows at some places, and whether a kill comes before they count."""
    places = draw(st.lists(st.integers(1, 40), max_size=6, unique=True))
    rows: Rows = {}
    for place in places:
        mark = draw(st.sampled_from((ABSENT, OTHER, ENGLISH)))
        chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
        values = chance.integers(-127, 128, WIDTH).astype(np.int8)
        rows[place] = (mark, values if mark != ABSENT else None)
    return rows, draw(st.booleans())


@settings(max_examples=60, deadline=None)
@given(st.lists(batches(), max_size=6))
def test_what_counts_is_there_after_any_kill(steps: list[tuple[Rows, bool]]) -> None:
    """Files are opened anew for each batch; a killed one is written again, as the store does."""
    with tempfile.TemporaryDirectory() as name:
        folder, held = Path(name), {}
        state = State(VERSION, "small", WIDTH, 0)
        for rows, killed in steps:
            for dies in (True, False) if killed else (False,):
                writer = Writer(folder, WIDTH)
                some = dict(list(rows.items())[: len(rows) // 2]) if dies else rows
                signs = {at: bits(one) for at, (_, one) in some.items() if one is not None}
                writer.write(some, signs)
                places = max([state.places, 1, *(place + 1 for place in rows)])
                if not dies:
                    writer.finish(places)
                    state = State(VERSION, "small", WIDTH, places)
                    write_state(folder, state)
                    held.update(rows)
                writer.close()
                assert read_state(folder) == (state if state.places else None)
        found = read_state(folder)
        if found is None:
            assert not held
            return
        arrays = open_arrays(folder, found)
        assert arrays is not None
        for place in range(found.places):
            mark, values = held.get(place, (ABSENT, None))
            assert arrays.marks[place] == mark
            if values is not None:
                assert (arrays.values[place] == values).all()
                assert [int(column[place]) for column in arrays.columns] == bits(values).tolist()


def test_files_cut_short_are_not_opened(tmp_path: Path) -> None:
    """Nor those of which one is gone, nor those of another version."""
    writer = Writer(tmp_path, WIDTH)
    writer.finish(10)
    writer.close()
    state = State(VERSION, "small", WIDTH, 10)
    write_state(tmp_path, state)
    assert open_arrays(tmp_path, state) is not None
    with (tmp_path / "values").open("r+b") as file:
        file.truncate(100)
    assert open_arrays(tmp_path, state) is None
    (tmp_path / "values").unlink()
    assert open_arrays(tmp_path, state) is None
    for broken in (b"", b"{", b"\xff", b"[]", b'{"version":0}'):
        (tmp_path / STATE).write_bytes(broken)
        assert read_state(tmp_path) is None


def test_who_reads_keeps_what_was_there(tmp_path: Path) -> None:
    """Files are never cut, but taken away and made anew."""
    writer = Writer(tmp_path, WIDTH)
    values = np.arange(WIDTH, dtype=np.int8)
    writer.write({3: (ENGLISH, values)}, {3: bits(values)})
    writer.finish(4)
    writer.close()
    state = State(VERSION, "small", WIDTH, 4)
    arrays = open_arrays(tmp_path, state)
    remove(tmp_path)
    assert arrays is not None
    assert (arrays.values[3] == values).all()
    assert not list(tmp_path.iterdir())
