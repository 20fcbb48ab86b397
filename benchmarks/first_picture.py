"""From a click on an analysis of 10,000 documents to its first picture, over HTTP.

The documents are put into index and digests beside those of the archive; their texts are nowhere,
so analyses that read texts for quotations are not among those asked.
"""

from __future__ import annotations

import http.client
import time
from pathlib import Path
from urllib.parse import urlencode

import msgspec

from benchmarks.report import Claim, Section
from benchmarks.serving import served
from fonds.analyses.digest import Digest
from fonds.analyses.digests import Digests
from fonds.archive.archive import Archive
from fonds.search.engine import IndexDocument
from fonds.search.engines import open_engine
from fonds.settings import Settings

COLLECTION = "varied"
ASKED = ("profile", "themes", "networks", "comparison")
_PICTURE = b"</svg>"
_BATCH = 1_000
MOST_SECONDS = 1.0


def measure(home: Path, digests: Path) -> Section:
    """Ask each analysis of a server that was just started, and note when its pieces come."""
    count = _put(home, digests)
    rows, claims = [], []
    for name in ASKED:
        with served(home) as (port, _):
            first, whole = _asked(port, name)
        rows.append([name, f"{first:.2f}", f"{whole:.2f}"])
        claims.append(Claim(f"first picture of {name}", first, MOST_SECONDS, "s"))
    return Section(
        title=f"first picture of an analysis of {count:,} documents",
        data="The documents above in the index of a server that was just started, asked over HTTP.",
        head=["analysis", "first picture, s", "whole page, s"],
        rows=rows,
        claims=claims,
        notes=["The first picture has the years of all documents; the analysis follows it."],
    )


def _asked(port: int, name: str) -> tuple[float, float]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    begin, first, page = time.perf_counter(), 0.0, b""
    connection.request("GET", f"/explore/{name}?{urlencode({'q': f'corpusName:{COLLECTION}'})}")
    answer = connection.getresponse()
    while piece := answer.read1(1 << 16):
        page += piece
        if not first and _PICTURE in page:
            first = time.perf_counter() - begin
    whole = time.perf_counter() - begin
    connection.close()
    if answer.status != http.client.OK or b'class="problem"' in page or not first:
        raise SystemExit(f"{name} could not be shown")
    return first, whole


def _put(home: Path, file: Path) -> int:
    """Put digests of documents that are in no pack where searches and analyses find them."""
    made = msgspec.msgpack.decode(file.read_bytes(), type=list[Digest])
    with Archive.open(home, Settings()) as archive, Digests(home, archive) as digests:
        digests.refresh()
        last = archive.last_ord()
        placed = [msgspec.structs.replace(one, ord=last + at) for at, one in enumerate(made, 1)]
        digests.put(placed)
    engine = open_engine(home, Settings(), writable=True)
    try:
        for at in range(0, len(placed), _BATCH):
            engine.add([_indexed(one) for one in placed[at : at + _BATCH]])
        engine.commit(last)
    finally:
        engine.close()
    return len(placed)


def _indexed(one: Digest) -> IndexDocument:
    record = {"id": one.id, "title": one.title, "publicationDate": str(one.year),
              "corpusName": COLLECTION, "language": [one.language]}  # fmt: skip
    return IndexDocument(one.ord, one.id, msgspec.json.encode(record), "")
