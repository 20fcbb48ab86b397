"""What was set aside is loaded again from the archive; a newer reader reads originals again."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import msgspec
import pytest

from fonds.archive.archive import Archive
from fonds.archive.fixity import check
from fonds.archive.prepared import PreparedReject
from fonds.errors import CauseUnknown, Finding, HomeNotFound, ReaderUnknown
from fonds.loading.again import load_again
from fonds.loading.load import load
from fonds.loading.prepare import PrepareTools, prepare
from fonds.loading.rebuild import rebuild
from fonds.loading.reread import reread
from fonds.record import Record
from fonds.search.engine import SearchRequest
from fonds.search.engines import open_engine
from fonds.settings import LimitSettings, Settings
from fonds.sources.delivery import open_delivery
from tests.archive.making import file, settings
from tests.conftest import ROOT

DELIVERIES = ROOT / "src" / "fonds" / "demo" / "deliveries"
SETTINGS = settings(documents=6)  # several packs from a small delivery

SCRIPT = """
import os, signal, sys
from pathlib import Path
from tests.loading.test_again import SETTINGS
from fonds.loading.again import load_again
from fonds.loading.reread import reread
what, home, fatal = sys.argv[1:]
seen = 0
def hook(point, path):
    global seen
    seen += 1
    if seen == int(fatal):
        os.kill(os.getpid(), signal.SIGKILL)
if what == "again":
    load_again("all", home=Path(home), settings=SETTINGS, hook=hook)
else:
    reread(home=Path(home), settings=SETTINGS, hook=hook)
