"""MODS of every version, alone, in a collection or wrapped in METS.

Standard: https://www.loc.gov/standards/mods/.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import msgspec

from fonds.errors import Finding
from fonds.record import (
    Conference,
    Contributor,
    Funder,
    Host,
    LocalText,
    Pages,
    Record,
    Serie,
    Subject,
)
from fonds.sources import parts, records, values
from fonds.sources.formats import dublin_core
from fonds.sources.languages import language
from fonds.sources.markup import words
from fonds.sources.model import Reading, Source
from fonds.sources.pieces import alone
from fonds.sources.xml import Element, line_of, local, without_namespaces

NAMESPACE = "http://www.loc.gov/mods/v3"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_ROOTS = frozenset({"mods", "modsCollection", "mets"})
_EDITORS = frozenset({"edt", "editor"})
_FUNDERS = frozenset({"fnd", "funder", "sponsor", "spn"})
_OTHERS = _FUNDERS | (
    {"col", "collector", "pbl", "publisher", "translator", "trl"}
    | {"advisor", "ths", "thesis advisor", "contributor", "ctb"}
)
_GENRES = {
    "journal-article": "article",
    "journal article": "article",
    "article": "article",
    "book-chapter": "chapter",
    "book chapter": "chapter",
    "proceedings-article": "conference",
    "conference paper": "conference",
    "reference-entry": "chapter",
    "book": "book",
    "review": "review-article",
}
_HOSTS = {"article": "journal", "chapter": "book", "conference": "book"}
_PAGES = re.compile(r"(\d+)\s*(?:p\b|pages?\b|S\.|Seiten)")
_TITLE_PARTS = ("nonSort", "title", "partNumber", "partName")


class ModsReader:
    """Reads every MODS record of a file; METS with Dublin Core, too."""

    name = "mods"
    label = "MODS / METS"
    version = 3

    def recognises(self, source: Source) -> bool:
        """Tell by a root of MODS or METS that holds a description."""
        root = source.root
        if root is None or local(root.tag) not in _ROOTS:
            return False
        return bool(_described(root)) or bool(_dublin(root))

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every description. Changes the tree."""
        root = source.root
        assert root is not None
        found = _described(root)
        if not found:
            link = _license_beside(root)
            return tuple(_licensed(dublin_core.read(one), link) for one in _dublin(root))
        if len(found) == 1:
            return (read(found[0]),)
        pieces = [alone(one, _name(one, at)) for at, one in enumerate(found, start=1)]
        return tuple(
            Reading(record=reading.record, findings=reading.findings, piece=piece)
            for one, piece in zip(found, pieces, strict=True)
            for reading in (read(one),)
        )


def _described(root: Element) -> list[Element]:
    """Return the descriptions that stand for documents, not those inside others."""
    found = [root] if local(root.tag) == "mods" else list(root.iter("{*}mods"))
    return [one for one in found if len(one)]


def _dublin(root: Element) -> list[Element]:
    data = root.iterfind(".//{*}dmdSec/{*}mdWrap/{*}xmlData/*")
    return [one for one in data if isinstance(one.tag, str) and dublin_core.is_description(one)]


def _name(mods: Element, number: int) -> str:
    return words(mods.find("{*}recordInfo/{*}recordIdentifier")) or str(number)


def read(mods: Element) -> Reading:
    """Read one `mods` element. Changes it."""
    link = _license_beside(mods)
    without_namespaces(mods)
    findings: list[Finding] = []
    title, others = _titles(mods)
    ids = _identifiers(mods, findings)
    authors, editors = _people(mods)
    kinds = tuple(dict.fromkeys(filter(None, map(words, mods.findall("genre")))))
    genre = next((_GENRES[k.lower()] for k in kinds if k.lower() in _GENRES), "other")
    year, day = _dates(mods)
    abstract, *more = [text for e in mods.findall("abstract") if (text := words(e))] or [""]
    numbers = ids.get("local", ()) or tuple(
        filter(None, [words(mods.find("recordInfo/recordIdentifier"))])
    )
    address = next(
        (u for e in mods.iterfind("location/url") if (u := words(e)).startswith("http")), ""
    )
    doi = ids.get("doi", ())
    record = Record(
        title=title,
        translated_title=others,
        abstract=abstract,
        other_abstract=tuple(LocalText(value=text) for text in more),
        author=authors,
        editor=editors,
        subject=_subjects(mods),
        language=_languages(mods) or ("unknown",),
        genre=("book",) if genre == "other" and _is_book(mods, kinds) else (genre,),
        original_genre=kinds or tuple(filter(None, [words(mods.find("typeOfResource"))])),
        publication_date=year,
        online_date="",
        print_date=day if len(day) > 4 else "",
        doi=doi,
        pmid=ids.get("pmid", ()),
        pii=ids.get("pii", ()),
        article_id=numbers,
        host=_host(mods, genre, title, year, ids),
        serie=_serie(mods),
        access_condition=records.licence(
            *(e.get(_XLINK) or "" for e in mods.findall("accessCondition")),
            *(words(e) for e in mods.findall("accessCondition")),
            link,
        ),
        funder=_funders(mods),
        fulltext_url=address
        or ids.get("uri", ("",))[0]
        or (f"https://doi.org/{doi[0]}" if doi else ""),
    )
    if not record.title and not record.doi:
        findings.append(Finding("no-title", "neither title nor DOI", line=line_of(mods)))
    return Reading(record=record, findings=tuple(findings))


