"""The ACL Anthology: one file for a year of a venue, thousands of papers in few files.

Schema: https://github.com/acl-org/acl-anthology (data/xml/schema.rnc).
"""

from __future__ import annotations

import re

import msgspec

from fonds.errors import Finding
from fonds.record import AccessCondition, Conference, Contributor, Host, Record
from fonds.sources import parts, records, values
from fonds.sources.languages import language
from fonds.sources.markup import readable
from fonds.sources.model import Reading, Source
from fonds.sources.pieces import alone
from fonds.sources.xml import Element, line_of

_KEPT = frozenset({"meta"})
_JOURNALS = {"J": "Computational Linguistics",
             "Q": "Transactions of the Association for Computational Linguistics"}  # fmt: skip
_ADDRESS = "https://aclanthology.org/"
_BY_SINCE = 2016
_LICENCES = {
    True: "https://creativecommons.org/licenses/by/4.0/",
    False: "https://creativecommons.org/licenses/by-nc-sa/3.0/",
}
_VOLUME = re.compile(r"Volume (\d+)")
_ISSUE = re.compile(r"Issue (\d+)")


class AclAnthologyReader:
    """Reads every paper of an Anthology file."""

    name = "acl-anthology"
    label = "ACL Anthology"
    version = 1

    def recognises(self, source: Source) -> bool:
        """Tell by a `collection` of `volume`s with papers or front matter."""
        root = source.root
        if root is None or root.tag != "collection" or not root.get("id"):
            return False
        return root.find("volume/paper") is not None or root.find("volume/meta") is not None

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every paper."""
        assert source.root is not None
        collection, found = source.root.get("id") or "", []
        for volume in source.root.findall("volume"):
            host, at = _host(volume, collection), volume.get("id") or ""
            found += [_read(paper, host, collection, at) for paper in volume.findall("paper")]
        return tuple(found)


def _read(paper: Element, host: Host, collection: str, at: str) -> Reading:
    findings: list[Finding] = []
    doi = values.doi(readable(paper.find("doi")))
    number = _number(collection, at, paper.get("id") or "")
    host = msgspec.structs.replace(host, pages=records.pages(readable(paper.find("pages"))))
    record = Record(
        title=readable(paper.find("title")),
        abstract=readable(paper.find("abstract")),
        author=_people(paper.findall("author")),
        editor=_people(paper.findall("editor")),
        language=(language(readable(paper.find("language"))) or "eng",),
        genre=("article" if host.genre == ("journal",) else "conference",),
        original_genre=("paper",),
        publication_date=host.publication_date,
        doi=(doi,) if doi else (),
        article_id=(number,),
        host=host,
        access_condition=_licence(host.publication_date),
        fulltext_url=_address(readable(paper.find("url")) or number),
    )
    if not record.title:
        findings.append(Finding("no-title", f"paper {number}", line=line_of(paper)))
    return Reading(record=record, findings=tuple(findings), piece=alone(paper, number, _KEPT))


def _number(collection: str, at: str, own: str) -> str:
    """Return the Anthology's id: P17-1001, W17-0102, 2020.acl-main.1."""
    if not collection[1:].isdigit():
        return f"{collection}-{at}.{own}"
    width = 2 if collection.startswith("W") else 3
    return f"{collection}-{at.zfill(4 - width)}{own.zfill(width)}"


def _address(url: str) -> str:
    return url if url.startswith(("http://", "https://")) else _ADDRESS + url


def _licence(year: str) -> AccessCondition:
    """Return the Anthology's own licence, which changed with the year of publication."""
    if not year:
        return AccessCondition()
    return records.licence(_LICENCES[int(year) >= _BY_SINCE])


def _people(elements: list[Element]) -> tuple[Contributor, ...]:
    found = (
        parts.contributor(readable(e.find("first")), readable(e.find("last")))
        if len(e)
        else parts.group(readable(e))
        for e in elements
    )
    return tuple(person for person in found if person is not None)


def _host(volume: Element, collection: str) -> Host:
    meta = volume.find("meta")
    journal = _JOURNALS.get(collection[:1], "") if collection[1:].isdigit() else ""
    if meta is None:
        return Host(genre=("journal" if journal else "book",), title=journal)
    title, year = readable(meta.find("booktitle")), readable(meta.find("year"))
    journal = journal or readable(meta.find("journal-title"))
    doi = values.doi(readable(meta.find("doi")))
    isbn = records.isbn(readable(meta.find("isbn")))
    number = readable(meta.find("journal-volume")) or readable(meta.find("volume"))
    issue = readable(meta.find("journal-issue")) if journal else ""
    if journal:  # older files say both in the title only: "..., Volume 43, Issue 1 - April 2017"
        number, issue = number or _said(_VOLUME, title), issue or _said(_ISSUE, title)
    return Host(
        genre=("journal" if journal else "book",),
        title=journal or title,
        publication_date=year if values.is_year(year) else "",
        isbn=(isbn,) if isbn else (),
        doi=(doi,) if doi else (),
        publisher=readable(meta.find("publisher")),
        volume=number,
        issue=issue,
        editor=_people(meta.findall("editor")),
        conference=(Conference(name=title),) if title and not journal else (),
    )


def _said(pattern: re.Pattern[str], title: str) -> str:
    match = pattern.search(title)
    return match[1] if match else ""
