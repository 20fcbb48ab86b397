"""Parts that Crossref's schemas write alike everywhere: people, dates, identifiers, references."""

from __future__ import annotations

import re

from fonds.errors import Finding
from fonds.record import (
    AccessCondition,
    Contributor,
    Funder,
    LocalText,
    Pages,
    Reference,
    ReferenceHost,
)
from fonds.sources import parts as common
from fonds.sources import records, values
from fonds.sources.languages import language
from fonds.sources.markup import readable, words
from fonds.sources.xml import Element, line_of

_ELECTRONIC = "electronic"
_EDITORS = frozenset({"editor", "chair"})
_SIGN = re.compile(r"^▪ Abstract\s+")  # of Annual Reviews, within the first paragraph
_DATES = ("publication_date", "posted_date", "approval_date", "review_date")


def titles(unit: Element) -> tuple[str, tuple[LocalText, ...]]:
    """Return the title with its subtitle, and the titles in other languages."""
    found = unit.find("titles")
    if found is None:
        return "", ()
    title, subtitle = readable(found.find("title")), readable(found.find("subtitle"))
    others = tuple(
        LocalText(lang=language(one.get("language")), value=text)
        for one in found.findall("original_language_title")
        if (text := readable(one)) and text != title
    )
    return (f"{title}: {subtitle}" if title and subtitle else title), others


def dates(unit: Element, findings: list[Finding]) -> tuple[str, str, str]:
    """Return the year, the day online and the day in print."""
    found: dict[str, str] = {}
    elements = [element for tag in _DATES for element in unit.findall(tag)]
    elements += unit.findall("database_date/publication_date")
    for element in elements:
        year = words(element.find("year"))
        if values.is_year(year):
            kind = element.get("media_type") or ("online" if "posted" in element.tag else "print")
            day = values.day(year, words(element.find("month")), words(element.find("day")))
            found.setdefault(kind, day)
        elif year:
            findings.append(values.bad_year(year, line_of(element)))
    first = found.get("print") or found.get("online") or next(iter(found.values()), "")
    return first[:4], found.get("online", ""), found.get("print", "")


def people(unit: Element) -> tuple[tuple[Contributor, ...], tuple[Contributor, ...]]:
    """Return authors and editors in their order."""
    authors: list[Contributor] = []
    editors: list[Contributor] = []
    for element in (*unit.iterfind("contributors/*"), *unit.findall("person_name")):
        person = _person(element)
        role = element.get("contributor_role") or _role(element)
        if person is not None and role not in ("reader", "reviewer", "translator"):
            (editors if role in _EDITORS else authors).append(person)
    return tuple(authors), tuple(editors)


def _role(element: Element) -> str:
    """Return the role as schema 5.5 gives it: an element, not an attribute."""
    found = element.find("role")
    return (found.get("type") or "author") if found is not None else "author"


def _person(element: Element) -> Contributor | None:
    if element.tag in ("organization", "anonymous"):
        return common.group(words(element.find("name")) or words(element))
    if element.tag != "person_name":
        return None
    affiliations = [words(e) for e in element.findall("affiliation")]
    affiliations += [words(e) for e in element.iter("institution_name")]
    # some deposits give the mark that leads to a name, and not the name
    affiliations = [name for name in affiliations if not name.isdigit()]
    return common.contributor(
        words(element.find("given_name")),
        words(element.find("surname")),
        suffix=words(element.find("suffix")),
        affiliations=tuple(affiliations),
        orcid=words(element.find("ORCID")),
    )


def abstracts(unit: Element) -> tuple[str, tuple[LocalText, ...]]:
    """Return the abstract and further ones; their heading "Abstract" is no part of them."""
    found: list[tuple[Element, str]] = []
    for element in unit.findall("abstract"):
        heading = element.find("title")
        if heading is not None and heading is element[0] and len(readable(heading).split()) == 1:
            heading.text, heading[:] = "", []
        if text := _SIGN.sub("", readable(element)):
            found.append((element, text))
    if not found:
        return "", ()
    main = next((pair for pair in found if not pair[0].get("abstract-type")), found[0])
    others = tuple(
        LocalText(
            lang=language(element.get("{http://www.w3.org/XML/1998/namespace}lang")),
            kind=element.get("abstract-type") or "",
            value=text,
        )
        for element, text in found
        if element is not main[0]
    )
    return main[1], others