def _licensed(reading: Reading, link: str) -> Reading:
    """Return a reading with the licence beside it, where the description names none."""
    own = reading.record.access_condition
    if not link or (own is not None and own.value):
        return reading
    record = msgspec.structs.replace(reading.record, access_condition=records.licence(link))
    return msgspec.structs.replace(reading, record=record)


def _license_beside(mods: Element) -> str:
    """Return the licence that METS gives beside the description."""
    root = mods.getroottree().getroot()
    if local(root.tag) != "mets":
        return ""
    return words(next(root.iter("{*}licenseURI"), None))


def _titles(mods: Element) -> tuple[str, tuple[LocalText, ...]]:
    main, others = "", []
    for element in mods.findall("titleInfo"):
        text, kind = _title(element), element.get("type") or ""
        if not main and not kind:
            main = text
        elif text:
            others.append(LocalText(lang=language(element.get("lang")), kind=kind, value=text))
    if not main and others:
        main = others.pop(0).value
    return main, tuple(others)


def _title(element: Element | None) -> str:
    if element is None:
        return ""
    text = " ".join(filter(None, (words(element.find(name)) for name in _TITLE_PARTS)))
    subtitle = words(element.find("subTitle"))
    return f"{text}: {subtitle}" if text and subtitle else text or subtitle


