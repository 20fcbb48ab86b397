"""The enrichment `refBibs`: a document's references, structured, wherever they come from.

The publisher's own structure stands as it is; references given only in words are read by the
labeller; without any, those of the plain text are looked for, or a GROBID server is asked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from fonds.enrich.errors import ModelUnreadable
from fonds.enrich.model import Enriched, Material, Part, Scalar
from fonds.enrich.models import read_model
from fonds.enrich.references.grobid import Grobid
from fonds.enrich.references.parser import Parsed, ReferenceParser
from fonds.enrich.references.sections import find_references
from fonds.enrich.references.splitting import parted
from fonds.enrich.standoff import Markup, annotation_list, block
from fonds.record import Part as RecordPart
from fonds.record import Reference
from fonds.renditions.tei_bibliography import entries
from fonds.renditions.xml_text import clean
from fonds.settings import EnrichSettings

MODEL = "references/references.crf"
Origin = Literal["publisher", "publisher-text", "text", "grobid"]


class Found(RecordPart, frozen=True, kw_only=True, omit_defaults=True):
    """A reference, where it comes from, and how sure its fields are."""

    origin: Origin
    confidence: float = 1.0  # mean probability of the labels; 1 where the publisher structured it
    reference: Reference


class References(msgspec.Struct, frozen=True):
    """The references of a document, in its order."""

    by_origin: dict[str, int]
    references: tuple[Found, ...]


class RefBibs:
    """Makes `refBibs`."""

    name = "refBibs"
    version = 2
    provenance = (
        "publisher's structure; else a conditional random field (python-crfsuite, MIT) trained on "
        "GROBID's citation corpus (Apache-2.0); or GROBID itself, where the operator has one"
    )
    reads: tuple[Part, ...] = ("record", "text", "pdf")
    after: tuple[str, ...] = ()
    is_open = False

    def __init__(self, settings: EnrichSettings) -> None:
        self._model = read_model(settings.models, MODEL)
        self._grobid = Grobid(settings.grobid) if settings.grobid else None
        self._parser: ReferenceParser | None = None
        said = {"model": self._model.said} if self._model is not None else {}
        self.parameters: Mapping[str, Scalar] = {**said, "grobid": bool(settings.grobid)}

    def enrich(self, material: Material) -> Enriched | None:
        """Return the references; None where there are none.

        Raises ModelUnreadable and GrobidFailed.
        """
        given = material.record.ref_bibs
        if given:
            found = [self._read(one) for entry in given for one in _works(entry)]
        else:
            found = self._searched(material)
        if not found:
            return None
        result = References(dict(Counter(one.origin for one in found)), tuple(found))
        fields: dict[str, object] = {}
        if any(one.origin != "publisher" for one in found):
            fields = {"refBibs": [msgspec.to_builtins(one.reference) for one in found]}
        return Enriched(result, fields, (_annotations(one.reference for one in found),))

    def _read(self, given: Reference) -> Found:
        """Return a publisher's reference; one in words is read."""
        structured = given.title or (given.host is not None and given.host.title)
        if structured or not given.text:
            return Found(origin="publisher", reference=given)
        parsed = self._parse(given.text)
        if parsed is None:
            return Found(origin="publisher", reference=given)
        told = {
            name: getattr(given, name)
            for name in ("author", "publication_date", "doi", "pmid", "key")
            if getattr(given, name)
        }
        reference = msgspec.structs.replace(parsed.reference, text=given.text, **told)
        return Found(origin="publisher-text", confidence=parsed.confidence, reference=reference)

    def _searched(self, material: Material) -> list[Found]:
        if self._grobid is not None and material.pdf is not None:
            asked = self._grobid.references(material.pdf)
            return [Found(origin="grobid", reference=one) for one in asked]
        entries = find_references(material.text)
        parsed = (self._parse(work) for entry in entries for work in parted(entry))
        return [
            Found(origin="text", confidence=one.confidence, reference=one.reference)
            for one in parsed
            if one is not None
        ]

    def _parse(self, text: str) -> Parsed | None:
        if self._parser is None:
            if self._model is None:
                raise ModelUnreadable(path=MODEL, reason="it is missing")
            self._parser = ReferenceParser(self._model.data, self._model.name)
        return self._parser.parse(text)


def _works(given: Reference) -> tuple[Reference, ...]:
    """Return the works of a publisher's entry that is words alone; an identifier names one."""
    told = given.title or given.host or given.author or given.doi or given.pmid
    if told or not given.text:
        return (given,)
    first, *others = parted(given.text)
    if not others:
        return (given,)
    again = (msgspec.structs.replace(given, text=text, key="") for text in others)
    return (msgspec.structs.replace(given, text=first), *again)


def _annotations(references: Iterable[Reference]) -> Markup:
    written = clean(entries(tuple(references), {})).decode()
    return annotation_list("refBibs", [block([Markup(written)])])
