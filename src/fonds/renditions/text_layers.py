"""The texts of a document side by side, each with its quality; which is the default, and why.

The publisher's structured text is the default where there is one: its words are whole and in order,
and it knows what is a caption. Else it is the PDF's. OCR comes as a further layer.
"""

from __future__ import annotations

from collections.abc import Mapping

from fonds.record import TextLayer
from fonds.renditions.pdf_facts import PdfFacts
from fonds.renditions.text_quality import measure

_BLANKS = (b" ", b"\n\n")  # what parts words in a text that we joined


def text_layers(
    texts: Mapping[str, bytes], pdf: PdfFacts | None, *, structured: bool
) -> tuple[TextLayer, ...]:
    """Return the layers, the default first; `texts` are the stored forms by their names."""
    plain = texts.get("txt", b"")
    found: list[TextLayer] = []
    if structured and plain:
        words = 1 + sum(plain.count(blank) for blank in _BLANKS)
        found.append(_layer("xml", "txt", words, plain.decode(), reason="structured"))
    if pdf is not None and pdf.text:
        extension, reason = ("pdftxt", "") if found else ("txt", "only")
        found.append(_layer("pdf", extension, pdf.words, pdf.text, reason=reason))
    return tuple(found)


def _layer(source: str, extension: str, words: int, text: str, *, reason: str) -> TextLayer:
    return TextLayer(
        source=source,
        extension=extension,
        words=words,
        quality=measure(text),
        default=bool(reason),
        reason=reason,
    )
