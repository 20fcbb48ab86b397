"""Papers of the ACL Anthology become records."""

from __future__ import annotations

from pathlib import Path

from tests.sources.formats.reading import read, read_folder

_VOLUME = """<collection id="{collection}"><volume id="1"><meta><booktitle>{title}</booktitle>
<editor><first>Ada</first><last>Exemple</last></editor><publisher>ACL</publisher><year>2017</year>
</meta><frontmatter><url>P17-1000</url></frontmatter><paper id="1"><title>Bees in <fixed-case>P
</fixed-case>aris</title><author><first>Marie</first><last>Curie</last></author><pages>1–15</pages>
<url>{collection}-1001</url></paper><paper id="12"><title>Wasps</title></paper></volume>
</collection>"""


def test_a_paper_of_a_conference() -> None:
    """Proceedings are the host; number, link and licence follow the Anthology's rules."""
    first, second = read(_VOLUME.format(collection="P17", title="Proceedings"))
    record, host = first.record, first.record.host
    assert host is not None
    assert (record.title, record.genre) == ("Bees in P aris", ("conference",))
    assert (record.article_id, second.record.article_id) == (("P17-1001",), ("P17-1012",))
    assert record.fulltext_url == "https://aclanthology.org/P17-1001"
    assert (host.title, host.editor[0].name, host.publisher) == (
        "Proceedings",
        "Ada Exemple",
        "ACL",
    )
    assert host.pages is not None
    assert (host.pages.first, host.pages.last) == ("1", "15")
    assert record.access_condition is not None
    assert record.access_condition.value.endswith("/by/4.0/")


def test_an_article_of_a_journal() -> None:
    """Volume and issue stand in the title of older files."""
    title = "Computational Linguistics, Volume 43, Issue 1 - April 2017"
    host = read(_VOLUME.format(collection="J17", title=title))[0].record.host
    assert host is not None
    assert (host.genre, host.title) == (("journal",), "Computational Linguistics")
    assert (host.volume, host.issue) == ("43", "1")


def test_a_piece_is_a_file_of_its_own() -> None:
    """What is kept for one paper is an Anthology file with that paper, and reads the same."""
    for reading in read(_VOLUME.format(collection="P17", title="Proceedings")):
        assert reading.piece is not None
        (again,) = read(reading.piece.data)
        assert again.record == reading.record


def test_real_files(shared: Path) -> None:
    """Every paper of the sample is read."""
    found = [r for _, r in read_folder(shared / "corpora" / "acl-anthology", "*.xml")]
    assert len(found) == 1234
    assert sum(bool(r.record.doi) for r in found) > 1150
    assert all(r.record.author for r in found if r.record.abstract)
