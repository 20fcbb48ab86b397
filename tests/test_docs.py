"""The documentation says what the code does, or the build fails."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from fonds.cli.reference import pages
from fonds.findings import FINDINGS
from tests.conftest import ROOT

DOCS = ROOT / "docs"
ROOMS = ("sources", "renditions", "archive", "enrich", "search", "query-language", "loading",
         "corpora", "client", "access", "holdings", "web",
         "portal", "cli")  # fmt: skip
# spelled in pieces, so that this file does not contain what it forbids
FORBIDDEN = ("/" + "work/", "/" + "tmp/brief", "pypi" + ".org/simple", "registry." + "npmjs")
TEXTS = (".py", ".md", ".toml", ".txt", ".in", ".lock", ".html", ".css", ".js", ".tsv", ".json")


def tracked() -> list[Path]:
    """Return the text files of the repository, without real deliveries."""
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.splitlines()  # fmt: skip
    return [
        ROOT / name
        for name in listed
        if name.endswith(TEXTS) and "/deliveries/" not in name and (ROOT / name).is_file()
    ]


@pytest.mark.parametrize("name", sorted(pages()))
def test_reference_pages_are_up_to_date(name: str) -> None:
    """`make docs` would change nothing."""
    assert (DOCS / "reference" / name).read_text("utf-8") == pages()[name], "run make docs"


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_its_page(room: str) -> None:
    """A page per room, with a title and more than a few words."""
    text = (DOCS / "rooms" / f"{room}.md").read_text("utf-8")
    assert text.startswith("# ")
    assert len(text) > 800


def test_pictures_are_made_by_tests_and_shown() -> None:
    """Each picture is shown on a page, and named by a test that takes it."""
    pages_ = "\n".join(
        path.read_text("utf-8") for path in (ROOT / "README.md", *DOCS.rglob("*.md"))
    )
    tests = "\n".join(path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    for picture in (DOCS / "images").iterdir():
        assert f"images/{picture.name}" in pages_, picture.name
        stem = picture.stem.removeprefix("extension-")
        assert f'"{stem}"' in tests or f'"extension-{stem}"' in tests, picture.name


def test_findings_are_used() -> None:
    """Each finding that the pages name is made somewhere in the code."""
    code = "\n".join(
        path.read_text("utf-8")
        for path in (ROOT / "src" / "fonds").rglob("*.py")
        if path.name != "findings.py"
    )
    unused = [finding for finding in FINDINGS if f'"{finding}"' not in code]
    assert not unused


def test_links_lead_somewhere() -> None:
    """Every relative link of README and docs leads to a file."""
    for page in (ROOT / "README.md", *DOCS.rglob("*.md")):
        for target in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", page.read_text("utf-8")):
            if not target.startswith(("http://", "https://")):
                assert (page.parent / target).exists(), f"{page.relative_to(ROOT)}: {target}"


def test_no_machine_is_named() -> None:
    """No path of a machine and no registry host stands in the repository."""
    for path in tracked():
        text = path.read_text("utf-8", errors="replace")
        for word in FORBIDDEN:
            assert word not in text, f"{path.relative_to(ROOT)} names {word}"


def test_lock_files_hold_hashes_only() -> None:
    """Locks name versions and hashes, no index and no host."""
    for lock in (ROOT / "requirements").glob("*.lock"):
        lines = lock.read_text().splitlines()
        assert any("--hash=sha256:" in line for line in lines)
        assert not [line for line in lines if "://" in line or "index" in line.split("==")[0]]
