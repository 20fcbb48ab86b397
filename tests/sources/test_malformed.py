"""Every file of the malformed corpus has one stated fate, and costs little."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fonds.loading.prepare import PreparedCandidate, PrepareTools, prepare
from fonds.settings import LimitSettings, Settings
from fonds.sources.delivery import open_delivery
from fonds.sources.detect import load_readers, read_candidate
from fonds.sources.model import Candidate, Rejected

FATES = Path(__file__).parents[1] / "data" / "malformed-fates.tsv"
_SECONDS = 20
_MEMORY = 200 * 1024  # KiB that the whole corpus may add to the process


def fates(folder: Path, spool: Path) -> Iterator[tuple[str, str, str]]:
    """Yield each file's name, its fate and its findings' codes with their lines."""
    readers, limits = load_readers(), LimitSettings()
    with (
        PrepareTools(Settings()) as tools,
        open_delivery(folder, limits, spool) as delivery,
    ):
        for item in delivery:
            if isinstance(item, Candidate):
                yield from ((a.file.name, "with", item.name) for a in item.attachments)
            if isinstance(item, Candidate) and item.description is None:
                yield _fate_of_pdf(prepare(item, "c", tools))
                continue
            found = item if isinstance(item, Rejected) else read_candidate(item, readers, limits)
            if isinstance(found, Rejected):
                line = found.finding.line or ""
                yield found.file.name, "set aside", f"{found.finding.code}:{line}"
                continue
            codes = (f"{f.code}:{f.line or ''}" for reading in found for f in reading.findings)
            name = item.file.name if isinstance(item, Rejected) else item.name
            yield name, "read", " ".join(codes)


def _fate_of_pdf(prepared: PreparedCandidate) -> tuple[str, str, str]:
    """Return what became of a PDF that came alone."""
    for reject in prepared.rejects:
        return reject.file.name, "set aside", f"{reject.finding.code}:"
    document = prepared.documents[0].document
    return document.source, "read", " ".join(f"{f.code}:" for f in document.findings)


def stated() -> dict[str, tuple[str, str]]:
    """Return what must come of each file."""
    rows = (line.split("\t") for line in FATES.read_text("utf-8").splitlines()[1:])
    return {name: (fate, codes) for name, fate, codes in rows}


@pytest.mark.parametrize("kind", ["xml", "semantic", "pdf"])
def test_each_file_has_its_stated_fate(kind: str, shared: Path, tmp_path: Path) -> None:
    """Nothing is lost: every file is read or set aside, with the stated code and line."""
    folder = shared / "corpora" / "malformed" / kind
    begun, before = time.monotonic(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = {f"{kind}/{name}": (fate, codes) for name, fate, codes in fates(folder, tmp_path)}
    wanted = {name: fate for name, fate in stated().items() if name.startswith(f"{kind}/")}
    assert found == wanted
    assert len(found) == sum(path.is_file() for path in folder.iterdir())
    assert time.monotonic() - begun < _SECONDS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < _MEMORY


@pytest.mark.parametrize(("folder", "least"), [("jats", 532), ("openjournals", 70)])
def test_real_deliveries_are_read(folder: str, least: int, shared: Path, tmp_path: Path) -> None:
    """At most one document in a hundred of the real deliveries is set aside."""
    found = [
        (fate, codes)
        for _, fate, codes in fates(shared / "corpora" / folder, tmp_path)
        if not codes.startswith(("file-unclaimed", "pdf-alone"))
    ]
    assert len(found) >= least
    assert sum(fate == "set aside" for fate, _ in found) <= len(found) / 100
