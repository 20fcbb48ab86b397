"""A home of some articles with vectors by a small model; made once."""

from __future__ import annotations

from pathlib import Path

import pytest

from fonds.loading.enrich import enrich
from fonds.loading.load import load
from fonds.settings import Settings, read_settings
from tests.conftest import ROOT
from tests.enrich.vectors.making import kept_model

DELIVERY = ROOT / "src" / "fonds" / "demo" / "deliveries" / "scielo"


@pytest.fixture(scope="session")
def vector_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the home; its files of vectors are not made yet."""
    home = tmp_path_factory.mktemp("vectors") / "home"
    load([DELIVERY], collection="scielo", home=home, settings=Settings())
    kept_model(home / "models")
    enrich(home=home, settings=read_settings(home), names=("language", "vectors"))
    return home
