"""An enrichment that does what the title of a document says, so that faults enter by the door."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping

import msgspec

from fonds.enrich.door import Enriched, Material
from fonds.enrich.model import Part, Scalar
from fonds.enrich.standoff import annotation_list, block, keywords, term
from fonds.settings import EnrichSettings


class Found(msgspec.Struct, frozen=True):
    words: int


class Probe:
    """Counts the words of the title."""

    name = "probe"
    version = 1
    provenance = "counts words"
    reads: tuple[Part, ...] = ("record",)
    after: tuple[str, ...] = ("language",)
    is_open = False

    def __init__(self, settings: EnrichSettings) -> None:
        self.parameters: Mapping[str, Scalar] = {"languages": " ".join(settings.languages)}

    def enrich(self, material: Material) -> Enriched | None:
        title = material.record.title
        match title:
            case "raise":
                raise ValueError("this title cannot be counted")
            case "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            case "sleep":
                time.sleep(60)
            case "memory":
                raise MemoryError
            case "nothing":
                return None
        words = title.split()
        lists = (
            annotation_list(
                "rd-probe", [block([keywords([term(w) for w in words], change="probe")])]
            ),
        )
        layer = title.upper().encode() if title.startswith("layer") else b""
        return Enriched(Found(len(words)), {"keywords": {"teeft": words}}, lists, layer=layer)
