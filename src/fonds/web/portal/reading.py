"""A document to read: its text as HTML with a table of contents."""

from __future__ import annotations

import msgspec
from markupsafe import Markup

from fonds.archive.model import StoredDocument
from fonds.record import Record
from fonds.renditions.html import Html, image_name
from fonds.sources.languages import tag
from fonds.web.portal.source import Source, source_of
from fonds.web.portal.texts import Texts
from fonds.web.services import Services

_SHOWN = ("image/gif", "image/jpeg", "image/png")  # what every browser shows


class ReadingPage(msgspec.Struct, frozen=True):
    """What the page of a text shows; its HTML is safe (see `renditions/html.py`)."""

    record: Record
    source: Source
    authors: str
    lang: str  # BCP 47, or empty
    contents: Markup
    text: Markup
    pdf: str


def read_page(services: Services, document: StoredDocument, said: Texts) -> ReadingPage | None:
    """Return a document to read; None when it has no structured text."""
    html = services.on_demand.find("fulltext", "html")
    if not isinstance(html, Html):
        return None
    material = services.on_demand.material(document, text=True)
    words = {
        "notes": said("notes"),
        "references": said("references"),
        "back": said("back_to_text"),
        "table": said("table"),
    }
    found = html.reading(material, words, _images(services, document))
    if found is None:
        return None
    record = material.record
    return ReadingPage(
        record=record,
        source=source_of(record.host, record.publication_date),
        authors=", ".join(author.name for author in record.author),
        lang=next((tag(code) for code in record.language if tag(code)), ""),
        contents=Markup(found.contents),  # noqa: S704  # made by our stylesheet alone
        text=Markup(found.text),  # noqa: S704  # likewise
        pdf=next((file.uri for file in record.fulltext if file.extension == "pdf"), ""),
    )


def _images(services: Services, document: StoredDocument) -> dict[str, str]:
    """Return addresses of the images the publisher sent, by their names."""
    return {
        image_name(file.name): f"/{document.ark}/annexes.{file.extension}"
        for file in services.archive.files(document.ord)
        if file.typology == "annexes" and file.mimetype in _SHOWN
    }
