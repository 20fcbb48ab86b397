"""What OAI-PMH repositories answer: Dublin Core, MODS, MARCXML, DataCite or arXiv's own form.

Protocol: https://www.openarchives.org/OAI/openarchivesprotocol.html. Articles in JATS in the same
envelope are the JATS reader's.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from fonds.errors import Finding
from fonds.record import Record
from fonds.sources.formats import arxiv, datacite, dublin_core, mods
from fonds.sources.formats.marc import reader as marc
from fonds.sources.markup import words
from fonds.sources.model import Reading, Source
from fonds.sources.pieces import alone
from fonds.sources.xml import Element, line_of, local

_ROOTS = frozenset({"OAI-PMH", "record", "ListRecords", "GetRecord"})
_ARXIV = frozenset({"arXiv", "arXivRaw"})


class OaiPmhReader:
    """Reads every record of an answer, or a record alone."""

    name = "oai-pmh"
    label = "OAI-PMH"
    version = 4

    def recognises(self, source: Source) -> bool:
        """Tell by a record with metadata of a known form."""
        root = source.root
        return root is not None and local(root.tag) in _ROOTS and bool(_records(root))

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every record. Changes the tree."""
        assert source.root is not None
        found = _records(source.root)
        pieces = [alone(one, _identifier(one)) if len(found) > 1 else None for one in found]
        return tuple(
            msgspec.structs.replace(_read(one), piece=piece)
            for one, piece in zip(found, pieces, strict=True)
        )


def _records(root: Element) -> list[Element]:
    found = [root] if local(root.tag) == "record" else list(root.iter("{*}record"))
    return [one for one in found if _content(one) is not None]


def _identifier(record: Element) -> str:
    return words(record.find("{*}header/{*}identifier"))


def _content(record: Element) -> Element | None:
    """Return the description of a record, if its form is known."""
    for element in record.iterfind("{*}metadata/*"):
        if isinstance(element.tag, str) and _reader(element) is not None:
            return element
    return None


def _reader(element: Element) -> Callable[[Element], Reading] | None:
    name = local(element.tag)
    if name in _ARXIV:
        return arxiv.read
    if name == "mods":
        return mods.read
    if datacite.is_description(element):
        return datacite.read
    if name == "record" and element.find("{*}datafield") is not None:
        return marc.read
    if dublin_core.is_description(element):
        return dublin_core.read
    return None


def _read(record: Element) -> Reading:
    content, identifier = _content(record), _identifier(record)
    read = _reader(content) if content is not None else None
    if content is None or read is None:  # a record inside a record, which went with it
        finding = Finding("no-title", "a record without a description", line=line_of(record))
        return Reading(record=Record(), findings=(finding,))
    reading = read(content)
    numbers = tuple(dict.fromkeys(filter(None, (*reading.record.article_id, identifier))))
    told = msgspec.structs.replace(reading.record, article_id=numbers)
    return msgspec.structs.replace(reading, record=dublin_core.with_arxiv(told, identifier))
