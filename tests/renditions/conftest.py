"""The schemas that what we write is held against."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.conftest import DATA


@pytest.fixture(scope="session")
def mods_schema() -> etree.XMLSchema:
    """Return MODS 3.7."""
    return etree.XMLSchema(file=str(DATA / "schemas" / "mods-3-7.xsd"))


@pytest.fixture(scope="session")
def tei_schema() -> etree.RelaxNG:
    """Return TEI P5: tei_all with MathML in formulas."""
    return etree.RelaxNG(file=str(DATA / "schemas" / "tei_fonds.rng"))