print(seen)
"""


def refused(path: Path, code: str, belongs: str = "") -> PreparedReject:
    """Return a whole file as one that an older Fonds set aside."""
    kind = path.suffix[1:]
    kept = file(path.read_bytes(), extension=kind, name=path.name)
    return PreparedReject("c", kept, Finding(code, "an older reader said so"), belongs)


def set_aside(home: Path, folder: Path, code: str = "reader-failed") -> None:
    """Set aside every XML of a delivery with the PDF that belongs to it."""
    xmls = sorted(folder.glob("*.xml"))
    with Archive.open(home, SETTINGS, writable=True) as archive, archive.batch("c") as batch:
        for xml in xmls:
            batch.set_aside(refused(xml, code))
            pdf = xml.with_suffix(".pdf")
            if pdf.exists():
                batch.set_aside(refused(pdf, "belongs-to-rejected", xml.name))
        batch.commit()


def held(home: Path) -> list[tuple[str, str, int, list[tuple[str, str]]]]:
    """Return every document with its files; the index must hold exactly these."""
    with Archive.open(home, SETTINGS) as archive:
        documents = list(archive.documents(0))
        engine = open_engine(home, SETTINGS, writable=False)
        hits = engine.search(SearchRequest(None, size=1000)).hits
        engine.close()
        assert {hit.ord for hit in hits} == {d.ord for d in documents}
        return sorted(
            (d.id, d.ark, d.version, [(f.typology, f.extension) for f in archive.files(d.ord)])
            for d in documents
        )


@pytest.mark.parametrize("cause", ["reader-failed", "all", "belongs-to-rejected"])
def test_what_belonged_together_comes_back(tmp_path: Path, cause: str) -> None:
    """From the packs alone the documents are those that an undisturbed load gives."""
    folder, pdf = tmp_path / "delivery", next(DELIVERIES.rglob("*.pdf"))
    folder.mkdir()
    for xml in (DELIVERIES / "scielo").glob("*.xml"):
        shutil.copy(xml, folder)
    for xml in sorted(folder.glob("*.xml"))[:3]:
        shutil.copy(pdf, xml.with_suffix(".pdf"))
    load([folder], collection="c", home=tmp_path / "whole", settings=SETTINGS)
    home = tmp_path / "home"
    set_aside(home, folder)
    summary = load_again(cause, home=home, settings=SETTINGS)
    whole = held(tmp_path / "whole")
    with_pdf = [one for one in whole if ("fulltext", "pdf") in one[3]]
    assert held(home) == (with_pdf if cause == "belongs-to-rejected" else whole)
    assert summary.loaded == len(held(home))
    assert not (home / "spool").exists()
    again = load_again(cause, home=home, settings=SETTINGS)
    assert (again.files, again.loaded) == (0, 0)
    with Archive.open(home, SETTINGS) as archive:
        left = archive.set_aside("c")
        assert bool(left) == (held(home) != whole)
        (info,) = archive.collections()
        assert info.set_aside == len(left)
    rebuild(home, SETTINGS)
    with Archive.open(home, SETTINGS) as archive:
        assert [e.name for e in archive.set_aside("c")] == [e.name for e in left]
    assert not check(home).damages


def test_only_the_cause_asked_for(tmp_path: Path) -> None:
    """Files of other causes stay where they are; a wrong cause and an empty place are said."""
    xml = sorted((DELIVERIES / "scielo").glob("*.xml"))[:2]
    with Archive.open(tmp_path, SETTINGS, writable=True) as archive, archive.batch("c") as batch:
        batch.set_aside(refused(xml[0], "format-not-read"))
        batch.set_aside(refused(xml[1], "reader-failed"))
        batch.commit()
    assert load_again("format-not-read", home=tmp_path, settings=SETTINGS).loaded == 1
    with Archive.open(tmp_path, SETTINGS) as archive:
        assert [entry.name for entry in archive.set_aside("c")] == [xml[1].name]
    assert load_again("all", home=tmp_path, settings=SETTINGS, collection="d").files == 0
    with pytest.raises(CauseUnknown):
        load_again("format-unread", home=tmp_path, settings=SETTINGS)
    with pytest.raises(HomeNotFound):
        load_again("all", home=tmp_path / "nothing", settings=SETTINGS)
    assert not (tmp_path / "nothing").exists()


def test_what_is_still_wrong_stays(tmp_path: Path) -> None:
    """The broken delivery run again: nothing is loaded, nothing is listed twice."""
    load([DELIVERIES / "broken"], collection="c", home=tmp_path, settings=SETTINGS)
    before = held(tmp_path)
    with Archive.open(tmp_path, SETTINGS) as archive:
        aside = [(entry.name, entry.findings[0].code) for entry in archive.set_aside("c")]
    summary = load_again("all", home=tmp_path, settings=SETTINGS)
    assert summary.loaded == summary.set_aside == 0
    assert summary.unchanged > 0
    assert held(tmp_path) == before
    with Archive.open(tmp_path, SETTINGS) as archive:
        assert [(e.name, e.findings[0].code) for e in archive.set_aside("c")] == aside


def test_an_archive_after_a_limit_was_raised(tmp_path: Path) -> None:
    """A ZIP refused as too large is opened from the archive, and is off the list."""
    packed, xml = io.BytesIO(), sorted((DELIVERIES / "scielo").glob("*.xml"))[0]
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        target.write(xml, "issue/a.xml")
    (tmp_path / "issue.zip").write_bytes(packed.getvalue())
    small = Settings(limits=LimitSettings(archive_bytes=1_000))
    home = tmp_path / "home"
    first = load([tmp_path / "issue.zip"], collection="c", home=home, settings=small)
    assert first.loaded == 0
    assert load_again("archive-bomb", home=home, settings=Settings()).loaded == 1
    with Archive.open(home, SETTINGS) as archive:
        assert not [e for e in archive.set_aside("c") if e.name == "issue.zip"]
        assert [d.id for d in archive.documents()]
    rebuild(home, SETTINGS)
    with Archive.open(home, SETTINGS) as archive:
        assert not [e for e in archive.set_aside("c") if e.name == "issue.zip"]


def older(home: Path, folder: Path) -> list[tuple[str, str, int]]:
    """Load a delivery as an older reader would have: no version, and other titles."""
    with (
        Archive.open(home, SETTINGS, writable=True) as archive,
        PrepareTools(SETTINGS) as tools,
        open_delivery(folder, SETTINGS.limits, home / "spool") as delivery,
    ):
        batch = archive.batch("c")
        for number, item in enumerate(delivery):
            for made in prepare(item, "c", tools).documents:
                record = made.document.record
                if number % 2:
                    record = msgspec.structs.replace(record, title=f"Old {number}", doi=())
                batch.add(msgspec.structs.replace(made.document, record=record, reader_version=0))
            if batch.full:
                batch.commit()
                batch = archive.batch("c")
        batch.commit()
        return [(d.id, d.ark, d.version) for d in archive.documents()]


def titles(home: Path) -> set[str]:
    """Return every title."""
    with Archive.open(home, SETTINGS) as archive:
        return {msgspec.json.decode(d.record, type=Record).title for d in archive.documents()}


def test_a_newer_reader(tmp_path: Path) -> None:
    """What it reads otherwise is a new version under the same id and ARK; the rest is noted."""
    folder = DELIVERIES / "scielo"
    load([folder], collection="c", home=tmp_path / "whole", settings=SETTINGS)
    home = tmp_path / "home"
    before = older(home, folder)
    packs = sum(p.stat().st_size for p in (home / "archive").iterdir())
    summary = reread(home=home, settings=SETTINGS, reader="jats")
    assert summary.read == len(before)
    assert summary.new_versions == len(before) // 2
    assert summary.unchanged == len(before) - summary.new_versions
    assert titles(home) == titles(tmp_path / "whole")
    with Archive.open(home, SETTINGS) as archive:
        after = [(d.id, d.ark) for d in archive.documents()]
        for document in archive.documents():
            for stored in archive.files(document.ord):
                assert len(archive.read(stored)) == stored.size
    assert sorted(after) == sorted((i, a) for i, a, _ in before)
    assert sum(p.stat().st_size for p in (home / "archive").iterdir()) < 1.6 * packs
    again = reread(home=home, settings=SETTINGS)
    assert (again.read, again.new_versions) == (0, 0)
    everything = reread(home=home, settings=SETTINGS, everything=True)
    assert (everything.read, everything.new_versions) == (len(before), 0)
    whole = held(home)
    rebuild(home, SETTINGS)
    assert held(home) == whole
    assert not check(home).damages
    assert not (home / "spool").exists()
    with pytest.raises(ReaderUnknown):
        reread(home=home, settings=SETTINGS, reader="jots")


def test_a_file_of_several_documents(tmp_path: Path) -> None:
    """Every document of a file is compared with its own earlier self; the file is read once."""
    articles = [p.read_text("utf-8") for p in sorted((DELIVERIES / "pensoft").glob("*.xml"))[:3]]
    inside = "".join(text[text.index("<article") :] for text in articles)
    inside = inside.replace('dtd-version="', 'data-version="')
    (tmp_path / "d").mkdir()
    (tmp_path / "d" / "set.xml").write_text(f"<articles>{inside}</articles>", "utf-8")
    home = tmp_path / "home"
    if load([tmp_path / "d"], collection="c", home=home, settings=SETTINGS).loaded != 3:
        pytest.fail("a wrapper of three articles was not read as three")
    whole = held(home)
    summary = reread(home=home, settings=SETTINGS, everything=True)
    assert (summary.read, summary.unchanged, summary.new_versions, summary.more) == (1, 3, 0, 0)
    assert held(home) == whole


ANTHOLOGY = """<collection id="2000.test"><volume id="1"><meta><booktitle>Proceedings</booktitle>
<year>2000</year></meta><paper id="1"><title>{one}</title><url>2000.test-1.1</url></paper>
<paper id="2"><title>Two words</title><url>2000.test-1.2</url></paper></volume></collection>"""


def test_pieces_of_a_file_of_records(tmp_path: Path) -> None:
    """A record that keeps its own piece of a large file is read again from that piece."""
    (tmp_path / "2000.test.xml").write_text(ANTHOLOGY.format(one="A word"))
    home = tmp_path / "home"
    first = load([tmp_path / "2000.test.xml"], collection="c", home=home, settings=SETTINGS)
    assert first.loaded == 2
    whole = held(home)
    summary = reread(home=home, settings=SETTINGS, everything=True)
    assert (summary.read, summary.unchanged, summary.new_versions, summary.more) == (2, 2, 0, 0)
    assert held(home) == whole


def test_a_pdf_without_metadata(tmp_path: Path) -> None:
    """A document derived from its PDF is read again from that PDF."""
    pdf = sorted((DELIVERIES / "openjournals").rglob("*.pdf"))[0]
    home = tmp_path / "home"
    assert load([pdf], collection="c", home=home, settings=SETTINGS).loaded == 1
    whole = held(home)
    summary = reread(home=home, settings=SETTINGS, everything=True)
    assert (summary.read, summary.unchanged, summary.new_versions) == (1, 1, 0)
    assert held(home) == whole


def start(what: str, home: Path, fatal: int) -> subprocess.CompletedProcess[str]:
    """Run one of the two in a process that dies at a fault point."""
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, what, str(home), str(fatal)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.faults
@pytest.mark.parametrize("what", ["again", "reread"])
def test_killed_at_every_tenth_point(tmp_path: Path, what: str) -> None:
    """Killed, both go on where they were, and end with what an undisturbed run gives."""

    def begin(home: Path) -> None:
        if what == "again":
            set_aside(home, DELIVERIES / "scielo")
        else:
            older(home, DELIVERIES / "scielo")

    begin(tmp_path / "whole")
    undisturbed = start(what, tmp_path / "whole", 0)
    points = int(undisturbed.stdout)
    whole = held(tmp_path / "whole")
    for fatal in range(1, points + 1, max(1, points // 10)):
        home = tmp_path / str(fatal)
        begin(home)
        assert start(what, home, fatal).returncode == -signal.SIGKILL
        assert start(what, home, 0).returncode == 0
        assert held(home) == whole
        assert not check(home).damages
        assert not list((home / "archive").glob(".new-*"))
        assert not (home / "spool").exists()
