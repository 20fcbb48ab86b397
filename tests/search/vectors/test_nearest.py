"""The nearest by the scan are the nearest by the definition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fonds.enrich.vectors.quantised import bits
from fonds.search.vectors import nearest as module
from fonds.search.vectors.files import ABSENT, ENGLISH, OTHER, Arrays
from fonds.search.vectors.nearest import cosines, marks, nearest, row

WIDTH = 128


def _arrays(seed: int, count: int) -> Arrays:
    chance = np.random.default_rng(seed)
    values = chance.integers(-127, 128, (count, WIDTH)).astype(np.int8)
    found = chance.choice([ABSENT, OTHER, ENGLISH], count).astype(np.uint8)
    return Arrays(found, tuple(np.ascontiguousarray(bits(values).T)), values)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 150), st.integers(1, 20), st.booleans())
def test_few_documents_are_compared_by_their_numbers(
    seed: int, count: int, wanted: int, english: bool
) -> None:
    """Fewer than are looked at by numbers: exactly the nearest, never those without a vector."""
    arrays = _arrays(seed, count)
    vector = np.random.default_rng(seed + 1).normal(size=WIDTH).astype(np.float32)
    least = ENGLISH if english else OTHER
    places, likeness = nearest(arrays, vector, wanted, least)
    allowed = np.flatnonzero(arrays.marks >= least)
    whole = arrays.values[allowed].astype(np.float64)
    exact = whole @ vector / np.linalg.norm(whole, axis=1) / np.linalg.norm(vector)
    assert len(places) == min(wanted, len(allowed))
    assert set(places.tolist()) <= set(allowed.tolist())
    assert np.allclose(likeness, np.sort(exact)[::-1][:wanted], atol=1e-5)
    assert np.allclose(cosines(arrays, allowed, vector), exact, atol=1e-5)


def test_many_are_sifted_by_their_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    """In stretches; a document's own vector leads to it, and mostly to the same others."""
    monkeypatch.setattr(module, "_STRETCH", 1_000)
    arrays = _arrays(5, 30_000)
    shared = 0
    for place in np.flatnonzero(arrays.marks == ENGLISH)[:20].tolist():
        vector = row(arrays, place)
        assert vector is not None
        places, likeness = nearest(arrays, vector, 10)
        assert places[0] == place
        assert likeness[0] == pytest.approx(1, abs=1e-5)
        every = cosines(arrays, np.arange(30_000), vector)
        every[arrays.marks == ABSENT] = -1
        shared += len({*np.argsort(-every)[:10].tolist()}.intersection(places.tolist()))
    assert shared > 20 * 10 * 0.5  # chance has no structure: real vectors do far better


def test_what_came_later_has_no_vector_yet() -> None:
    arrays = _arrays(1, 10)
    found = marks(arrays, np.array([3, 10, 99], np.uint32))
    assert found.tolist() == [int(arrays.marks[3]), ABSENT, ABSENT]
    assert row(arrays, 10) is None
