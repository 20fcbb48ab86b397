"""The ledger says what became of every file, and later loads are told in it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from fonds.archive.archive import Archive
from fonds.archive.fixity import check
from fonds.archive.prepared import PreparedDocument, PreparedFile
from fonds.archive.rebuild import rebuild_catalogue
from fonds.archive.stages import stages
from fonds.errors import Finding
from tests.archive.making import document, file, reject, settings

PDF = b"%PDF-1.4 " * 5_000


def made(content: bytes) -> PreparedFile:
    """Return a rendition that names its document."""
    plain = file(content, "fulltext", "txt", "")
    return msgspec.structs.replace(plain, original=False, names_itself=True)


def whole(text: bytes, *, title: str = "Whales") -> PreparedDocument:
    """Return a document of an XML, a PDF and a rendition."""
    plain = document(1, title=title)
    pdf = msgspec.structs.replace(
        file(PDF, "fulltext", "pdf", "a.pdf"), method=0, data=PDF, size=len(PDF)
    )
    return msgspec.structs.replace(plain, files=(*plain.files, pdf, made(text)))


def told(archive: Archive) -> list[tuple[str, str, tuple[Finding, ...]]]:
    """Return the ledger in short."""
    return [(entry.name, entry.status, entry.findings) for entry in archive.entries()]


def test_refused_again_for_another_reason(tmp_path: Path) -> None:
    """The reason is the new one, the old one is told, the bytes are kept once."""
    first, now = reject("x.pdf"), Finding("pdf-damaged", "it cannot be opened")
    with Archive.open(tmp_path, settings(), writable=True) as archive:
        for one in (first, msgspec.structs.replace(first, finding=now), first):
            with archive.batch("c") as batch:
                batch.set_aside(one)
                batch.commit()
        before = told(archive)
        assert [status for _, status, _ in before] == ["again", "again", "set-aside"]
        (info,) = archive.collections()
        assert info.set_aside == 1
        (entry,) = archive.set_aside("c")
        assert archive.read(entry.files[0]) == b"%PDF"
    rebuild_catalogue(tmp_path)
    with Archive.open(tmp_path, settings()) as archive:
        assert told(archive) == before
        (entry,) = archive.set_aside("c")
        assert archive.read(entry.files[0]) == b"%PDF"
    kept = [p for p in (tmp_path / "archive").iterdir() if b"set-aside/000000" in p.read_bytes()]
    assert len(kept) == 1


def test_a_file_that_was_mended(tmp_path: Path) -> None:
    """A document made of a file set aside before takes it off the list; both are told."""
    xml = document(1).files[0]
    refused = msgspec.structs.replace(reject(xml.name), file=xml)
    with Archive.open(tmp_path, settings(), writable=True) as archive:
        with archive.batch("c") as batch:
            batch.set_aside(refused)
            batch.set_aside(reject("other.pdf"))
            batch.commit()
        with archive.batch("c") as batch:
            batch.add(document(1))
            batch.commit()
        before = told(archive)
        assert [status for _, status, _ in before] == ["mended", "set-aside", "loaded"]
        (info,) = archive.collections()
        assert info.set_aside == 1
        rows = [row for entry in archive.story(xml.name) for row in stages(entry, 0)]
        assert "later it became part of ark:/" in rows[1].detail
    rebuild_catalogue(tmp_path)
    with Archive.open(tmp_path, settings()) as archive:
        assert told(archive) == before
        assert archive.collections() == (info,)


def test_read_again_by_a_newer_reader(tmp_path: Path) -> None:
    """Nothing changed: only the reader's version. Changed: a new version, originals where they are.

    Identity, id and ARK stay, even when the newer reader finds another DOI.
    """
    with Archive.open(tmp_path, settings(), writable=True) as archive:
        with archive.batch("c") as batch:
            batch.add(whole(b"text"))
            batch.commit()
        (located,) = archive.outdated("c", "test", 1, 0, 10)
        newer = msgspec.structs.replace(whole(b"text"), reader_version=1)
        with archive.batch("c") as batch:
            assert batch.add_again(newer, located).status == "unchanged"
            batch.commit()
        assert archive.outdated("c", "test", 1, 0, 10) == []
        (located,) = archive.outdated("c", "test", 2, 0, 10)
        other = whole(b"better text", title="Whales of the north")
        record = msgspec.structs.replace(other.record, doi=("10.5555/another",))
        other = msgspec.structs.replace(other, record=record, reader_version=2)
        with archive.batch("c") as batch:
            outcome = batch.add_again(other, located)
            batch.commit()
        assert (outcome.status, outcome.id) == ("new-version", located.id)
        assert archive.outdated("c", "test", 2, 0, 10) == []
        new = archive.by_id(located.id)
        assert new is not None
        assert (new.ark, new.version) == (located.ark, 2)
        before = [archive.files(number) for number in (1, 2)]
        assert [archive.read(one) for one in before[1]][2:] == [PDF, b"better text"]
        assert before[1][2] == before[0][2]
        assert before[1][0].pack != before[1][2].pack
        third = archive.path(before[1][0]).stat().st_size
        assert third < len(PDF)
    rebuild_catalogue(tmp_path)
    assert not check(tmp_path).damages
    with Archive.open(tmp_path, settings()) as archive:
        assert [archive.files(number) for number in (1, 2)] == before
        assert archive.outdated("c", "test", 2, 0, 10) == []


def test_another_format_of_the_same_article(tmp_path: Path) -> None:
    """Another reader's document under the same DOI replaces nothing: both stay, linked."""
    again = document(1, content="<record/>", source="d/other.xml")
    with Archive.open(tmp_path, settings(), writable=True) as archive, archive.batch("c") as batch:
        batch.add(document(1))
        other = batch.add(msgspec.structs.replace(again, reader="else"))
        batch.commit()
        assert archive.count() == 2
        assert len(archive.twins(other.id)) == 1


def test_a_version_from_another_file_is_said(tmp_path: Path) -> None:
    """The same title and DOI in a file of another name is a new version, and said to be one."""
    again = document(1, content="<article>v2</article>", source="d/1-v2.xml")
    with Archive.open(tmp_path, settings(), writable=True) as archive, archive.batch("c") as batch:
        batch.add(document(1))
        assert batch.add(again).status == "new-version"
        batch.commit()
        assert [row.code for row in archive.ledger(said=True)] == ["version-of-other-file"]


def test_records_of_one_file_are_no_versions(tmp_path: Path) -> None:
    """An update under the DOI and title of its forerunner (as reviews have) is a document, too."""
    first = document(1, source="d/many.xml#1")
    later = document(1, content="<article>update</article>", source="d/many.xml#2")
    numbered = [msgspec.structs.replace(first.record, pmid=(number,)) for number in ("1", "2")]
    with Archive.open(tmp_path, settings(), writable=True) as archive, archive.batch("c") as batch:
        assert batch.add(first).status == batch.add(later).status == "loaded"
        batch.commit()
    with Archive.open(tmp_path, settings(), writable=True) as archive, archive.batch("d") as batch:
        for name, record, text in zip("ab", numbered, ("<a/>", "<b/>"), strict=True):
            one = document(1, content=text, source=f"d/{name}.xml")
            assert batch.add(msgspec.structs.replace(one, record=record)).status == "loaded"
        batch.commit()
        assert archive.count() == 4
