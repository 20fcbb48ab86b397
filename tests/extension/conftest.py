"""The small internet, started once."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.extension.world import World, world


@pytest.fixture(scope="module")
def internet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Return the running servers."""
    with world(tmp_path_factory.mktemp("world")) as started:
        yield started
