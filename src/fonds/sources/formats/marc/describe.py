"""What a MARC record says, as a record: books, serials, and parts of either.

Fields: https://www.loc.gov/marc/bibliographic/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from fonds.record import Funder, Host, LocalText, Pages, Record, Serie, Subject
from fonds.sources import parts, records, values
from fonds.sources.formats.marc.fields import Field, MarcRecord, clean
from fonds.sources.formats.marc.people import people
from fonds.sources.languages import language

_SUBJECTS = ("600", "610", "611", "630", "648", "650", "651", "653")
_COPYRIGHT = re.compile(r"(?:\bc|©)\s*(\d{4})")
_ELECTRONIC = re.compile(r"e-?book|electronic|online|en ligne|\b(?:pdf|epub)\b", re.IGNORECASE)
_ABOUT = "2"  # second indicator of 856: a related resource
_ABOUT_WORDS = re.compile(
    r"contents|sample|description|biograph|review|cover|excerpt|notice|inhalt|sommaire",
    re.IGNORECASE,
)
_REPRINT = "r"  # type of date in field 008
_PARTS = "ab"  # bibliographic levels of what stands in something else
_TEXTS = "at"  # types of record that are written texts
_LAST_PAGE = re.compile(r"(\d+)\s*(?:p\b|pages?\b|s\b|S\.|Seiten|l\.|leaves)")


def describe(marc: MarcRecord) -> Record:
    """Return the record of a MARC record."""
    level, kind = marc.leader[7:8], marc.leader[6:7]
    title = _title(marc.first("245")) or marc.first("130", "240", "246", "740").text("anp")
    named = people(marc)
    year = _year(marc)
    number = marc.control("001").strip()
    doi = _doi(marc)
    is_part = level in _PARTS and any(True for _ in marc.all("773"))
    host = _within(marc, year) if is_part else _itself(marc, title, year, level)
    host = msgspec.structs.replace(host, conference=named.meetings)
    abstract, *more = [f.text("ab") for f in marc.all("520") if f.text("ab")] or [""]
    contents = [text for f in marc.all("505") if (text := f.text("agrt"))]
    return Record(
        title=title,
        translated_title=_other_titles(marc),
        abstract=abstract,
        other_abstract=tuple(
            [LocalText(value=text) for text in more]
            + [LocalText(kind="contents", value=text) for text in contents]
        ),
        author=named.authors,
        editor=named.editors,
        subject=_subjects(marc),
        language=_languages(marc) or ("unknown",),
        genre=(_genre(kind, level, host, is_part=is_part),),
        original_genre=tuple(filter(None, [(kind + level).strip()])),
        publication_date=year,
        copyright_date=_copyright(marc),
        doi=(doi,) if doi else (),
        article_id=(number,) if number else (),
        host=host,
        serie=_serie(marc),
        access_condition=records.licence(
            *(address for f in marc.all("540", "506") for address in f.each("u")),
            *(f.text("af") for f in marc.all("540", "506")),
        ),
        funder=tuple(_funders(marc)),
        fulltext_url=_address(marc),
    )


def _title(field: Field) -> str:
    """Return title, numbers of parts and subtitle; ISBD's marks between them go."""
    main = clean(" ".join(filter(None, (clean(t) for c, t in field.subfields if c in "anp"))))
    return parts.title(main, clean(" ".join(clean(t) for c, t in field.subfields if c == "b")))


def _other_titles(marc: MarcRecord) -> tuple[LocalText, ...]:
    found = [("alternative", _title(f)) for f in marc.all("246")]
    found += [("uniform", f.text("anp")) for f in marc.all("130", "240")]
    linked = [f for f in marc.all("880") if any(t.startswith("245") for t in f.each("6"))]
    found += [("script", _title(f)) for f in linked]
    texts = dict.fromkeys(LocalText(kind=kind, value=text) for kind, text in found if text)
    return tuple(texts)


def _year(marc: MarcRecord) -> str:
    fixed = marc.control("008")
    coded, other = fixed[7:11], fixed[11:15]
    if fixed[6:7] == _REPRINT and values.is_year(other) and values.is_year(coded):
        return max(coded, other)  # of the reprint, in whichever order they were coded
    if values.is_year(coded):
        return coded
    printed = (text for f in marc.all("264", "260") for text in f.each("c"))
    return next((found for text in printed if (found := records.year(text))), "")


def _copyright(marc: MarcRecord) -> str:
    """Return the year behind the sign of copyright: "c2009", "©2009"."""
    found = (m for f in marc.all("264", "260") for t in f.each("c") if (m := _COPYRIGHT.search(t)))
    return next((m[1] for m in found if values.is_year(m[1])), "")


