"""Puts the example packages of the documentation where plug-ins are found."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def installed_example(
    example: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """Install an example: its package on the path, its entry points in a `dist-info`."""
    project = tomllib.loads((example / "pyproject.toml").read_text("utf-8"))["project"]
    package = str(project["name"]).replace("-", "_")
    info = folder / f"{package}-{project['version']}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Name: {project['name']}\nVersion: {project['version']}\n")
    lines = [
        f"[{group}]\n" + "\n".join(f"{name} = {place}" for name, place in points.items())
        for group, points in project["entry-points"].items()
    ]
    (info / "entry_points.txt").write_text("\n".join(lines))
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.syspath_prepend(str(example))
    yield
    for name in [name for name in sys.modules if name.startswith(package)]:
        del sys.modules[name]
