"""The complete TEI of a document: header, the text its reader gave, the bibliography.

Header and bibliography are joined from strings, the text is serialised as it is. Where its shape is
not TEI's (`tei_shape`), or its ids, the publisher's, are no names, come twice or are missed by
a reference (`tei_ids`), a copy is mended; in most documents nothing has to be.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from lxml import etree

from fonds.record import Record
from fonds.renditions.model import Material
from fonds.renditions.tei_bibliography import bibliography
from fonds.renditions.tei_header import header
from fonds.renditions.tei_ids import entries, mended
from fonds.renditions.tei_names import lang, typed
from fonds.renditions.tei_shape import TeiShape
from fonds.renditions.xml_text import clean, document
from fonds.sources.xml import Element

_NAMESPACE = ' xmlns="http://www.tei-c.org/ns/1.0"'
_EMPTY = b"<text><body><p/></body>"


class Tei:
    """Makes `tei`."""

    name = "tei"
    extension = "tei"
    typology: Literal["fulltext", "metadata"] = "fulltext"
    mimetype = "application/tei+xml"
    version = 1
    stored = True

    def __init__(self) -> None:
        self._shape = TeiShape()

    def make(self, material: Material) -> bytes | None:
        """Return the document; without structured text its text is one empty paragraph."""
        record = material.record
        head = document(f"{_root(record)}\n{header(record)}\n")
        keys = [reference.key for reference in record.ref_bibs]
        if material.text is None:
            back = _back(record, entries(keys))
            return b"".join((head, _EMPTY, _with_back(b"</text>", back), b"</TEI>\n"))
        said = _xml(material.text)
        shaped = self._shape.shaped(material.text, said)
        if shaped is not material.text:
            said = _xml(shaped)
        found = mended(shaped, said, keys)
        if found.text is not shaped:
            said = _xml(found.text)
        return b"".join((head, _with_back(said, _back(record, found.entries)), b"</TEI>\n"))


def _xml(text: Element) -> bytes:
    said: bytes = etree.tostring(text, encoding="utf-8", with_tail=False)
    return said.replace(_NAMESPACE.encode(), b"", 1)


def _back(record: Record, ids: Mapping[int, str]) -> bytes:
    return clean(bibliography(record.ref_bibs, ids))


def _with_back(said: bytes, references: bytes) -> bytes:
    """Return the text with the bibliography at the end of its back."""
    if not references:
        return said
    for end in (b"</back></text>", b"<back/></text>"):
        if said.endswith(end):
            start = b"<back>" if end.startswith(b"<back/") else b""
            return b"".join((said[: -len(end)], start, references, b"</back></text>"))
    return b"".join((said.removesuffix(b"</text>"), b"<back>", references, b"</back></text>"))


def _root(record: Record) -> str:
    kind = next(iter(record.genre), "other")
    code = next(iter(record.language), "")
    return f'<TEI{_NAMESPACE} type="{typed(kind)}"{lang(code)}>'
