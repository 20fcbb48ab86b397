"""Parts of a record that every publisher spreads over elements of its own, put together one way."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fonds.errors import Finding
from fonds.record import (
    AccessCondition,
    Contributor,
    LocalText,
    Pages,
    Record,
    Reference,
    ReferenceHost,
    Subject,
)
from fonds.sources import values
from fonds.sources.languages import language
from fonds.sources.markup import readable, words
from fonds.sources.model import Reading
from fonds.sources.values import is_number
from fonds.sources.xml import Element, line_of

Fields = dict[str, Any]  # some of the fields of a record, by name

_MOST_TEXT = 2_000  # characters of a licence or a reference given in words
_LABELS = frozenset({"abstract", "summary", "résumé", "resumo", "resumen", "zusammenfassung",
                     "riassunto"})  # fmt: skip
_NO_PAGE = frozenset({"n/a", "na", "-", "no"})  # what stands for a page of an online article
_OPEN = ("creativecommons", "creative commons", "open access", "openaccess", "open-access")


def reading(
    record: Record, text: Element | None, findings: list[Finding], element: Element
) -> Reading:
    """Return a document as it was read; say so when nothing identifies it."""
    if not (record.title or record.doi or record.article_id or record.chapter_id):
        line = line_of(element)
        findings.append(Finding("no-title", "neither title nor identifier", line=line))
    return Reading(record, text, tuple(findings))


def first(place: Element | None, *paths: str) -> str:
    """Return the text of the first path that has one."""
    if place is None:
        return ""
    return next((text for path in paths if (text := words(place.find(path)))), "")


def texts(place: Element, names: frozenset[str]) -> dict[str, str]:
    """Return the texts of children by name, of several the first; one pass for all of them."""
    found: dict[str, str] = {}
    for child in place:
        name = child.tag
        if name in names and name not in found:
            text = words(child)
            if text:
                found[str(name)] = text
    return found


def person(forename: str, surname: str) -> Contributor | None:
    """Return a person of whom nothing but the name is known; None without one."""
    shown = f"{forename} {surname}".strip()
    return Contributor(name=shown, forename=forename, surname=surname) if shown else None


def contributor(
    forename: str,
    surname: str,
    *,
    suffix: str = "",
    affiliations: Iterable[str] = (),
    mails: Iterable[str] = (),
    orcid: str = "",
) -> Contributor | None:
    """Return a person, addresses after the affiliations as ISTEX has it; None without a name."""
    shown = " ".join(filter(None, (forename, surname, suffix)))
    if not shown:
        return None
    written = [*affiliations, *(f"E-mail: {mail}" for mail in mails if mail)]
    return Contributor(
        name=shown,
        forename=forename,
        surname=surname,
        affiliations=tuple(dict.fromkeys(filter(None, written))),
        orcid=values.orcid(orcid),
    )


def group(name: str, affiliations: Iterable[str] = ()) -> Contributor | None:
    """Return a group of authors; None without a name."""
    found = tuple(dict.fromkeys(filter(None, affiliations)))
    return Contributor(name=name, affiliations=found) if name else None


def present(people: Iterable[Contributor | None]) -> tuple[Contributor, ...]:
    """Return the contributors that have a name."""
    return tuple(person for person in people if person is not None)


def title(main: str, subtitle: str = "") -> str:
    """Return title and subtitle in one line."""
    if not (main and subtitle):
        return main or subtitle
    return f"{main}{'' if main.endswith((':', '?', '!', '.')) else ':'} {subtitle}"


def pages(begin: str, end: str, total: str = "") -> Pages | None:
    """Return first, last and number of pages; the number is counted when it is not given."""
    begin, end = (text if text.lower() not in _NO_PAGE else "" for text in (begin, end))
    counted = total if is_number(total) and total != "0" else ""
    if not counted and is_number(begin) and is_number(end) and int(end) >= int(begin):
        counted = str(int(end) - int(begin) + 1)
    return Pages(first=begin, last=end, total=counted) if begin or end or counted else None


def day(date: Element | None, findings: list[Finding] | None = None) -> str:
    """Return YYYY[-MM[-DD]] from children named year, month and day, in any case."""
    if date is None:
        return ""
    found = {str(child.tag).lower(): words(child) for child in date}
    year = found.get("year", "")
    if year and findings is not None and not values.is_year(year):
        findings.append(values.bad_year(year, line_of(date)))
    return values.day(year, found.get("month", ""), found.get("day", ""))


def iso_day(written: str) -> str:
    """Return YYYY[-MM[-DD]] from a date written so, as far as it makes sense."""
    number, month, day_of_month = (*written.split("-"), "", "")[:3]
    return values.day(number, month, day_of_month)


def year(text: str, element: Element | None, findings: list[Finding]) -> str:
    """Return a year that may be one; say so in `findings` when it may not."""
    if not text or values.is_year(text):
        return text
    findings.append(values.bad_year(text, line_of(element) if element is not None else None))
    return ""


def doi(element: Element | None, findings: list[Finding]) -> tuple[str, ...]:
    """Return the DOI of an element; say so in `findings` when it is none."""
    text = words(element)
    if element is None or not text:
        return ()
    valid = values.doi(text)
    if valid is None:
        findings.append(Finding("doi-invalid", f"{text[:80]!r}", line=line_of(element)))
        return ()
    return (valid,)


def identifiers(
    element: Element | None, findings: list[Finding], *own: str, name: str = "article_id"
) -> Fields:
    """Return the DOI, and the publisher's own numbers under `name`: what is no DOI is one."""
    valid = doi(element, findings)
    numbers = [*own, "" if valid else words(element)]
    return {"doi": valid, name: tuple(dict.fromkeys(filter(None, numbers)))}


