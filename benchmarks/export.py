"""Taking bytes out: exports of stored files against `cp` and `zipfile`, walks through all ids."""

from __future__ import annotations

import os
import tempfile
import zipfile
from pathlib import Path

import msgspec
import numpy as np

from benchmarks import deliveries, full_records
from benchmarks.dataset import seeds
from benchmarks.home import build
from benchmarks.measure import clock
from benchmarks.report import Claim, Section
from fonds.access.gate import OPERATOR
from fonds.archive.archive import Archive
from fonds.archive.model import StoredFile
from fonds.corpora.export import Export
from fonds.corpora.plan import Asked, Plan, Snapshot
from fonds.corpora.planning import EVERYTHING, Wish, make_plan
from fonds.corpora.withholding import Nothing
from fonds.corpora.writing import write_file
from fonds.loading.load import load
from fonds.settings import Settings
from fonds.web.api.answer import search_answer
from fonds.web.services import Services, open_services

ROUNDS = 9
TIMES = 6  # collections into which the PDFs are loaded
LEAST_TIMES_ZIPFILE = 15.0
LEAST_OF_CP = 0.7
MOST_SECONDS_SCROLL = 10.0  # for a million ids
MOST_SECONDS_FIRST = 1.0  # until an export of a million documents flows
_PAGE = 5_000
_MILLION = 1_000_000
_EXTRACT = "metadata[json];fulltext[txt]"


def run(records: int) -> list[Section]:
    """Measure exports of real deliveries, and walks and layouts of many records."""
    with tempfile.TemporaryDirectory(prefix="fonds-bench-") as name:
        folder = Path(name)
        return [_export("text", folder), _export("PDF", folder), *_many(records, folder)]


def _export(what: str, folder: Path) -> Section:
    """Write an export of everything, copy the very file, and compress the same members anew."""
    take = deliveries.with_pdf if what == "PDF" else deliveries.xml_only
    extract = "fulltext[pdf]" if what == "PDF" else ""
    delivery, data = take(folder)
    home = folder / f"home-{what}"
    for number in range(TIMES if what == "PDF" else 1):  # small files would measure fixed costs
        load([delivery], collection=f"benchmark-{number}", home=home, settings=Settings())
    target, copy = folder / f"{what}.zip", folder / f"{what}-copy.zip"
    with Archive.open(home, Settings()) as archive:
        export = Export(archive, _everything(archive, extract), Nothing())
        pairs = []
        for _ in range(ROUNDS):  # in turns, so that both meet the same machine
            target.unlink(missing_ok=True)
            copy.unlink(missing_ok=True)
            wrote = clock(lambda: _written(archive, export, target))
            pairs.append((wrote, clock(lambda: _copied(target, copy))))
        ours, limit = (min(times) for times in zip(*pairs, strict=True))
        peer = clock(lambda: _zipfile(archive, export, folder / "peer.zip"))
        size, files = export.size / 1e6, export.layout.files
    again = f", {TIMES} times" if what == "PDF" else ""
    rows = [
        [name, f"{seconds:.3f}", f"{size / seconds:.0f}", f"{files / seconds:.0f}"]
        for name, seconds in (
            ("cp of the finished ZIP (the limit)", limit),
            ("fonds export, layout and lists included", ours),
            ("zipfile: inflated and compressed again (peer)", peer),
        )
    ]
    claims = [
        Claim(f"{what}: export, times zipfile", peer / ours, LEAST_TIMES_ZIPFILE, "×",
              at_least=True)
    ]  # fmt: skip
    if what == "PDF":
        claims.append(
            Claim("stored members: speed of cp", limit / ours, LEAST_OF_CP, "×", at_least=True)
        )
    return Section(
        title=f"export of {what}",
        data=f"{files} files of a load of {data}{again}; a ZIP of {size:.1f} MB.",
        head=["task", "s", "MB/s", "files/s"],
        rows=rows,
        claims=claims,
    )


def _everything(archive: Archive, extract: str) -> Plan:
    ords = np.array([document.ord for document in archive.documents()], np.uint32)
    asked = Asked("*", "*:*", {"q": "*"}, extract, "zip", len(ords), len(ords))
    return Plan(asked, Snapshot(0, 0.0, len(ords)), "", ords)


def _written(archive: Archive, export: Export, target: Path) -> None:
    write_file(archive, Export(archive, export.plan, Nothing()), target)


def _copied(source: Path, target: Path) -> None:
    """Copy as `cp` does, and wait for the disk as the export does."""
    with source.open("rb") as file, target.open("wb") as out:
        left = os.fstat(file.fileno()).st_size
        while left:
            left -= os.copy_file_range(file.fileno(), out.fileno(), left)
        os.fsync(out.fileno())


def _zipfile(archive: Archive, export: Export, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in export.members():
            if isinstance(content, StoredFile):
                out.writestr(name, archive.read(content))


def _many(records: int, folder: Path) -> list[Section]:
    home = folder / "many"
    build(home, records, seeds())
    services = open_services(home, Settings())
    try:
        walk = min(clock(lambda: _walk(services)) for _ in range(3))
        first = min(clock(lambda: _first(services)) for _ in range(3))
        full = full_records.section(services)
    finally:
        services.close()
    times = _MILLION / records
    many = Section(
        title="many documents",
        data=f"{records} records made from real ones; seconds for a million are this times "
        f"{times:g}.",
        head=["task", "s", "s for a million"],
        rows=[
            ["scroll through all ids, 5,000 a page, as JSON", f"{walk:.3f}", f"{walk * times:.2f}"],
            ["export: question to first bytes", f"{first:.3f}", f"{first * times:.2f}"],
        ],
        claims=[
            Claim("scroll over a million ids", walk * times, MOST_SECONDS_SCROLL, "s"),
            Claim("an export of a million flows after", first * times, MOST_SECONDS_FIRST, "s"),
        ],
    )
    return [full, many]


def _walk(services: Services) -> None:
    parameters = {"q": "*", "scroll": "5m", "size": str(_PAGE), "output": "id"}
    seen = 0
    while True:
        page = msgspec.json.decode(search_answer(services, parameters, "", OPERATOR))
        seen += len(page["hits"])
        if page["noMoreScrollResults"]:
            break
        parameters = {"q": "*", "scroll": "5m", "scrollId": page["scrollId"]}
    assert seen == page["total"]


def _first(services: Services) -> None:
    wish = Wish("*", _EXTRACT, size=EVERYTHING)
    request = services.search.ask("*")
    plan = make_plan(services.archive, services.engine, request, wish)
    services.plans.keep(plan, "benchmark")
    next(iter(Export(services.archive, plan, Nothing()).chunks()))
