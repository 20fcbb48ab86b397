"""An enrichment in a package of its own enters by the entry points, as the guide says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from fonds.enrich.door import load_enrichments
from fonds.enrich.model import Enriched
from fonds.settings import EnrichSettings
from tests.conftest import ROOT
from tests.enrich.making import material
from tests.plugins import installed_example

_EXAMPLE = ROOT / "docs" / "examples" / "fonds-acronyms"
_GUIDE = ROOT / "docs" / "adding-an-enrichment.md"
_MOST_LINES = 70
_TEXT = (
    "Patients underwent magnetic resonance imaging (MRI) twice. MRI was repeated in the "
    "electron spin-resonance (ESR) unit (see above) by two readers (authors)."
)


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Install the example, as pip does."""
    with installed_example(_EXAMPLE, tmp_path, monkeypatch):
        yield


def test_it_finds_what_a_text_explains(installed: None) -> None:
    """The example is found by its name and does what its guide says."""
    (one,) = load_enrichments(EnrichSettings(), ["acronyms"])
    made = one.enrich(material(texts={"pdf": _TEXT}))
    assert isinstance(made, Enriched)
    assert list(msgspec.to_builtins(made.result)["found"]) == [
        {"short": "ESR", "long": "electron spin-resonance", "count": 1},
        {"short": "MRI", "long": "magnetic resonance imaging", "count": 2},
    ]
    assert made.fields["acronyms"] == {
        "ESR": "electron spin-resonance",
        "MRI": "magnetic resonance imaging",
    }
    assert len(made.annotations) == 1
    assert one.enrich(material(texts={"pdf": "Nothing (at all) is explained."})) is None


def test_the_guide_shows_the_example() -> None:
    """The module stands in the guide as it is, and is short."""
    module = (_EXAMPLE / "fonds_acronyms" / "acronyms.py").read_text("utf-8")
    assert module in _GUIDE.read_text("utf-8")
    assert len(module.splitlines()) <= _MOST_LINES
