"""Fixtures of all tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "tests" / "data"


def pytest_configure() -> None:
    """Let no verdict of generated tests hang on how busy the machine is."""
    settings.register_profile("busy", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("busy")


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
