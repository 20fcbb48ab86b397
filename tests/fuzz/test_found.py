"""What fuzzing found stays mended, and a short run without coverage finds nothing more."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.fuzz.mutations import mutated
from tests.fuzz.seeds import FOUND
from tests.fuzz.smaller import smaller
from tests.fuzz.target import Target

FILES = sorted(path for path in FOUND.iterdir() if path.suffix != ".md")


@pytest.fixture(scope="module")
def target() -> Target:
    """Return every reader and rendition."""
    return Target()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_what_was_found(path: Path, target: Target) -> None:
    """Each file that once made a fault is read, or refused with a reason; its forms are whole."""
    assert target.run(path.read_bytes(), path.name)


@pytest.mark.parametrize("collection", ["scielo", "pensoft", "medicine"])
def test_a_short_run(collection: str, target: Target) -> None:
    """A hundred changed articles of a delivery: no fault, and most get past the parser."""
    folder = ROOT / "src" / "fonds" / "demo" / "deliveries" / collection
    seeds = sorted((path.read_bytes() for path in folder.rglob("*.xml")), key=len)[:4]
    draw = random.Random(collection)
    outcomes = [target.run(mutated(draw.choice(seeds), seeds, draw)) for _ in range(100)]
    assert outcomes.count("jats") > 50


def test_files_are_made_smaller() -> None:
    """What does not matter for a fault is left out."""
    data = b"<a><b x='1'>text</b><c><d/>more</c><e>fault</e></a>"
    assert smaller(data, lambda variant: b"fault" in variant) == b"fault"
    assert len(smaller(data, lambda v: b"<c>" in v and v.endswith(b"</a>"))) < 15
