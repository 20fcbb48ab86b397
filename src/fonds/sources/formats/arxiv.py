"""arXiv's own descriptions (`arXiv`, `arXivRaw`), as its OAI-PMH gives them."""

from __future__ import annotations

import re
from email.utils import parsedate

from fonds.errors import Finding
from fonds.record import AccessCondition, Contributor, Host, Record, Subject
from fonds.sources import parts, records, values
from fonds.sources.markup import words
from fonds.sources.model import Reading
from fonds.sources.xml import Element, line_of, without_namespaces

# "EPL 124,60006 (2018)", "Lett. Math. Phys. 108 (2018), no. 2, 359-376", "Phys.Rev. D64 (2001) 1"
_JOURNAL = re.compile(
    r"^(?P<title>\D+?)[\s,:]*\b(?:vol\.?\s*)?(?P<volume>[A-Z]?\d+)\s*"
    r"(?:\(\d{4}\)|\((?P<number>\d{1,3})\))?[\s,:;]*"
    r"(?:no\.?\s*(?P<issue>\d+)[\s,:]*)?(?:pp?\.?\s*)?(?P<pages>[A-Z]?\d+(?:\s*[-–]+\s*\d+)?)?"
)
_LETTER = re.compile(r"[^\W\d_]")  # a lone colon stands between a group and its members
_AND = re.compile(r",\s*(?:and\s+)?|\s+and\s+")


def read(element: Element) -> Reading:
    """Read one description. Changes it."""
    without_namespaces(element)
    findings: list[Finding] = []
    own, doi = words(element.find("id")), values.doi(words(element.find("doi")).split(" ")[0])
    created = words(element.find("created")) or _first_version(element)
    reference = words(element.find("journal-ref"))
    year = records.year(reference) or records.year(created)
    record = Record(
        title=words(element.find("title")),
        abstract=words(element.find("abstract")),
        author=_people(element),
        subject=tuple(Subject(value=one) for one in words(element.find("categories")).split()),
        language=("unknown",),
        genre=("article" if reference else "other",),
        original_genre=("preprint",),
        publication_date=year,
        online_date=created,
        doi=(doi,) if doi else (),
        arxiv=(own,) if own else (),
        article_id=(own,) if own else (),
        host=_host(reference, year),
        access_condition=_licence(element),
        fulltext_url=f"https://arxiv.org/abs/{own}" if own else "",
    )
    if not record.title:
        findings.append(Finding("no-title", "no title", line=line_of(element)))
    return Reading(record=record, findings=tuple(findings))


def _first_version(element: Element) -> str:
    """Return the day of the first version: "Mon, 22 Oct 2018 22:41:50 GMT"."""
    date = parsedate(words(element.find("version/date")))
    return values.day(str(date[0]), str(date[1]), str(date[2])) if date else ""


def _people(element: Element) -> tuple[Contributor, ...]:
    authors = element.find("authors")
    if authors is None:
        return ()
    if len(authors):
        found = [
            parts.contributor(
                words(author.find("forenames")),
                words(author.find("keyname")),
                suffix=words(author.find("suffix")),
                affiliations=tuple(words(e) for e in author.findall("affiliation")),
            )
            for author in authors.findall("author")
        ]
    else:
        found = [parts.group(name.strip()) for name in _AND.split(words(authors))]
    return tuple(one for one in found if one is not None and _LETTER.search(one.name))


def _host(reference: str, year: str) -> Host:
    """Return the journal of the reference, where it is plain; arXiv itself else."""
    if not reference:
        return Host(genre=("database",), title="arXiv", publication_date=year)
    match = _JOURNAL.search(reference)
    if match is None:
        return Host(genre=("journal",), title=reference, publication_date=year)
    return Host(
        genre=("journal",),
        title=match["title"].strip(" ,"),
        publication_date=year,
        volume=match["volume"],
        issue=match["issue"] or match["number"] or "",
        pages=records.pages(match["pages"] or ""),
    )


def _licence(element: Element) -> AccessCondition:
    """Return the licence; arXiv's texts can be read by anyone whatever it is."""
    value = words(element.find("license"))
    return AccessCondition(content_type="isOpenAccess", value=value)
