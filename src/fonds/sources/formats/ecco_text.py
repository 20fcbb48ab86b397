"""ECCO-TCP books as plain text, without metadata.

The files of this corpus are named after ESTC's number (`k042411-000.txt`) and are nothing but
running text from which the line ends were taken out: "A POEM.By JAMES THOMSON". Title, author, year
and printer are taken from the title page's words; a finding says that they are derived.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from fonds.errors import Finding
from fonds.record import Contributor, Host, Record
from fonds.sources import values
from fonds.sources.model import Reading, Source
from fonds.sources.stylesheet import TEI
from fonds.sources.xml import Element

_NAME = re.compile(r"(?:^|/)([KTNW]\d{5,6})[-.](\d{3})\.txt$", re.IGNORECASE)
_IMPRINT = re.compile(r"\b(?:printed|printer|sold)\b", re.IGNORECASE)
# where a line ended: a mark with a letter on either side, but not within initials (M.A.); or a
# capital in the middle of a word, but not in a name (MacDonald)
_LINE_END = re.compile(
    r"(?<=[A-Za-z]{2}[.,;:!?])(?=[“\"(—]?[A-Z])|(?<!\bMac)(?<!\bFitz)(?<=[a-z]{2})(?=[A-Z])"
)
_AUTHOR = re.compile(r"By (?:the )?((?:[A-Z][\w.'’-]*\s?){1,6})", re.IGNORECASE)
_PRINTER = re.compile(
    r"[Pp]rinted\s+(?:for|by)\s+((?:[A-Z]\.\s?)*[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)?)"
)
_PRINTER_AFTER = re.compile(r"((?:[A-Z]\.\s?)+[A-Z][\w'’-]+), PRINTER")
_ARABIC = re.compile(r"(?<!\d)1[4-8]\d\d(?!\d)")
_ROMAN = re.compile(r"\bM[MDCLXVI,. ]*[DCLXVI]\b")
_DIGITS = {"M": 1000, "D": 500, "C": 100, "L": 50, "X": 10, "V": 5, "I": 1}
_PAGE = 3_000  # characters in which the title page ends
_LONGEST = 300  # characters of a title


class EccoTextReader:
    """Reads the plain texts of ECCO-TCP."""

    name = "ecco-text"
    label = "ECCO-TCP plain text"
    version = 2

    def recognises(self, source: Source) -> bool:
        """Tell by ESTC's number, the only sign there is, and by an imprint on the first page."""
        if source.root is not None or not _NAME.search(source.name):
            return False
        return bool(_IMPRINT.search(_decoded(source.data[: 2 * _PAGE])[:_PAGE]))

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read the book: what its title page says, and its text in paragraphs and lines."""
        name = _NAME.search(source.name)
        assert name is not None
        text = _decoded(source.data)
        lines = _LINE_END.split(" ".join(text[:_PAGE].split()))
        page = " ".join(lines)
        year = _year(page)
        title = lines[0][:_LONGEST].strip()
        record = Record(
            title=title,
            author=tuple(_authors(lines)),
            language=("unknown",),
            genre=("book",),
            original_genre=("N/A",),
            publication_date=year,
            article_id=(f"{name[1].upper()}.{name[2]}",),
            host=Host(
                genre=("book",), title=title, publisher=_printer(page), publication_date=year
            ),
        )
        finding = Finding("metadata-derived", "title page and name of the file", line=1)
        return (Reading(record, _text(text), (finding,)),)


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _authors(lines: list[str]) -> Iterator[Contributor]:
    for line in lines[1:6]:
        found = _AUTHOR.match(line)
        if found and line[:2] in ("By", "BY"):
            name = " ".join(found[1].split()).strip(" .,")
            yield Contributor(name=name.title() if name.isupper() else name)
            return


def _printer(page: str) -> str:
    found = _PRINTER.search(page) or _PRINTER_AFTER.search(page)
    return " ".join(found[1].split()) if found else ""


def _year(page: str) -> str:
    """Return the year of the imprint, in Arabic or Roman digits."""
    imprint = _IMPRINT.search(page)
    after = page[imprint.start() :][:400] if imprint else page
    for place in (after, page):
        found = [*_ARABIC.findall(place), *map(_roman, _ROMAN.findall(place))]
        for year in found:
            if values.is_year(year):
                return str(year)
    return ""


def _roman(text: str) -> str:
    digits = [_DIGITS[sign] for sign in text if sign in _DIGITS]
    following = [*digits[1:], 0]
    pairs = zip(digits, following, strict=True)
    return str(sum(-one if one < after else one for one, after in pairs))


def _text(text: str) -> Element:
    root = etree.fromstring(f'<text xmlns="{TEI[1:-1]}"><body/></text>')
    body = root[0]
    for block in re.split(r"\n\s*\n", text):
        lines = _LINE_END.split(" ".join(block.split()))
        if lines == [""]:
            continue
        paragraph = etree.SubElement(body, f"{TEI}p")
        paragraph.text = lines[0]
        for line in lines[1:]:
            etree.SubElement(paragraph, f"{TEI}lb").tail = line
    return root
