"""`fonds export` and `fonds corpus`: files, folders, tables, resuming, kept corpora."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from fonds.settings import Settings
from tests.web.conftest import load

FONDS = (sys.executable, "-m", "fonds.cli.main")


def fonds(*arguments: str, code: int = 0) -> str:
    """Run a command and return its output; nothing may look like a trace."""
    done = subprocess.run([*FONDS, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return a home of twelve documents."""
    path = tmp_path_factory.mktemp("export") / "home"
    load(path, range(12), Settings())
    return str(path)


def answer(*arguments: str, home: str, code: int = 0) -> Any:
    """Run `fonds export --json` and return what it printed."""
    return json.loads(fonds("export", *arguments, "--home", home, "--json", code=code))


def test_sizes_then_the_file(home: str, tmp_path: Path) -> None:
    """Without an output the size is said; it is the size of the file, byte for byte."""
    said = answer("*", "--formats", "metadata[json],fulltext[txt]", home=home)
    target = tmp_path / "corpus.zip"
    made = answer("*", "--formats", "metadata[json],fulltext[txt]", "-o", str(target), home=home)
    assert said["sizes"]["size"] == made["bytes"] == target.stat().st_size
    with zipfile.ZipFile(target) as opened:
        assert sum(name.endswith(".txt") and "/" in name for name in opened.namelist()) == 12
    again = tmp_path / "again.zip"
    fonds("export", "*", "--formats", "metadata[json],fulltext[txt]", "-o", str(again),
          "--home", home)  # fmt: skip
    assert again.read_bytes() == target.read_bytes()


def test_a_part_that_was_left_is_continued(home: str, tmp_path: Path) -> None:
    """`--resume` goes on with the plan of what is there."""
    whole, target = tmp_path / "whole.zip", tmp_path / "corpus.zip"
    answer("title:brain", "-o", str(whole), home=home)
    said = answer("title:brain", home=home)
    key = Path(said["sizes"]["archive"]).name.removesuffix(".zip")
    left = tmp_path / f"corpus.zip.{key}.part"
    left.write_bytes(whole.read_bytes()[:1_000])
    made = answer("*", "-o", str(target), "--resume", home=home)
    assert made["resumed"] == 1_000
    assert target.read_bytes() == whole.read_bytes()


def test_a_folder_and_what_is_in_the_way(home: str, tmp_path: Path) -> None:
    """A name without an ending is a folder; it is never written over."""
    target = tmp_path / "corpus"
    fonds("export", "*", "-o", str(target), "--size", "3", "--use", "nooj", "--home", home)
    assert len(list(target.glob("*/*.txt"))) == 3
    fonds("export", "*", "-o", str(target), "--home", home, code=5)


def test_tables(home: str, tmp_path: Path) -> None:
    """By the ending of the file."""
    target = tmp_path / "records.csv"
    made = answer("*", "--table", "id,title", "-o", str(target), home=home)
    assert made["documents"] == 12
    with target.open(newline="") as file:
        assert len(list(csv.reader(file))) == 13
    fonds("export", "*", "--table", "id", "-o", str(tmp_path / "x.txt"), "--home", home, code=1)
    fonds("export", "*", "--table", "id", "--home", home, code=1)


def test_the_ending_says_what_is_written(home: str, tmp_path: Path) -> None:
    """A table of all fields, or the list alone, which leads to the same documents."""
    for name in ("all.csv", "all.jsonl"):
        assert answer("*", "-o", str(tmp_path / name), home=home)["documents"] == 12
        assert (tmp_path / name).is_file()
    target = tmp_path / "some.corpus"
    made = answer("title:brain", "-o", str(target), home=home)
    assert target.read_text().count("\nark ark:/") == made["documents"] > 0
    again = answer("--corpus", str(target), home=home)
    assert (again["documents"], again["missing"]) == (made["documents"], [])
    nowhere = str(tmp_path / "none" / "x.corpus")
    fonds("export", "*", "-o", nowhere, "--home", home, code=5)


def test_a_corpus_is_kept_listed_and_asked_again(home: str, tmp_path: Path) -> None:
    """Kept under an ARK; its file leads to the same documents."""
    kept = answer("title:brain", "--keep", "Brains", home=home)["kept"]
    assert kept.startswith("ark:/99999/CRP-")
    assert "Brains" in fonds("corpus", "--home", home)
    file = tmp_path / "brains.corpus"
    shown = json.loads(
        fonds("corpus", kept, "--rerun", "--write", str(file), "--home", home, "--json")
    )
    assert shown["changes"]["added"] == []
    made = answer("--corpus", str(file), "-o", str(tmp_path / "c.zip"), home=home)
    assert made["documents"] == len(shown["corpus"]["documents"])
    assert made["missing"] == []
    fonds("corpus", "CRP-00000000-0", "--home", home, code=3)


def test_what_is_wrong_is_said(home: str, tmp_path: Path) -> None:
    """Grammar, size, a file that is no corpus, a tool nobody knows."""
    wrong = tmp_path / "wrong.corpus"
    wrong.write_bytes(b"\xff\xfe")
    for arguments, code in (
        (("*", "--formats", "fulltext["), 2),
        (("*", "--size", "many"), 1),
        (("*", "--use", "excel"), 1),
        (("--corpus", str(wrong)), 2),
        (("--corpus", str(tmp_path / "none")), 3),
    ):
        fonds("export", *arguments, "--home", home, code=code)
