"""When and where a TEI document was published: its dates and its host.

Two kinds of documents: what was born as an article (its `sourceDesc` is a `biblStruct`: journals,
repositories, GROBID), and what was printed long before it was encoded (`biblFull` or `bibl`). Of
the second, the year and publisher of the print count; the day of the encoding is the online date.
"""

from __future__ import annotations

from typing import Any

from fonds.record import Host, Serie
from fonds.sources import values
from fonds.sources.formats.tei.description import Description
from fonds.sources.formats.tei.references import scopes, year_of
from fonds.sources.markup import words
from fonds.sources.xml import Element

_TYPES = {"ART": "article", "COMM": "conference", "OUV": "book", "COUV": "chapter",
          "POSTER": "conference", "PROCEEDINGS": "conference", "ISSUE": "book"}  # fmt: skip
# cataloguers' words for "not known"
_UNKNOWN = frozenset(
    {"sans nom", "sans lieu", "s.n.", "[s.n.]", "s. n.", "non renseigné", "unknown"}
)

Fields = dict[str, Any]


def read_publication(header: Description, title: str) -> Fields:
    """Return kind, dates and host; a book is its own host, under its title."""
    structured = header.source_part("biblStruct")
    if structured is not None:
        return _as_article(header, structured)
    return _as_book(header, title)


def _as_article(header: Description, structured: Element) -> Fields:
    kind = _typology(header)
    whole = structured.find("{*}monogr")
    year = year_of(whole.find("{*}imprint") if whole is not None else None)
    online = _online(header)
    return {
        "genre": (_TYPES.get(kind, "article" if not kind or kind == "article" else "other"),),
        "original_genre": (kind or structured.get("type") or "N/A",),
        "publication_date": year or online[:4],
        "online_date": online,
        "host": _journal(whole, year or online[:4], header),
    }


def _typology(header: Description) -> str:
    if header.profile is None:
        return ""
    code = header.profile.find("{*}textClass/{*}classCode[@scheme='halTypology']")
    return (code.get("n") or "") if code is not None else ""


def _journal(whole: Element | None, year: str, header: Description) -> Host:
    if whole is None:
        return Host(genre=("journal",))
    numbers = {(one.get("type") or "").lower(): words(one) for one in whole.iterfind("{*}idno")}
    titles = {one.get("level") or "": words(one) for one in whole.iterfind("{*}title")}
    volume, issue, pages = scopes(whole)
    printed, electronic = (values.issn(numbers.get(name, "")) for name in ("issn", "eissn"))
    imprint = whole.find("{*}imprint/{*}publisher")
    doi = values.doi(numbers.get("doi", ""))
    return Host(
        genre=("journal" if "j" in titles or "m" not in titles else "book",),
        title=titles.get("j") or titles.get("m") or titles.get("", ""),
        issn=(printed,) if printed else (),
        eissn=(electronic,) if electronic else (),
        isbn=(numbers["isbn"],) if numbers.get("isbn") else (),
        doi=(doi,) if doi else (),
        journal_id=(numbers["haljournalid"],) if numbers.get("haljournalid") else (),
        publisher=words(imprint) or words(header.file.find("{*}publicationStmt/{*}publisher")),
        publication_date=year,
        volume=volume,
        issue=issue,
        pages=pages,
    )


def _as_book(header: Description, title: str) -> Fields:
    full, brief = header.source_part("biblFull"), header.source_part("bibl")
    described = full if full is not None else brief
    publisher = described.find(".//{*}publisher") if described is not None else None
    year = year_of(described)
    if not year and header.profile is not None:
        year = year_of(header.profile.find("{*}creation"))
    series = words(header.file.find("{*}seriesStmt/{*}title"))
    numbers = header.identifiers()
    return {
        "genre": ("book",),
        "original_genre": (_kind(header) or "N/A",),
        "publication_date": year,
        "online_date": _online(header),
        "host": Host(
            genre=("book",),
            title=title,
            publication_date=year,
            publisher=_known(words(publisher).rstrip(" ,:")),
            book_id=tuple(numbers.get("stc", [])),
        ),
        "serie": Serie(title=series.rstrip(" .")) if series else None,
    }


def _kind(header: Description) -> str:
    """Return what the header calls the work ("arrêt"); empty when it says nothing."""
    if header.profile is None:
        return ""
    path = "{*}textClass/{*}keywords/{*}term[@type='genre']"
    return _known(words(header.profile.find(path)))


def _known(text: str) -> str:
    return "" if text.lower() in _UNKNOWN else text


def _online(header: Description) -> str:
    for one in header.file.iterfind("{*}publicationStmt/{*}date"):
        year, _, rest = (one.get("when") or words(one))[:10].partition("-")
        month, _, number = rest.partition("-")
        if day := values.day(year, month, number):
            return day
    return ""