def doi(unit: Element | None, findings: list[Finding]) -> tuple[str, ...]:
    """Return the DOI of a unit."""
    element = unit.find("doi_data/doi") if unit is not None else None
    if element is None:
        return ()
    valid = values.doi(words(element))
    if valid is None:
        findings.append(Finding("doi-invalid", f"{words(element)[:80]!r}", line=line_of(element)))
        return ()
    return (valid,)


def numbers(unit: Element) -> tuple[str, ...]:
    """Return the publisher's own numbers of a unit."""
    return tuple(
        text
        for path in ("publisher_item/item_number", "publisher_item/identifier")
        for element in unit.iterfind(path)
        if element.get("id_type") not in ("doi", "pii")
        and element.get("item_number_type") != "article_number"
        and (text := words(element))
    )


def piis(unit: Element) -> tuple[str, ...]:
    """Return the PIIs of a unit."""
    found = unit.iterfind("publisher_item/identifier")
    return tuple(text for e in found if e.get("id_type") == "pii" and (text := words(e)))


def article_number(unit: Element) -> str:
    """Return the number that stands where pages would."""
    for element in unit.iterfind("publisher_item/item_number"):
        if element.get("item_number_type") in ("article_number", "article-number"):
            return words(element)
    return ""


def issns(meta: Element | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ISSNs in print and online."""
    printed: list[str] = []
    electronic: list[str] = []
    for element in meta.findall("issn") if meta is not None else []:
        number = values.issn(words(element))
        if number:
            target = electronic if element.get("media_type") == _ELECTRONIC else printed
            target.append(number)
    return tuple(dict.fromkeys(printed)), tuple(dict.fromkeys(electronic))


def isbns(meta: Element | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the ISBNs in print and online."""
    printed: list[str] = []
    electronic: list[str] = []
    for element in meta.findall("isbn") if meta is not None else []:
        if number := records.isbn(words(element)):
            target = electronic if element.get("media_type") == _ELECTRONIC else printed
            target.append(number)
    return tuple(dict.fromkeys(printed)), tuple(dict.fromkeys(electronic))


def pages(unit: Element) -> Pages | None:
    """Return the pages of a unit."""
    return records.span(words(unit.find("pages/first_page")), words(unit.find("pages/last_page")))


def references(unit: Element) -> tuple[Reference, ...]:
    """Return the bibliography as far as it was deposited."""
    return tuple(_reference(citation) for citation in unit.iterfind("citation_list/citation"))


def _reference(citation: Element) -> Reference:
    year = words(citation.find("cYear"))[:4]
    journal = words(citation.find("journal_title")) or words(citation.find("volume_title"))
    first = words(citation.find("first_page"))
    author = words(citation.find("author"))
    host = ReferenceHost(
        title=journal,
        volume=words(citation.find("volume")),
        issue=words(citation.find("issue")),
        pages=Pages(first=first) if first else None,
    )
    return Reference(
        title=words(citation.find("article_title")),
        author=(Contributor(name=author),) if author else (),
        publication_date=year if values.is_year(year) else "",
        doi=values.doi(words(citation.find("doi"))) or "",
        host=host if host != ReferenceHost() else None,
        text=words(citation.find("unstructured_citation")),
        key=citation.get("key", ""),
    )


def licence(unit: Element) -> AccessCondition:
    """Return the licence of the published version, else the first one."""
    found = [(e.get("applies_to") or "", words(e)) for e in unit.iter("license_ref")]
    published = [text for applies, text in found if applies in ("vor", "")]
    return records.licence(*(published or [text for _, text in found])[:1])


def funders(unit: Element) -> tuple[Funder, ...]:
    """Return who paid, with the numbers of the awards (FundRef)."""
    found: list[Funder] = []
    for program in unit.iter("program"):
        if program.get("name") == "fundref":
            groups = program.findall("assertion[@name='fundgroup']") or [program]
            found += [funder for group in groups if (funder := _funder(group)) != Funder()]
    return tuple(dict.fromkeys(found))


def _funder(group: Element) -> Funder:
    name = group.find("assertion[@name='funder_name']")
    identifier = group.find(".//assertion[@name='funder_identifier']")
    awards = map(words, group.findall("assertion[@name='award_number']"))
    return Funder(
        name=" ".join((name.text or "").split()) if name is not None else "",
        id=words(identifier),
        award=tuple(filter(None, awards)),
    )
