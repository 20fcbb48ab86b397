"""Page files of one scan make one document; files that are only numbered alike do not."""

from __future__ import annotations

from pathlib import Path

from fonds.settings import LimitSettings
from fonds.sources.delivery import open_delivery
from fonds.sources.detect import load_readers, read_candidate
from fonds.sources.model import Candidate, Reading

_PAGE = """<?xml version="1.0"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Layout>
<Page PHYSICAL_IMG_NR="{n}"><PrintSpace><TextBlock><TextLine><String CONTENT="page{n}"/></TextLine>
</TextBlock></PrintSpace></Page></Layout></alto>"""
_ARTICLE = "<article><front><article-meta/></front></article>"


def candidates(folder: Path, spool: Path) -> list[Candidate]:
    """Return the candidates of a folder."""
    with open_delivery(folder, LimitSettings(), spool) as delivery:
        return [item for item in delivery if isinstance(item, Candidate)]


def words(reading: Reading) -> list[str]:
    """Return the words of a text."""
    assert reading.text is not None
    return " ".join(str(piece) for piece in reading.text.itertext()).split()


def test_pages_are_one_document(tmp_path: Path) -> None:
    """Pages follow each other in the order of their numbers, and every file is kept."""
    folder = tmp_path / "scan"
    folder.mkdir()
    for number in (1, 2, 3):
        (folder / f"scan_{number:03}.xml").write_text(_PAGE.format(n=number))
    (folder / "other_001.xml").write_text(_PAGE.format(n=9))
    other, scan = candidates(folder, tmp_path / "spool")
    assert (other.name, other.attachments) == ("other_001.xml", ())
    assert scan.name == "scan_001.xml"
    assert [one.file.name for one in scan.attachments] == ["scan_002.xml", "scan_003.xml"]
    found = read_candidate(scan, load_readers(), LimitSettings())
    assert isinstance(found, tuple)
    assert words(found[0]) == ["page1", "page2", "page3"]


def test_articles_stay_apart(tmp_path: Path) -> None:
    """Articles named by numbers are documents each, also beside a page."""
    folder = tmp_path / "issue"
    folder.mkdir()
    (folder / "a1.xml").write_text(_ARTICLE)
    (folder / "a2.xml").write_text(_ARTICLE)
    (folder / "a3.xml").write_text(_PAGE.format(n=3))
    assert [one.name for one in candidates(folder, tmp_path / "spool")] == [
        "a1.xml",
        "a2.xml",
        "a3.xml",
    ]


def test_real_pages(shared: Path, tmp_path: Path) -> None:
    """Two pages of a real scan are one document; a page of another scan is not of it."""
    found = candidates(shared / "corpora" / "alto", tmp_path / "spool")
    assert [one.name for one in found] == [
        "v3-Glyph-00003.xml",
        "v4-GlyphSamples-Glyph_Sample04_Chinese.xml",
    ]
    read = read_candidate(found[0], load_readers(), LimitSettings())
    assert isinstance(read, tuple)
    record = read[0].record
    assert record.host is not None
    assert record.host.pages is not None
    assert (record.host.pages.first, record.host.pages.last) == ("83", "84")
