"""An analysis in a package of its own enters by the entry points, as the guide says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from fonds.analyses.door import analysis_names
from tests.analyses.conftest import Laboratory
from tests.conftest import ROOT
from tests.plugins import installed_example

_EXAMPLE = ROOT / "docs" / "examples" / "fonds-titles"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install the example, as pip does."""
    with installed_example(_EXAMPLE, tmp_path, monkeypatch):
        yield


def test_it_is_found_and_counts(installed: None, laboratory: Laboratory) -> None:
    """The example is found by its name and does what its guide says."""
    assert "titles" in analysis_names()
    found = laboratory.analyse("titles", least=2)
    (table,) = found.tables
    digests = list(laboratory.digests.read(laboratory.job("profile").plan.ords.tolist()))
    for year, mean, documents in table.rows:
        titles = [one.title.split() for one in digests if one.year == year]
        assert len(titles) == documents
        assert mean == pytest.approx(sum(map(len, titles)) / len(titles), abs=0.01)
    assert found.coverage.used + found.coverage.without[0][1] == found.coverage.asked
