"""What is bundled is small, free, and listed."""

from __future__ import annotations

import inspect
import re

from fonds.cli.demo import command
from fonds.demo import deliveries
from fonds.settings import WebSettings
from tests.conftest import ROOT

FOLDER = ROOT / "src" / "fonds" / "demo" / "deliveries"
FREE = re.compile(r"CC BY [234]|CC BY \(stated|CC0|MIT|Public domain")


def test_every_file_has_its_licence() -> None:
    """Each file stands in the manifest with a licence that lets anyone pass it on."""
    rows = [line.split("\t") for line in (FOLDER / "MANIFEST.tsv").read_text().splitlines()[1:]]
    listed = {row[0]: row[1] for row in rows}
    present = {
        str(p.relative_to(FOLDER)) for d in deliveries() for p in d.rglob("*") if p.is_file()
    }
    assert set(listed) == present
    assert all(FREE.match(licence) for licence in listed.values())


def test_the_whole_is_small() -> None:
    """Everything bundled stays below 25 MB."""
    assert sum(path.stat().st_size for path in FOLDER.rglob("*") if path.is_file()) < 25_000_000


def test_the_demo_is_where_the_readme_says() -> None:
    """No port is named unless somebody names one, so it is the one of the settings."""
    assert inspect.signature(command).parameters["port"].default is None
    assert f"<http://127.0.0.1:{WebSettings().port}>" in (ROOT / "README.md").read_text()
