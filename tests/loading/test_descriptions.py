"""Documents read again still know what came with them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from fonds.archive.archive import Archive
from fonds.loading.load import load
from fonds.loading.reread import reread
from fonds.record import Record
from fonds.settings import Settings

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
        return [
            msgspec.json.decode(archive.read(entry.files[0]), type=Record)
            for entry in archive.entries()
            if entry.ord
        ]


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
