"""istex-api-harvester 2.7.2, unchanged (istex-api.md 6.8)."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.clients.conftest import Run
from tests.web.conftest import COUNT, PDF

PROGRAM = Path("node_modules/istex-api-harvester/istex-api-harvester.njs")


@pytest.mark.parametrize("size", [7, COUNT, 100])
def test_metadata_of_a_whole_result(node: Run, address: str, tmp_path: Path, size: int) -> None:
    """A file per document and format, also when more is asked for than there is."""
    host = urlsplit(address).netloc
    node(PROGRAM, "-H", host, "-q", "*", "-s", str(size), "-M", "json,xml", "-t", "2m", "-o", "out",
         cwd=tmp_path)  # fmt: skip
    found = sorted(path.name for path in (tmp_path / "out").rglob("*.json"))
    ids = {
        hit["id"] for hit in httpx.get(f"{address}/document?q=*&size=60&output=id").json()["hits"]
    }
    assert len(found) == min(size, COUNT)
    assert {name.partition(".")[0] for name in found} <= ids
    assert len(list((tmp_path / "out").rglob("*.metadata.original.xml"))) == len(found)
    for path in (tmp_path / "out").rglob("*.json"):
        assert json.loads(path.read_bytes())["id"] == path.name.partition(".")[0]


def test_full_texts(node: Run, address: str, tmp_path: Path) -> None:
    """The PDF arrives byte for byte."""
    node(PROGRAM, "-H", urlsplit(address).netloc, "-q", 'doi:"10.1000/xyz.0"', "-s", "1",
         "-F", "pdf,txt", "-M", "", "-t", "2m", "-o", "out", cwd=tmp_path)  # fmt: skip
    (pdf,) = (tmp_path / "out").rglob("*.fulltext.original.pdf")
    assert pdf.read_bytes() == PDF
