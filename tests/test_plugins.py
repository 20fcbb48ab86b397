"""The parts that are installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from fonds.plugins import installed
from tests.conftest import ROOT
from tests.plugins import installed_example


def test_our_own_parts_stand_in_order() -> None:
    """By name; a group that nobody fills is empty."""
    names = list(installed("fonds.sources"))
    assert names == sorted(names)
    assert {"jats", "elsevier"} <= set(names)
    assert not installed("fonds.of-nothing")


def test_a_plug_in_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Among our own, as soon as it stands on the path."""
    before = set(installed("fonds.sources"))
    with installed_example(ROOT / "docs" / "examples" / "fonds-rfc", tmp_path, monkeypatch):
        assert set(installed("fonds.sources")) - before == {"rfc"}
    monkeypatch.undo()
    assert set(installed("fonds.sources")) == before
