"""Documents read again still know what came with them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from fonds.archive.archive import Archive
from fonds.archive.prepared import PreparedReject
from fonds.errors import Finding
from fonds.loading.again import load_again
from fonds.loading.load import load
from fonds.loading.reread import reread
from fonds.record import Record
from fonds.settings import Settings
from tests.archive.making import file

_ARTICLE = (
    '<article xmlns="http://www.elsevier.com/xml/ja/dtd"'
    ' xmlns:ce="http://www.elsevier.com/xml/common/dtd" docsubtype="fla"><item-info><jid>J</jid>'
    "<ce:pii>S0370-2693(13)00982-9</ce:pii></item-info><head><ce:title>Bees</ce:title></head>"
    "</article>"
)
_DATASET = (
    "<dataset><dataset-content><journal-item><journal-item-unique-ids><pii>S0370269313009829</pii>"
    "</journal-item-unique-ids><journal-item-properties><collection-title>{}</collection-title>"
    "</journal-item-properties></journal-item></dataset-content></dataset>"
)


def records(home: Path) -> list[Record]:
    """Return the current records."""
    with Archive.open(home, Settings()) as archive:
        return [msgspec.json.decode(d.record, type=Record) for d in archive.documents()]


def test_reading_again_keeps_the_journal(tmp_path: Path) -> None:
    """The list of a delivery is kept, is no failure, and serves when documents are read again."""
    home = tmp_path / "home"
    for number, journal in enumerate(("Apis", "Bombus")):
        folder = tmp_path / str(number)
        (folder / "S1").mkdir(parents=True)
        (folder / "S1" / "main.xml").write_text(_ARTICLE.replace("Bees", journal))
        (folder / "dataset.xml").write_text(_DATASET.format(journal))
        made = load([folder], collection=f"c{number}", home=home, settings=Settings())
        assert (made.loaded, made.set_aside, made.kept) == (1, 0, 1)
    before = records(home)
    assert [r.host.title for r in before if r.host is not None] == ["Apis", "Bombus"]
    made_again = reread(home=home, settings=Settings(), everything=True)
    assert (made_again.read, made_again.unchanged, made_again.new_versions) == (2, 2, 0)
    again = load([tmp_path / "0"], collection="c0", home=home, settings=Settings())
    assert (again.loaded, again.unchanged, again.set_aside) == (0, 2, 0)


def test_loading_again_keeps_the_journal(tmp_path: Path) -> None:
    """An article that was set aside gets its volume and journal from the list it came with."""
    delivery, home = tmp_path / "d", tmp_path / "home"
    (delivery / "S1").mkdir(parents=True)
    (delivery / "dataset.xml").write_text(_DATASET.format("Apis"))
    (delivery / "S1" / "other.xml").write_text(_ARTICLE.replace("13)00982", "13)00983"))
    load([delivery], collection="c", home=home, settings=Settings())
    kept = file(_ARTICLE.encode(), name="S1/main.xml")
    with Archive.open(home, Settings(), writable=True) as archive, archive.batch("c") as batch:
        batch.set_aside(PreparedReject("c", kept, Finding("reader-failed", "once")))
        batch.commit()
    made = load_again("reader-failed", home=home, settings=Settings())
    assert (made.loaded, made.set_aside) == (1, 0)
    assert [r.host.title for r in records(home) if r.host is not None][-1] == "Apis"
