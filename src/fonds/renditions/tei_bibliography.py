"""The bibliography of a record in TEI: a `biblStruct` where it is structured, else a `bibl`.

Its entries are called by the publisher's ids, so that the references of the text lead to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fonds.record import Reference, ReferenceHost
from fonds.renditions.tei_names import date, idnos, person, scopes
from fonds.renditions.xml_text import attribute, element, text


def bibliography(references: Sequence[Reference], ids: Mapping[int, str]) -> str:
    """Return the division with the list; `ids` are the `xml:id` of entries by their place."""
    if not references:
        return ""
    return f'<div type="references">{entries(references, ids)}</div>'


def entries(references: Sequence[Reference], ids: Mapping[int, str]) -> str:
    """Return the list alone."""
    said = "\n".join([_entry(one, ids.get(at, "")) for at, one in enumerate(references)])
    return f"<listBibl>\n{said}\n</listBibl>"


def _entry(reference: Reference, identifier: str) -> str:
    called = f' xml:id="{attribute(identifier)}"' if identifier else ""
    host = reference.host
    titled = reference.title or (host is not None and host.title)
    if reference.text and not titled:
        return element("bibl", reference.text, called)
    raw = element("note", reference.text, ' type="raw"')
    if host is None:
        return f"<biblStruct{called}>{_alone(reference)}{raw}</biblStruct>"
    if not (reference.title and host.title):
        return f"<biblStruct{called}>{_book(reference, host)}{raw}</biblStruct>"
    return f"<biblStruct{called}>{_within(reference, host)}{raw}</biblStruct>"


def _within(reference: Reference, host: ReferenceHost) -> str:
    """Return a part of something: an article, a chapter."""
    return (
        f'<analytic><title level="a" type="main">{text(reference.title)}</title>'
        f"{_people(reference)}{_numbers(reference)}</analytic>"
        f"<monogr><title>{text(host.title)}</title>{idnos(host.isbn, 'ISBN')}"
        f"{_people(host)}{_imprint(reference, host)}</monogr>"
    )


def _book(reference: Reference, host: ReferenceHost) -> str:
    """Return something whole, of which one title is known."""
    title = element("title", reference.title or host.title, ' type="main"') or "<title/>"
    return (
        f"<monogr>{title}{_numbers(reference)}{idnos(host.isbn, 'ISBN')}"
        f"{_people(reference)}{_people(host)}{_imprint(reference, host)}</monogr>"
    )


def _alone(reference: Reference) -> str:
    title = element("title", reference.title, ' type="main"') or "<title/>"
    published = date(reference.publication_date) or "<date/>"
    return (
        f"<monogr>{title}{_numbers(reference)}{_people(reference)}"
        f"<imprint>{published}</imprint></monogr>"
    )


def _people(what: Reference | ReferenceHost) -> str:
    return "".join([person("author", one) for one in what.author]) if what.author else ""


def _numbers(reference: Reference) -> str:
    if not reference.doi and not reference.pmid:
        return ""
    doi = element("idno", reference.doi, ' type="DOI"')
    return doi + element("idno", reference.pmid, ' type="PMID"')


def _imprint(reference: Reference, host: ReferenceHost) -> str:
    published = date(reference.publication_date or host.publication_date) or "<date/>"
    return f"<imprint>{published}{scopes(host.volume, host.issue, host.pages)}</imprint>"