def as_delivered(text: str) -> str:
    """Return a date that could not be used; empty for one that begins with a plausible year."""
    return "" if values.is_year(text[:4]) else text


def issns(texts: Iterable[str]) -> tuple[str, ...]:
    """Return what is an ISSN, each once."""
    return tuple(dict.fromkeys(filter(None, map(values.issn, texts))))


def languages(*codes: str | None) -> tuple[str, ...]:
    """Return the first code that is known, as ISO 639-2/B; ISTEX's `unknown` without one."""
    return (next((found for code in codes if (found := language(code))), "unknown"),)


def spoken(*codes: str | None) -> Fields:
    """Return the language, and the publisher's word for it."""
    written = next((code.strip() for code in codes if code and code.strip()), "")
    return {
        "language": languages(*codes),
        "original_language": (written,) if written else (),
    }


def subjects(elements: Iterable[Element], code: str | None = None) -> tuple[Subject, ...]:
    """Return keywords in a language."""
    found = language(code)
    lang = (found,) if found else ()
    return tuple(
        dict.fromkeys(Subject(lang=lang, value=text) for e in elements if (text := readable(e)))
    )


def access(link: str, text: str = "", *, is_open: bool = False) -> AccessCondition:
    """Return a licence: its address, else its words."""
    signs = f"{link} {text}".lower()
    known = is_open or any(sign in signs for sign in _OPEN)
    return AccessCondition(
        content_type="isOpenAccess" if known else "unknown",
        value=link.strip() or text[:_MOST_TEXT],
    )


def reference(
    citation: Element,
    key: str,
    *,
    title: str = "",
    authors: Iterable[Contributor | None] = (),
    date: str = "",
    doi: str = "",
    pmid: str = "",
    host: str = "",
    volume: str = "",
    issue: str = "",
    begin: str = "",
    end: str = "",
    editors: Iterable[Contributor | None] = (),
) -> Reference | None:
    """Return an entry of a bibliography; its words are kept where it has no title."""
    place = ReferenceHost(
        title=host,
        author=present(editors),
        volume=volume,
        issue=issue,
        pages=Pages(first=begin, last=end) if begin or end else None,
    )
    identified = values.doi(doi) or ""
    text = "" if title or host else words(citation)[:_MOST_TEXT]
    if not (title or host or text or identified or pmid):
        return None
    return Reference(
        key=key,
        title=title,
        author=present(authors),
        publication_date=date[:4] if values.is_year(date[:4]) else "",
        doi=identified,
        pmid=pmid,
        host=place if place != ReferenceHost() else None,
        text=text,
    )


def local_texts(found: Iterable[tuple[str | None, str, str]]) -> tuple[LocalText, ...]:
    """Return texts given as language, kind and text; the empty ones are left out."""
    return tuple(
        LocalText(lang=language(code), kind=kind, value=text) for code, kind, text in found if text
    )


def prose(element: Element | None, heading: str, *blocks: str) -> str:
    """Return an abstract's text: its own heading left out, those inside closed by a colon.

    `blocks` are the names of paragraphs. Changes the tree.
    """
    if element is None:
        return ""
    for part in element.iter(heading, *blocks):
        text = words(part)
        if part.tag == heading and _is_label(text):
            for child in list(part):
                part.remove(child)
            part.text = ""
        elif part.tag == heading and text and not text.endswith((".", ":", "?", "!")):
            part.tail = ": " + (part.tail or "")
        part.tail = " " + (part.tail or "")
    return readable(element).lstrip(": ").replace(" : ", ": ")


def _is_label(text: str) -> bool:
    return "".join(text.split()).strip(".:—").lower() in _LABELS
