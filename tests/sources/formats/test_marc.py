"""MARC records in binary, XML and JSON; damaged ones cost themselves only, named by their byte."""

from __future__ import annotations

from pathlib import Path

import pytest

from fonds.record import Funder, Record
from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_bytes
from fonds.sources.model import Reading

_FIELD, _RECORD, _SUB = b"\x1e", b"\x1d", b"\x1f"


def record(title: bytes, *, coding: bytes = b"a", number: bytes = b"7") -> bytes:
    """Return a sound record with a number, a language, an author and a title."""
    fields = [
        (b"001", number),
        (b"008", b"020805s2002    nyu    j      000 1 fre  "),
        (b"020", b"  " + _SUB + b"a0786808772 (pbk.)"),
        (b"100", b"1 " + _SUB + b"aCurie, Marie," + _SUB + b"d1867-1934."),
        (b"245", b"10" + _SUB + b"a" + title + b" /" + _SUB + b"cM. Curie."),
        (b"260", b"  " + _SUB + b"aParis :" + _SUB + b"bGauthier," + _SUB + b"c2002."),
    ]
    directory, body = b"", b""
    for tag, content in fields:
        directory += tag + b"%04d%05d" % (len(content) + 1, len(body))
        body += content + _FIELD
    base = 24 + len(directory) + 1
    leader = b"%05dcam %b22%05d a 4500" % (base + len(body) + 1, coding, base)
    return leader + directory + _FIELD + body + _RECORD


def read(data: bytes, name: str = "x.mrc") -> tuple[Reading, ...]:
    """Read the records of a file."""
    found = read_bytes(data, load_readers(), LimitSettings(), name=name)
    assert isinstance(found, tuple), found
    return found


def test_a_book() -> None:
    """Title, author, ISBN, year and publisher stand without ISBD's marks; the book is the host."""
    (reading,) = read(record(b"Bees :"))
    told, host = reading.record, reading.record.host
    assert host is not None
    assert (told.title, told.author[0].name, told.language) == ("Bees", "Marie Curie", ("fre",))
    assert (told.publication_date, told.genre) == ("2002", ("book",))
    assert (host.isbn, host.publisher) == (("0786808772",), "Gauthier")
    assert reading.findings == ()


@pytest.mark.parametrize(
    ("title", "coding"),
    [("Mémoire".encode(), b"a"), (b"M\xe2emoire", b" "), ("Mémoire".encode(), b" ")],
)
def test_codings(title: bytes, coding: bytes) -> None:
    """UTF-8 and MARC-8 give the same; UTF-8 that is declared MARC-8 is read, and said."""
    (reading,) = read(record(title, coding=coding))
    assert reading.record.title == "Mémoire"
    lied = coding == b" " and title == "Mémoire".encode()
    assert [f.code for f in reading.findings] == (["record-repaired"] if lied else [])


def _wrong_length(data: bytes) -> bytes:
    return b"99999" + data[5:]


def _wrong_base(data: bytes) -> bytes:
    return data[:12] + b"00030" + data[17:]


def _wrong_directory(data: bytes) -> bytes:
    return data[:27] + b"0009" + data[31:]


@pytest.mark.parametrize("damage", [_wrong_length, _wrong_base, _wrong_directory])
def test_damage_is_mended_and_named(damage: object) -> None:
    """A record that lies about its build is read by its terminators; its neighbours are sound."""
    assert callable(damage)
    one, two, three = (record(b"Bees", number=n) for n in (b"1", b"2", b"3"))
    found = read(one + damage(two) + three)
    assert [r.record.article_id for r in found] == [("1",), ("2",), ("3",)]
    assert [r.record.title for r in found] == ["Bees"] * 3
    assert [bool(r.findings) for r in found] == [False, True, False]
    (finding,) = found[1].findings
    assert finding.code == "record-repaired"
    place = int(finding.reason.split(":")[0].removeprefix("byte "))
    assert len(one) <= place < len(one + two)


def test_what_cannot_be_read_is_set_aside_by_itself() -> None:
    """A record without a directory is damaged; the one behind it goes on."""
    found = read(record(b"Bees") + b"00040cam a22000250 a 4500\x1erubbish\x1d" + record(b"Wasps"))
    assert [r.record.title for r in found] == ["Bees", "", "Wasps"]
    assert found[1].findings[-1].code == "record-damaged"
    assert found[1].piece is not None
    assert found[1].piece.data.endswith(b"rubbish\x1d")


def test_three_forms_say_the_same(shared: Path) -> None:
    """The same record in binary, XML and JSON is the same document."""
    folder = shared / "corpora" / "marc"
    names = ("summerland.mrc", "summerland.xml", "summerland-marc-in-json.json")
    told = [read((folder / f"marc4j-{n}").read_bytes(), n)[0].record for n in names]
    assert told[0] == told[1] == told[2]
    assert told[0].title == "Summerland"