def _identifiers(mods: Element, findings: list[Finding]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in mods.findall("identifier"):
        kind, text = (element.get("type") or "").lower(), words(element)
        if not text:
            continue
        if kind == "doi" or (kind in ("uri", "") and values.doi(text)):
            kind, valid = "doi", values.doi(text)
            if valid is None:
                findings.append(Finding("doi-invalid", f"{text[:80]!r}", line=line_of(element)))
                continue
            text = valid
        found.setdefault(kind, []).append(text)
    return {kind: tuple(dict.fromkeys(texts)) for kind, texts in found.items()}


def _people(mods: Element) -> tuple[tuple[Contributor, ...], tuple[Contributor, ...]]:
    authors: list[Contributor] = []
    editors: list[Contributor] = []
    for element in mods.findall("name"):
        person = _person(element)
        roles = _roles(element)
        if person is None or roles & _OTHERS or element.get("type") == "conference":
            continue
        (editors if roles & _EDITORS else authors).append(person)
    return tuple(authors), tuple(editors)


def _roles(name: Element) -> set[str]:
    return {words(e).lower() for e in name.iterfind("role/roleTerm")}


def _funders(mods: Element) -> tuple[Funder, ...]:
    found = (
        Funder(
            name=" ".join(filter(None, map(words, element.findall("namePart")))),
            id=words(element.find("nameIdentifier")),
        )
        for element in mods.findall("name")
        if _roles(element) & _FUNDERS
    )
    return tuple(dict.fromkeys(one for one in found if one.name))


def _conferences(mods: Element) -> tuple[Conference, ...]:
    found = (words(e) for e in mods.iterfind("name[@type='conference']/namePart"))
    return tuple(dict.fromkeys(Conference(name=name) for name in found if name))


def _person(element: Element) -> Contributor | None:
    names: dict[str, list[str]] = {}
    for part in element.findall("namePart"):
        names.setdefault(part.get("type") or "", []).append(words(part))
    affiliations = tuple(words(e) for e in element.findall("affiliation"))
    orcid = next(filter(values.orcid, map(words, element.findall("nameIdentifier"))), "")
    if "family" in names or "given" in names:
        return parts.contributor(
            " ".join(names.get("given", ())),
            " ".join(names.get("family", ())),
            affiliations=affiliations,
            orcid=orcid,
        )
    whole = " ".join(names.get("", ()))
    if element.get("type") == "corporate":
        return parts.group(whole, affiliations)
    return records.turned(records.undated(whole), affiliations=affiliations, orcid=orcid)


def _subjects(mods: Element) -> tuple[Subject, ...]:
    found = (
        Subject(lang=tuple(filter(None, [language(subject.get("lang"))])), value=text)
        for subject in mods.findall("subject")
        for element in subject
        if element.tag in ("topic", "geographic", "temporal") and (text := words(element))
    )
    return tuple(dict.fromkeys(found))


def _languages(mods: Element) -> tuple[str, ...]:
    found = (language(words(e)) for e in mods.iterfind("language/languageTerm"))
    return tuple(dict.fromkeys(filter(None, found)))


def _dates(mods: Element) -> tuple[str, str]:
    """Return year and day of issue; a date in an encoding goes before a phrase."""
    names = ("dateIssued", "copyrightDate", "dateCreated")
    found = [e for name in names for e in mods.iterfind(f"originInfo/{name}")]
    found += mods.iterfind("relatedItem/originInfo/dateIssued")
    found.sort(key=lambda e: e.get("encoding") is None)
    for element in found:
        text = words(element)
        if year := records.year(text):
            return year, values.day(*[*text.split("-"), "", ""][:3]) or year
    return "", ""


def _is_book(mods: Element, kinds: Iterable[str]) -> bool:
    issued = words(mods.find("originInfo/issuance")) == "monographic"
    return issued and words(mods.find("typeOfResource")) == "text" and not tuple(kinds)


def _host(
    mods: Element, genre: str, title: str, year: str, ids: dict[str, tuple[str, ...]]
) -> Host | None:
    publisher = words(mods.find("originInfo/publisher"))
    related = next(
        (e for e in mods.findall("relatedItem") if e.get("type") in ("host", None) and len(e)), None
    )
    own = tuple(filter(None, map(records.isbn, ids.get("isbn", ()))))
    if related is None:
        total = _PAGES.search(words(mods.find("physicalDescription/extent")))
        meetings = _conferences(mods)
        if not own and not publisher and not meetings:
            return None
        return Host(
            genre=("book",),
            title=title,
            isbn=own,
            publisher=publisher,
            publication_date=year,
            pages=Pages(total=total[1]) if total else None,
            conference=meetings,
        )
    within = _identifiers(related, [])
    printed = tuple(filter(None, map(values.issn, within.get("issn", ()))))
    electronic = tuple(filter(None, map(values.issn, within.get("eissn", ()))))
    part = related.find("part") if related.find("part") is not None else mods.find("part")
    return Host(
        genre=(_HOSTS.get(genre) or ("journal" if printed or electronic else "book"),),
        title=_title(related.find("titleInfo")),
        issn=printed,
        eissn=electronic,
        isbn=tuple(filter(None, map(records.isbn, within.get("isbn", ())))) or own,
        doi=within.get("doi", ()),
        publisher=publisher or words(related.find("originInfo/publisher")),
        publication_date=year,
        volume=_detail(part, "volume"),
        issue=_detail(part, "issue") or _detail(part, "number"),
        pages=_pages(part),
        editor=_people(related)[1],
        conference=_conferences(mods) or _conferences(related),
    )


def _detail(part: Element | None, kind: str) -> str:
    return words(part.find(f"detail[@type='{kind}']/number")) if part is not None else ""


def _pages(part: Element | None) -> Pages | None:
    extent = part.find("extent") if part is not None else None
    if extent is None:
        return None
    found = records.span(words(extent.find("start")), words(extent.find("end")))
    total = words(extent.find("total"))
    if found is None:
        return records.pages(words(extent.find("list"))) or (Pages(total=total) if total else None)
    return found


def _serie(mods: Element) -> Serie | None:
    related = mods.find("relatedItem[@type='series']")
    if related is None:
        return None
    ids = _identifiers(related, [])
    title = _title(related.find("titleInfo"))
    printed = tuple(filter(None, map(values.issn, ids.get("issn", ()))))
    volume = _detail(related.find("part"), "volume")
    return Serie(title=title, issn=printed, volume=volume) if title or printed else None
