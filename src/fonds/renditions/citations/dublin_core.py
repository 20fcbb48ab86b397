"""Dublin Core as OAI-PMH carries it (`oai_dc`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from fonds.record import Record
from fonds.renditions.citations.work import Work, work_of
from fonds.renditions.model import Material
from fonds.renditions.xml_text import document, element

_ROOT = (
    '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai_dc/ '
    'http://www.openarchives.org/OAI/2.0/oai_dc.xsd">'
)


class DublinCore:
    """Makes `dc`."""

    name = "dc"
    extension = "dc"
    typology: Literal["fulltext", "metadata"] = "metadata"
    mimetype = "application/xml"
    version = 1
    stored = False

    def make(self, material: Material) -> bytes | None:
        """Return the record in the fifteen elements."""
        return document(elements(material.record) + "\n")


def elements(record: Record) -> str:
    """Return the element `oai_dc:dc` of a record."""
    return "\n".join((_ROOT, fifteen(record), "</oai_dc:dc>"))


def fifteen(record: Record) -> str:
    """Return the elements of a record without one around them; their prefix is `dc`."""
    return "\n".join(element(f"dc:{name}", value) for name, value in _pairs(record) if value)


def _pairs(record: Record) -> Iterator[tuple[str, str]]:
    work = work_of(record)
    yield "title", work.title
    yield from (("title", other.value) for other in record.translated_title)
    yield from (("creator", name.inverted) for name in work.authors)
    yield from (("contributor", name.inverted) for name in work.editors)
    yield from (("subject", word) for word in work.keywords)
    yield "description", work.abstract
    yield from (("description", other.value) for other in record.other_abstract)
    yield "publisher", work.publisher
    yield "date", work.date
    yield from (("type", genre) for genre in record.genre)
    yield "type", "Text"
    yield "identifier", record.ark_istex
    yield from (("identifier", f"https://doi.org/{doi}") for doi in record.doi)
    yield from (("identifier", f"info:pmid/{pmid}") for pmid in record.pmid)
    yield "source", _source(work)
    yield from (("source", f"ISSN:{number}") for number in work.issn)
    yield from (("source", f"ISBN:{number}") for number in work.isbn)
    yield from (("language", code) for code in record.language if code != "unknown")
    yield "relation", record.fulltext_url
    if record.access_condition is not None:
        yield "rights", record.access_condition.value
        yield "rights", _rights(record.access_condition.content_type)


def _source(work: Work) -> str:
    """Return where it appeared as one line: "Journal, 12(3), 101-119"."""
    numbers = work.volume + (f"({work.issue})" if work.issue else "")
    within = work.series if work.kind == "book" else work.container  # a book is not within itself
    return ", ".join(filter(None, (within, numbers, work.pages or work.number)))


def _rights(content_type: str) -> str:
    """Return the term of the COAR and OpenAIRE guidelines."""
    known = {"isOpenAccess": "openAccess", "isNotOpenAccess": "restrictedAccess"}
    term = known.get(content_type)
    return f"info:eu-repo/semantics/{term}" if term else ""
