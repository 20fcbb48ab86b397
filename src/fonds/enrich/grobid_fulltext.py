"""The enrichment `grobidFulltext`: a whole TEI that a GROBID server makes of a document's PDF.

Only where an operator names a server (setting `enrich.grobid`). Its TEI is kept as it came; nothing
of it goes into the record, since it repeats what the publisher says better.
https://grobid.readthedocs.io/en/latest/Grobid-service/
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from fonds.enrich.model import Enriched, Material, Part, Scalar
from fonds.enrich.references.grobid import Grobid
from fonds.settings import EnrichSettings


class GrobidText(msgspec.Struct, frozen=True):
    """What the TEI has, by which GROBID."""

    software: str  # "GROBID 0.8.0", as it says
    paragraphs: int
    references: int


class GrobidFulltext:
    """Makes `grobidFulltext`."""

    name = "grobidFulltext"
    version = 1
    provenance = "GROBID (Apache-2.0), the operator's server; its TEI as it came"
    reads: tuple[Part, ...] = ("pdf",)
    after: tuple[str, ...] = ()
    is_open = False

    def __init__(self, settings: EnrichSettings) -> None:
        self._grobid = Grobid(settings.grobid) if settings.grobid else None
        self.parameters: Mapping[str, Scalar] = {"grobid": bool(settings.grobid)}

    def enrich(self, material: Material) -> Enriched | None:
        """Return the TEI; None without a server, without a PDF, and of a PDF without text.

        Raises GrobidFailed.
        """
        if self._grobid is None or material.pdf is None:
            return None
        answer = self._grobid.fulltext(material.pdf)
        if answer is None:
            return None
        tei, root = answer
        application = root.find(".//{*}appInfo/{*}application")
        said = [] if application is None else [application.get("ident"), application.get("version")]
        result = GrobidText(
            software=" ".join(filter(None, said)),
            paragraphs=sum(1 for _ in root.iterfind("{*}text/{*}body//{*}p")),
            references=sum(1 for _ in root.iterfind("{*}text/{*}back//{*}biblStruct")),
        )
        return Enriched(result, {}, tei=tei)