def test_real_files(shared: Path) -> None:
    """All but the records without any title are read; pieces read the same again."""
    seen = 0
    for path in sorted((shared / "corpora" / "marc").glob("*.mrc")):
        if path.name == "talis_no_title2.mrc":
            continue
        for reading in read(path.read_bytes()):
            seen += bool(reading.record.title)
            assert reading.record.title or reading.findings[-1].code == "no-document", path.name
            if reading.piece is not None and reading.record.title:
                assert read(reading.piece.data)[0].record == reading.record
    assert seen >= 66  # holdings and authority records have no title


def test_bytes_written_as_utf8_once_too_often(shared: Path) -> None:
    """Such a record is longer than its leader says; its umlauts come back."""
    path = shared / "corpora" / "marc" / "dasrmischepriv00rein_meta.mrc"
    (reading,) = read(path.read_bytes())
    assert reading.record.title.startswith("Das römische Privatrecht")


def test_characters_cut_in_two_are_left_out_and_said(
    shared: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """East Asian text that ends within a character keeps what is whole; nothing is printed."""
    path = shared / "corpora" / "marc" / "marc4j-incomplete_esc_seq.mrc"
    (reading,) = read(path.read_bytes())
    assert any("within a character" in finding.reason for finding in reading.findings)
    assert any("窃听风云" in title.value for title in reading.record.translated_title)
    assert capfd.readouterr().err == ""


def described(*fields: str) -> Record:
    """Return the record of a book with these data fields in MARCXML."""
    title = _field("245", "a", "Bees")
    xml = f"<record><leader>00000cam a2200000 a 4500</leader>{title}{''.join(fields)}</record>"
    return read(xml.encode(), "x.xml")[0].record


def _field(tag: str, *pairs: str, second: str = " ") -> str:
    codes = zip(pairs[::2], pairs[1::2], strict=True)
    inner = "".join(f'<subfield code="{code}">{text}</subfield>' for code, text in codes)
    return f'<datafield tag="{tag}" ind1="4" ind2="{second}">{inner}</datafield>'


@pytest.mark.parametrize(
    ("about", "second"),
    [("Contributor biographical information", "2"), ("Table of contents only", "1"), ("", "2")],
)
def test_links_about_a_book_do_not_lead_to_it(about: str, second: str) -> None:
    """A biography, a list of contents or a related page is not where the document is."""
    other = _field("856", "3", about, "u", "https://x.org/about", second=second)
    own = _field("856", "u", "https://x.org/book", second="0")
    assert described(other).fulltext_url == ""
    assert described(other, own).fulltext_url == "https://x.org/book"


def test_makers() -> None:
    """Editors are told by their role or by the title page; a meeting wrote nothing."""
    made = described(
        _field("111", "a", "Conference on Ships", "n", "(7th :", "d", "1991)"),
        _field("700", "a", "Curie, Marie"),
        _field("700", "a", "Kirchner, Carl", "e", "tr. [and] ed."),
        _field("700", "a", "Ill, Paul", "e", "ill."),
    )
    assert [p.name for p in made.author] == ["Marie Curie"]
    assert [p.name for p in made.editor] == ["Carl Kirchner"]
    assert made.host is not None
    assert [c.name for c in made.host.conference] == ["Conference on Ships (7th : 1991)"]


def test_real_editors(shared: Path) -> None:
    """Where no role is given, those whom the title page calls editors are the editors."""
    (reading,) = read((shared / "corpora" / "marc" / "wwu_51323556.mrc").read_bytes())
    assert reading.record.author == ()
    assert [p.surname for p in reading.record.editor] == ["Goodchild", "Janelle"]
    assert reading.record.fulltext_url == ""  # the one link leads to the publisher's blurb


def test_dates_numbers_and_funding() -> None:
    """The year of copyright, ISBNs by medium and the funder are told apart."""
    made = described(
        _field("260", "a", "New York", "b", "X", "c", "c2009."),
        _field("020", "a", "9780061715747 (hardcover)"),
        _field("020", "a", "9780061764547 (e-book)"),
        _field("536", "a", "ANR", "b", "A-1"),
    )
    assert made.copyright_date == "2009"
    assert made.host is not None
    assert (made.host.isbn, made.host.eisbn) == (("9780061715747",), ("9780061764547",))
    assert made.funder == (Funder(name="ANR", award=("A-1",)),)


def test_signs_of_old_cards(shared: Path) -> None:
    """ISBD's marks behind an ISSN and the remark of an old catalogue are no part of a value."""
    folder = shared / "corpora" / "marc"
    serie = read((folder / "lc_0444897283.mrc").read_bytes())[0].record.serie
    assert serie is not None
    assert (serie.issn, serie.volume) == (("0926-5481",), "B-5")
    soil = read((folder / "soilsurveyrepor00statgoog_marc.xml").read_bytes())[0].record
    assert [p.name for p in soil.author] == [
        "Iowa. Agricultural and Home Economics Experiment Station, Ames"
    ]
    assert [s.value for s in soil.subject] == ["Soil surveys -- Iowa"]


def test_a_reprint_is_of_its_own_year(shared: Path) -> None:
    """Field 008 of a reprint holds two years; some catalogues give the original's first."""
    data = (shared / "corpora" / "marc" / "reprint_date_wrong_order.mrc").read_bytes()
    assert read(data)[0].record.publication_date == "2010"
