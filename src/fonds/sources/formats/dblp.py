"""dblp's records: articles, papers and chapters of computer science.

Format: https://dblp.org/faq/16154937.html. Proceedings and home pages are no documents of theirs.
"""

from __future__ import annotations

import re

from fonds.errors import Finding
from fonds.record import AccessCondition, Contributor, Host, Record
from fonds.sources import parts, records, values
from fonds.sources.markup import readable, words
from fonds.sources.model import Reading, Source
from fonds.sources.pieces import alone
from fonds.sources.xml import Element, line_of

_RESOLVER = re.compile(r"https?://(?:dx\.)?doi\.[\w.]+/(10\.\d{4,9}/\S+)$")
_NUMBER = re.compile(r" \d{4}$")
_GENRES = {
    "article": "article",
    "inproceedings": "conference",
    "incollection": "chapter",
    "book": "book",
    "proceedings": "book",
    "phdthesis": "other",
    "mastersthesis": "other",
}


class DblpReader:
    """Reads every publication of a dblp file."""

    name = "dblp"
    label = "dblp"
    version = 2

    def recognises(self, source: Source) -> bool:
        """Tell by dblp's root."""
        root = source.root
        return root is not None and root.tag == "dblp" and bool(_publications(root))

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every publication."""
        assert source.root is not None
        return tuple(_read(one) for one in _publications(source.root))


def _publications(root: Element) -> list[Element]:
    return [one for one in root if one.tag in _GENRES]


def _doi(address: str) -> str:
    """Return the DOI of an address; publishers resolved their own (`doi.acm.org`) once."""
    match = _RESOLVER.match(address)
    return values.doi(match[1] if match else address) or ""


def _person(element: Element) -> Contributor | None:
    """Return a person; dblp tells namesakes apart by a number behind the name."""
    return parts.group(_NUMBER.sub("", words(element)))


def _read(one: Element) -> Reading:
    genre, key = _GENRES[str(one.tag)], one.get("key") or ""
    addresses = [words(e) for e in (*one.findall("ee"), *one.findall("url"))]
    doi = next((found for text in addresses if (found := _doi(text))), "")
    title = readable(one.find("title")).removesuffix(".")
    year = records.year(words(one.find("year")))
    journal = words(one.find("journal"))
    isbn = records.isbn(words(one.find("isbn")))
    record = Record(
        title=title,
        author=parts.present(map(_person, one.findall("author"))),
        editor=parts.present(map(_person, one.findall("editor"))),
        language=("unknown",),
        genre=(genre,),
        original_genre=(str(one.tag),),
        publication_date=year,
        doi=(doi,) if doi else (),
        article_id=(key,) if key else (),
        host=Host(
            genre=("journal" if journal else "book",),
            title=journal or (title if genre == "book" else words(one.find("booktitle"))),
            isbn=(isbn,) if isbn else (),
            publication_date=year,
            publisher=words(one.find("publisher")),
            volume=words(one.find("volume")),
            issue=words(one.find("number")),
            pages=records.pages(words(one.find("pages"))),
        ),
        access_condition=AccessCondition(),
        fulltext_url=next((text for text in addresses if text.startswith("http")), ""),
    )
    findings = () if title else (Finding("no-title", f"{key} has no title", line=line_of(one)),)
    return Reading(record=record, findings=findings, piece=alone(one, key))
