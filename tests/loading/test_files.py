"""Files as the archive takes them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from fonds.loading.files import inner_extension, safe_extension
from fonds.loading.prepare import PrepareTools, prepare
from fonds.settings import Settings
from fonds.sources.model import Candidate, DeliveredFile


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("a/x.XML", "xml"), ("x", "bin"), ("x.p%2f", "bin"), ("x.averylongextension", "bin")],
)
def test_safe_extensions(name: str, wanted: str) -> None:
    """Only plain extensions are taken over from a delivery."""
    assert safe_extension(name) == wanted


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("x.nxml", "xml"), ("x.json.gz", "json"), ("x.jsonl.gz#3", "json"), ("x.mrc#2", "mrc")],
)
def test_inner_extensions(name: str, wanted: str) -> None:
    """A piece is what it was read as, not what held it."""
    assert inner_extension(name) == wanted


def test_a_piece_of_a_compressed_file(tmp_path: Path) -> None:
    """The JSON cut out of a compressed file is kept and served as JSON."""
    lines = b"".join(
        b'{"doi":"10.5072/%d","titles":[{"title":"T%d"}],"types":{"schemaOrg":"Dataset"},'
        b'"creators":[{"name":"A"}],"publisher":"P","publicationYear":2001}\n' % (n, n)
        for n in range(3)
    )
    path = tmp_path / "x.jsonl.gz"
    path.write_bytes(gzip.compress(lines))
    file = DeliveredFile(name=path.name, location=str(path), size=path.stat().st_size)
    with PrepareTools(Settings()) as tools:
        made = prepare(Candidate(name=path.name, description=file, pdf=None), "c", tools)
    originals = [file for one in made.documents for file in one.document.files if file.original]
    assert [(file.extension, file.mimetype) for file in originals] == [
        ("json", "application/json")
    ] * 3
