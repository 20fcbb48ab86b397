"""An analysis in a package of its own enters by the entry points, as the guide says."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from fonds.analyses.door import analysis_names
from tests.analyses.conftest import Laboratory
from tests.conftest import ROOT

_EXAMPLE = ROOT / "docs" / "examples" / "fonds-readability"


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install the example: its package on the path, its entry points in a `dist-info`."""
    project = tomllib.loads((_EXAMPLE / "pyproject.toml").read_text("utf-8"))["project"]
    info = tmp_path / f"fonds_readability-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n")
    lines = [
        f"[{group}]\n" + "\n".join(f"{name} = {place}" for name, place in points.items())
        for group, points in project["entry-points"].items()
    ]
    (info / "entry_points.txt").write_text("\n".join(lines))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.syspath_prepend(str(_EXAMPLE))
    yield
    for name in [name for name in sys.modules if name.startswith("fonds_readability")]:
        del sys.modules[name]


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
