"""`fonds holdings` writes files and checks rows, in the process and over HTTP."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from fonds.cli.main import application
from fonds.holdings.kbart_rules import faults
from fonds.settings import Settings
from fonds.web.app import create_app
from fonds.web.services import open_services
from tests.web.conftest import load, serving

BASE = "https://archive.example.org"


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home of a few documents in two collections."""
    made = tmp_path_factory.mktemp("holdings") / "home"
    load(made, range(12), Settings())
    return made


def run(*words: str) -> tuple[int, str]:
    """Run a command and return its exit code and what it said."""
    result = CliRunner().invoke(application(), ["holdings", *words])
    return result.exit_code, result.output


def test_kbart(loaded: Path, tmp_path: Path) -> None:
    """One file for all titles and one per collection, valid and named for BACON."""
    code, said = run("kbart", "--home", str(loaded), "-o", str(tmp_path), "--base", BASE, "--json")
    assert code == 0
    files = [Path(one) for one in json.loads(said)["files"]]
    assert [one.name.split("_")[2] for one in files] == ["AllTitles", "first", "second"]
    assert all(faults(one.read_text("utf-8")) == [] for one in files)


@pytest.mark.parametrize("service", ["google-scholar", "linkout", "europepmc"])
def test_services(loaded: Path, tmp_path: Path, service: str) -> None:
    """Google's files need no registration; the others say which setting is missing."""
    code, said = run(service, "--home", str(loaded), "-o", str(tmp_path), "--base", BASE)
    if service == "google-scholar":
        assert code == 0
        assert (tmp_path / "institutional_links.xml").is_file()
    else:
        assert code == 2
        assert "holdings." in said


def test_a_folder_that_cannot_be_written(loaded: Path, tmp_path: Path) -> None:
    """The error names the file."""
    (tmp_path / "file").write_text("")
    code, said = run("kbart", "--home", str(loaded), "-o", str(tmp_path / "file"))
    assert code == 5
    assert "cannot be written" in said


def test_check(loaded: Path) -> None:
    """The same is found in the process and over HTTP."""
    here = run("check", "--home", str(loaded), "--json")
    with serving(create_app(open_services(loaded, Settings()))) as address:
        there = run("check", "--home", str(loaded), "--server", address, "--json")
    assert here == there
    report = json.loads(here[1])
    assert (report["titles"], report["faults"], report["failures"]) == (1, [], [])
    assert here[0] == 0
    assert "do not resolve" in run("check", "--home", str(loaded))[1]
