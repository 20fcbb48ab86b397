"""The enrichment `vectors`: where a document lies among others by what its abstract says.

It is made of title and abstract, which everyone may read, never of the text: so it may be open, and
nothing made from it can tell of a text that may not be read.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from fonds.enrich.language import language_of
from fonds.enrich.model import Enriched, Material, Part, Scalar
from fonds.enrich.vectors.model_file import Sentences, load, read_card
from fonds.enrich.vectors.quantised import small
from fonds.record import Record
from fonds.settings import EnrichSettings

NAME = "vectors"
_LEAST_WORDS = 3  # of title and abstract together; fewer ("Editorial") say nothing


class SentenceVector(msgspec.Struct, frozen=True):
    """The vector of a document: `values`, each a signed byte, times `scale`."""

    model: str
    dimensions: int
    made_of: str  # "title", "abstract" or "title, abstract"
    language: str  # of the document, ISO 639-2/B; empty when unknown
    scale: float
    values: bytes  # base64 in JSON


class VectorsOfSentences:
    """Makes `vectors`, where a model is kept (`fonds enrich model`)."""

    name = NAME
    version = 1
    provenance = "all-MiniLM-L6-v2 (Apache-2.0), of title and abstract; reckoned with numpy (BSD)"
    reads: tuple[Part, ...] = ("record",)
    after: tuple[str, ...] = ("language",)
    is_open = False

    def __init__(self, settings: EnrichSettings) -> None:
        self._folder = settings.models
        self._card = read_card(settings.models)
        self._sentences: Sentences | None = None
        self.parameters: Mapping[str, Scalar] = {"model": self._card.said} if self._card else {}

    def enrich(self, material: Material) -> Enriched | None:
        """Return the vector; None without a model, or without three words to read.

        Raises ModelUnreadable.
        """
        text, made_of = described(material.record)
        if self._card is None or len(text.split()) < _LEAST_WORDS:
            return None
        self._sentences = self._sentences or load(self._folder, self._card)
        values, scale = small(self._sentences.vector(text))
        language = language_of(material)
        return Enriched(
            SentenceVector(
                self._card.said, len(values), made_of, language, round(scale, 9), values.tobytes()
            )
        )


def described(record: Record) -> tuple[str, str]:
    """Return what a vector is made of, and its parts by name."""
    title, abstract = record.title.strip(), record.abstract.strip()
    parts = {"title": title, "abstract": abstract}
    stop = "" if title.endswith((".", "?", "!")) else "."
    text = f"{title}{stop} {abstract}" if title and abstract else title or abstract
    return text, ", ".join(name for name, part in parts.items() if part)
