"""A PDF in the page: the words searched, where they stand, and the page to open at.

Who sees this page may read the document: its address asks before anything here is read.
"""

from __future__ import annotations

import msgspec

from fonds.archive.model import StoredDocument
from fonds.errors import FondsError
from fonds.record import Record
from fonds.search.passages import Passage, found_words, passages
from fonds.search.query.tree import Node
from fonds.web.portal.notice import language_of, record_of
from fonds.web.portal.source import Source, source_of
from fonds.web.services import Services

_MOST_TEXT = 2_000_000  # characters looked through
_SHOWN = 12  # passages beside the pages
_MOST_WORDS = 60  # marked in the pages
_WIDTH = 150


class PagePassage(msgspec.Struct, frozen=True):
    """A passage and the page of the PDF that it stands on."""

    page: int
    passage: Passage


class ViewPage(msgspec.Struct, frozen=True):
    """What the page of a PDF shows."""

    record: Record
    source: Source
    lang: str
    pdf: str  # address of the file
    page: int  # to open at
    words: tuple[str, ...]  # to mark
    passages: tuple[PagePassage, ...]


def view_page(services: Services, document: StoredDocument, q: str) -> ViewPage | None:
    """Return the page of a document's PDF; None when it has none."""
    record = record_of(document)
    pdf = next((file.uri for file in record.fulltext if file.extension == "pdf"), "")
    if not pdf:
        return None
    node = _query(services, q)
    text = _text(services, document) if node is not None else ""
    found = _passages(node, text)
    return ViewPage(
        record=record,
        source=source_of(record.host, record.publication_date),
        lang=language_of(record),
        pdf=pdf,
        page=max(found, key=_worth, default=(1, 0, None))[0],
        words=found_words(node, text)[:_MOST_WORDS],
        passages=tuple(PagePassage(page, one) for page, _, one in sorted(_best(found))),
    )


_Found = tuple[int, int, Passage]  # page, how many different words, the passage


def _passages(node: Node | None, text: str) -> list[_Found]:
    """Return the best passage of each page that has one; form feeds part the pages."""
    found: list[_Found] = []
    pages = text.split("\f")
    for number, page in enumerate(pages, start=1):
        for one in passages(node, " ".join(page.split()), count=1, width=_WIDTH):
            words = {one.text[begin:end].casefold() for begin, end in one.marks}
            found.append((number if len(pages) > 1 else 1, len(words), one))
    return found


def _best(found: list[_Found]) -> list[_Found]:
    return sorted(found, key=_worth, reverse=True)[:_SHOWN]


def _worth(one: tuple[int, int, Passage | None]) -> tuple[int, int]:
    """Rank a passage: more of the words first, then earlier pages."""
    return one[1], -one[0]


def _query(services: Services, q: str) -> Node | None:
    """Return what a search asks for; one that cannot be read marks nothing."""
    try:
        return services.search.ask(q).query if q else None
    except FondsError:
        return None


def _text(services: Services, document: StoredDocument) -> str:
    """Return the text of the PDF, its pages parted; else what text there is."""
    for extension in ("pdftxt", "txt"):
        file = services.archive.file(document.ord, "fulltext", extension)
        if file is not None:
            return services.archive.read(file).decode("utf-8", "replace")[:_MOST_TEXT]
    return ""
