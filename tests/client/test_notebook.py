"""The notebook does what it shows, against a real server."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from fonds.settings import Settings
from fonds.web.services import open_services
from tests.conftest import ROOT
from tests.web.conftest import api_app, load, serving

NOTEBOOK = ROOT / "docs" / "notebooks" / "corpus.ipynb"


def test_every_cell_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """From top to bottom in one namespace; it leaves a corpus and a table."""
    load(tmp_path / "home", range(12), Settings())
    services = open_services(tmp_path / "home", Settings())
    monkeypatch.chdir(tmp_path)
    notebook = json.loads(NOTEBOOK.read_text("utf-8"))
    assert notebook["nbformat"] == 4
    cells = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "code"]
    names: dict[str, object] = {}
    with serving(api_app(services)) as address:
        monkeypatch.setenv("FONDS_ADDRESS", address)
        monkeypatch.setenv("FONDS_QUESTION", "title:brain")
        for cell in cells:
            exec(compile(cell, str(NOTEBOOK), "exec"), names)
    services.close()
    assert "12 documents" not in capsys.readouterr().out  # eight of twelve are about the brain
    with zipfile.ZipFile("corpus.zip") as opened:
        assert opened.testzip() is None
    assert len(list(Path("sample").glob("*/*.txt"))) == 3
    rows = names["rows"]
    assert isinstance(rows, list)
    assert len(rows) == 8
