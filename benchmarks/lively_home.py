"""A home as a library has it: many records, two large journals, real articles with text and PDF."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.dataset import seeds
from benchmarks.deliveries import BUNDLED, SHARED
from benchmarks.home import build
from benchmarks.two_journals import placed
from fonds.demo import deliveries
from fonds.loading.load import load
from fonds.settings import Settings

_WITH_PDF = ("openjournals", "medicine")  # of the bundled deliveries


@contextmanager
def lively_home(records: int, kept: Path | None, *, articles: bool = True) -> Iterator[Path]:
    """Give a home, made now, or at `kept` where it stays for the next run."""
    with tempfile.TemporaryDirectory(prefix="fonds-bench-") as name:
        home = kept or Path(name) / "home"
        if not home.is_dir():
            _fill(home, records, articles=articles)
        yield home


def _fill(home: Path, records: int, *, articles: bool) -> None:
    build(home, records, seeds(), placed)
    (home / "fonds.toml").write_text('[web]\nindexing = ["*"]\n')  # so that there are sitemaps
    for folder in deliveries():
        if folder.name in _WITH_PDF:
            load([folder], collection=folder.name, home=home, settings=Settings())
    if articles:
        source = SHARED / "jats" if SHARED.is_dir() else BUNDLED
        load([source], collection="jats", home=home, settings=Settings())
