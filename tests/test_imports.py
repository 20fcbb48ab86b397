"""Imports follow the way of the data and never run back."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

PACKAGE = ROOT / "src" / "fonds"
# docs/architecture.md draws the same list; a room imports only rooms before it
ROOMS = (
    ("errors", "findings", "settings", "record", "plugins"),
    ("sources",),
    ("renditions",),
    ("archive",),
    ("enrich",),
    ("search",),
    ("loading",),
    ("corpora",),
    ("client",),
    ("access",),
    ("analyses",),
    ("holdings",),
    ("web",),
    ("cli", "demo"),
)
RANK = {name: rank for rank, names in enumerate(ROOMS) for name in names}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    """Return the room a module stands in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> list[str]:
    """Return the rooms a module imports, also inside functions."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports relatively"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        found += [name.split(".")[1] for name in names if name.startswith("fonds.")]
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_never_run_back(path: Path) -> None:
    """A module imports its own room and rooms before it."""
    here = room(path)
    if here == "__init__":
        return
    for other in imported(path):
        allowed = other == here or RANK[other] < RANK[here] or RANK[here] == 0 == RANK[other]
        assert allowed or (here == "cli" and other == "demo"), f"{here} imports {other}"


def test_every_room_is_known() -> None:
    """A new room has its place in the order."""
    assert {room(path) for path in MODULES} - {"__init__"} == set(RANK)


def test_the_query_language_knows_no_engine() -> None:
    """Inside search, only engines know engines; the query language knows neither."""
    for path in (PACKAGE / "search").rglob("*.py"):
        text = path.read_text("utf-8")
        if "engines" not in path.parts:
            assert "import tantivy" not in text, path
        if "query" in path.parts:
            assert "fonds.search.engine" not in text, path


def test_files_are_read_in_one_sitting() -> None:
    """No module is longer than 400 lines; the median is about 150."""
    lengths = sorted(len(path.read_text("utf-8").splitlines()) for path in MODULES)
    assert lengths[-1] <= 400
    assert lengths[len(lengths) // 2] <= 160