def _address(marc: MarcRecord) -> str:
    """Return the address of the document, not of what is said about it (contents, covers)."""
    for field in marc.all("856"):
        if field.second == _ABOUT or _ABOUT_WORDS.search(" ".join(field.each("3"))):
            continue
        if found := field.each("u"):
            return found[0]
    return ""


def _funders(marc: MarcRecord) -> Iterable[Funder]:
    for field in marc.all("536"):
        awards = tuple(dict.fromkeys((*field.each("b"), *field.each("c"), *field.each("f"))))
        if name := field.text("a"):
            yield Funder(name=name, award=awards)


def _is_electronic(field: Field) -> bool:
    return bool(_ELECTRONIC.search(" ".join((*field.each("a"), *field.each("q")))))


def _doi(marc: MarcRecord) -> str:
    for field in marc.all("024", "856"):
        for text in field.each("a") + field.each("u"):
            if field.tag == "024" and "doi" not in [t.lower() for t in field.each("2")]:
                continue
            if valid := values.doi(text):
                return valid
    return ""


def _languages(marc: MarcRecord) -> tuple[str, ...]:
    codes = [marc.control("008")[35:38]]
    codes += [
        t[at : at + 3] for f in marc.all("041") for t in f.each("a") for at in range(0, len(t), 3)
    ]
    return tuple(dict.fromkeys(found for code in codes if (found := language(code))))


def _subjects(marc: MarcRecord) -> tuple[Subject, ...]:
    found = (
        Subject(
            value=" -- ".join(
                map(
                    clean, filter(None, (f.text("abcdq"), *f.each("x"), *f.each("y"), *f.each("z")))
                )
            )
        )
        for f in marc.all(*_SUBJECTS)
        if f.text("a")
    )
    return tuple(dict.fromkeys(found))


def _genre(kind: str, level: str, host: Host, *, is_part: bool) -> str:
    if is_part:
        return "article" if host.genre == ("journal",) else "chapter"
    return "book" if kind in _TEXTS and level in "mac" else "other"


def _itself(marc: MarcRecord, title: str, year: str, level: str) -> Host:
    """Return the book or serial that the record describes, as its own host."""
    extent = _LAST_PAGE.findall(marc.first("300").text("a"))
    return Host(
        genre=("journal" if level == "s" else "book",),
        title=title,
        issn=parts.issns(t for f in marc.all("022") for t in f.each("a")),
        isbn=_isbns((f for f in marc.all("020") if not _is_electronic(f)), "a"),
        eisbn=_isbns(filter(_is_electronic, marc.all("020")), "a"),
        publication_date=year,
        publisher=marc.first("264", "260").text("b"),
        pages=Pages(total=max(extent, key=int)) if extent else None,
    )


def _within(marc: MarcRecord, year: str) -> Host:
    """Return the journal or book of field 773; "Vol. 3, no. 2 (1998), p. 5-9" gives its parts."""
    field = marc.first("773")
    issns, isbns = parts.issns(field.each("x")), _isbns([field], "z")
    said = field.text("g")
    volume = re.search(r"\bv(?:ol)?\.?\s*(\d+)", said, re.IGNORECASE)
    issue = re.search(r"\b(?:no|nr|n°|issue)\.?\s*(\d+)", said, re.IGNORECASE)
    pages = re.search(r"\b(?:pp?|s|pages?)\.?\s*(\d.*)$", said, re.IGNORECASE)
    return Host(
        genre=("book" if isbns and not issns else "journal",),
        title=field.text("t") or field.text("p") or field.text("a"),
        issn=issns,
        isbn=isbns,
        publication_date=year,
        publisher=field.text("d") or marc.first("264", "260").text("b"),
        volume=volume[1] if volume else field.text("v"),
        issue=issue[1] if issue else "",
        pages=records.pages(pages[1] if pages else field.text("c")),
    )


def _isbns(fields: Iterable[Field], code: str) -> tuple[str, ...]:
    found = (records.isbn(text) for field in fields for text in field.each(code))
    return tuple(dict.fromkeys(filter(None, found)))


def _serie(marc: MarcRecord) -> Serie | None:
    field = marc.first("830", "490", "440", "800", "810")
    title = field.text("t" if field.tag in ("800", "810") else "ap")
    if not title:
        return None
    issns = parts.issns(map(clean, field.each("x")))
    return Serie(title=title, issn=issns, volume=field.text("v"))
