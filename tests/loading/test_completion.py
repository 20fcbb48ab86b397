"""Records without a body give a document what its delivery lacked; nothing is overwritten."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from fonds.archive.archive import Archive
from fonds.archive.faults import no_fault
from fonds.loading.completing import completed, is_bare, withdrawn
from fonds.loading.completion import Completer
from fonds.loading.load import load
from fonds.loading.loader import opened_for_writing
from fonds.loading.rebuild import rebuild
from fonds.loading.reread import reread
from fonds.record import Completion, Host, Pages, QualityIndicators, Record
from fonds.settings import Settings

_ARTICLE = """<article><front><journal-meta><journal-title>J</journal-title></journal-meta>
<article-meta><article-id pub-id-type="doi">10.1000/x</article-id><title-group><article-title>Bees
</article-title></title-group><pub-date><year>2019</year></pub-date></article-meta></front><body>
<sec><title>On bees</title><p>Bees fly over the hills.</p></sec></body></article>"""
_RECORD = """<PubmedArticle><MedlineCitation><PMID>77</PMID><Article><Journal>
<ISSN IssnType="Electronic">2475-9066</ISSN><JournalIssue><Volume>4</Volume><Issue>2</Issue>
<PubDate><Year>2019</Year></PubDate></JournalIssue><Title>The other name of J</Title></Journal>
<ArticleTitle>Bees.</ArticleTitle><Pagination><MedlinePgn>7-9</MedlinePgn></Pagination></Article>
</MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="doi">10.1000/x</ArticleId>
</ArticleIdList></PubmedData></PubmedArticle>"""
_ALL = msgspec.json.Decoder(Record)


def _load(home: Path, folder: Path, name: str, content: str, collection: str = "c") -> int:
    delivery = folder / f"{collection}-{name}"
    delivery.mkdir()
    (delivery / name).write_text(content, "utf-8")
    summary = load([delivery], collection=collection, home=home, settings=Settings())
    assert (summary.loaded, summary.set_aside) == (1, 0)
    return summary.completed


def _records(home: Path) -> tuple[Record, Record]:
    """Return the document with a text, and the record."""
    with Archive.open(home, Settings()) as archive:
        found = [_ALL.decode(one.record) for one in archive.documents()]
    (text,), (bare,) = ([r for r in found if is_bare(r) is said] for said in (False, True))
    return text, bare


def _tei(home: Path) -> str:
    text, _ = _records(home)
    with Archive.open(home, Settings()) as archive:
        stored = archive.by_id(text.id)
        assert stored is not None
        file = archive.file(stored.ord, "fulltext", "tei")
        assert file is not None
        return archive.read(file).decode()


@pytest.mark.parametrize("order", ["text first", "record first"])
@pytest.mark.parametrize("collection", ["c", "other"])
def test_a_record_completes_a_text(order: str, collection: str, tmp_path: Path) -> None:
    """Whichever comes first, in whatever collection: both stay, and the text is described whole."""
    home = tmp_path / "home"
    parts = [("a.xml", _ARTICLE, "c"), ("p.xml", _RECORD, collection)]
    counts = [
        _load(home, tmp_path, name, content, name_of)
        for name, content, name_of in (parts if order == "text first" else reversed(parts))
    ]
    assert counts == [0, 1]
    text, bare = _records(home)
    assert text.host is not None
    assert text.host.title == "J"  # what was delivered stays
    assert (text.host.volume, text.host.issue, text.host.eissn) == ("4", "2", ("2475-9066",))
    assert text.host.pages == Pages(first="7", last="9", total="3")
    assert text.pmid == ("77",)
    (note,) = text.completed_from
    assert (note.id, note.corpus_name) == (bare.id, collection)
    assert set(note.fields) == {
        "pmid", "host.eissn", "host.volume", "host.issue", "host.pages",
    }  # fmt: skip
    assert bare.completed_from == ()
    assert bare.fulltext_url == "https://doi.org/10.1000/x"
    with Archive.open(home, Settings()) as archive:
        said = [row for row in archive.ledger(said=True) if row.code == "completed"]
    assert [row.id for row in said] == [text.id]
    assert "Bees fly over the hills" in _tei(home)
    assert '<biblScope unit="volume">4</biblScope>' in _tei(home)


def test_what_was_taken_can_be_taken_out_and_put_back(tmp_path: Path) -> None:
    """Undoing the link restores the record as delivered; a catalogue made anew says the same."""
    home = tmp_path / "home"
    _load(home, tmp_path, "a.xml", _ARTICLE)
    before = _records_alone(home)
    _load(home, tmp_path, "p.xml", _RECORD)
    text, bare = _records(home)
    with opened_for_writing(home, Settings(), no_fault, 1) as (archive, indexer):
        archive.decide((text.id, bare.id), linked=False)
        assert Completer(archive, indexer).withdraw(text.id, bare.id) == 1
        assert Completer(archive, indexer).complete([bare.id]) == 0
    without, _ = _records(home)
    assert msgspec.structs.replace(without, version=1) == before
    with opened_for_writing(home, Settings(), no_fault, 1) as (archive, indexer):
        archive.decide((text.id, bare.id), linked=True)
        assert Completer(archive, indexer).complete([bare.id]) == 1
    whole, _ = _records(home)
    assert msgspec.structs.replace(whole, version=text.version) == text
    rebuild(home, Settings())
    assert _records(home)[0] == whole


def _records_alone(home: Path) -> Record:
    with Archive.open(home, Settings()) as archive:
        (one,) = archive.documents()
        return _ALL.decode(one.record)


def test_reading_again_keeps_what_was_completed(tmp_path: Path) -> None:
    """A document that is read again from its originals keeps the values of its record."""
    home = tmp_path / "home"
    _load(home, tmp_path, "a.xml", _ARTICLE)
    _load(home, tmp_path, "p.xml", _RECORD)
    before = _records(home)
    summary = reread(home=home, settings=Settings(), everything=True)
    assert (summary.new_versions, summary.unchanged) == (0, 2)
    assert _records(home) == before


def test_a_record_completes_nothing_it_is_not_sure_of(tmp_path: Path) -> None:
    """Without a shared identifier nothing is taken."""
    home = tmp_path / "home"
    _load(home, tmp_path, "a.xml", _ARTICLE)
    _load(home, tmp_path, "p.xml", _RECORD.replace("10.1000/x", "10.1000/y"))
    assert _records(home)[0].completed_from == ()


_TEXT = QualityIndicators(text_source="xml")


def test_a_place_of_another_volume_is_not_taken() -> None:
    """Issue and pages belong to a volume; a record of another volume gives neither."""
    record = Record(host=Host(genre=("journal",), volume="3"), quality_indicators=_TEXT)
    source = Record(id="S", host=Host(genre=("journal",), title="J", volume="4", issue="2"))
    more = completed(record, source)
    assert more is not None
    assert more.host == Host(genre=("journal",), title="J", volume="3")
    assert more.completed_from == (Completion(id="S", fields=("host.title",)),)
    assert withdrawn(more, "S") == record
    assert completed(more, source) is None


def test_a_host_that_was_missing_is_gone_again() -> None:
    """A document without a host gets one, and loses it with the link."""
    record = Record(title="Bees", quality_indicators=_TEXT)
    source = Record(id="S", doi=("10.1000/x",), host=Host(genre=("journal",), title="J"))
    more = completed(record, source)
    assert more is not None
    assert more.host == source.host
    assert withdrawn(more, "S") == record
    assert withdrawn(more, "T") is None
