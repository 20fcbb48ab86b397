"""Makes material for enrichments out of plain texts."""

from __future__ import annotations

from lxml import etree

from fonds.enrich.model import Enriched, Material
from fonds.enrich.standoff import stand_off
from fonds.record import Host, Record, TextLayer, TextQuality
from fonds.sources.xml import Element

_EXTENSIONS = {"xml": "txt", "ocr": "ocr"}


def stood_off(made: Enriched) -> Element:
    """Return the TEI of what an enrichment found."""
    return etree.fromstring(stand_off(Record(), "made", 1, "", made.annotations))


def material(
    *,
    title: str = "",
    abstract: str = "",
    texts: dict[str, str] | None = None,
    cleaned: str = "",
    files: dict[tuple[str, str], bytes] | None = None,
    language: tuple[str, ...] = (),
    host: Host | None = None,
) -> Material:
    """Return a document with these parts; `texts` by their source, the default one first."""
    held = dict(files or {})
    layers = []
    for number, (source, text) in enumerate((texts or {}).items()):
        extension = _EXTENSIONS.get(source, "pdftxt" if number else "txt")
        held["fulltext", extension] = text.encode()
        layers.append(
            TextLayer(
                source=source,
                extension=extension,
                words=len(text.split()),
                quality=TextQuality(word_like=1.0),
                default=number == 0,
            )
        )
    if cleaned:
        held["fulltext", "cleaned"] = cleaned.encode()
    record = Record(
        id="A" * 40,
        ark_istex="ark:/99999/TST-00000000-0",
        title=title,
        abstract=abstract,
        language=language,
        text_layers=tuple(layers),
        host=host,
    )
    return Material(record, lambda typology, extension: held.get((typology, extension)))
