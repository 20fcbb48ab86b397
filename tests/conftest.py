"""Fixtures of all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the shared corpora beside the repository; without them the test says it skips."""
    folder = ROOT.parent / "shared"
    if not (folder / "corpora").is_dir():
        pytest.skip("the shared corpora are not beside the repository")
    return folder


@pytest.fixture(scope="session")
def data() -> Path:
    """Return the folder of small files that tests read."""
    return DATA
