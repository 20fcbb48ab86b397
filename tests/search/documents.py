"""The documents that every engine answers about: some made by hand, and the bundled deliveries."""

from __future__ import annotations

from functools import cache

import msgspec

from fonds.loading.prepare import PrepareTools, prepare
from fonds.settings import Settings
from fonds.sources.delivery import open_delivery
from fonds.sources.model import Candidate
from tests.conftest import ROOT
from tests.search.reference import Document

DELIVERIES = ROOT / "src" / "fonds" / "demo" / "deliveries"

# titles, abstracts and texts that French, German and odd typing meet
MADE: tuple[dict[str, object], ...] = (
    {
        "title": "L’évolution de l'œuvre d’Émile Zola",
        "abstract": "Cet été, l’auteur étudie l'été.",
        "language": ["fre"],
        "genre": ["article"],
        "publicationDate": "1998",
        "subject": [{"value": "Logopédie"}],
        "author": [{"name": "Hélène Dupré"}, {"name": "Marie Curie"}],
        "doi": ["10.1000/abc.(1)"],
        "host": {"genre": ["journal"], "title": "Revue d'histoire", "volume": "52A", "issue": "3"},
    },
    {
        "title": "Past climate change in Greenland: sub-arctic disease-free plants",
        "abstract": "The past climate. Climate of the past was studied on the moon.",
        "language": ["eng"],
        "genre": ["research-article"],
        "publicationDate": "1905",
        "author": [{"name": "Anna Marie Schmidt"}, {"name": "Curie Pierre"}],
        "hasFormula": True,
        "host": {
            "genre": ["journal"],
            "title": "Journal of Ice",
            "volume": "12",
            "issue": "3",
            "pages": {"first": "101", "last": "119"},
            "issn": ["1366-8714"],
        },
        "qualityIndicators": {
            "score": 8.35,
            "pdfVersion": 1.4,
            "pdfWordCount": 1500,
            "refBibsNative": True,
        },
    },
    {
        "title": "Straße und Fluß: Größe der Düsseldorfer Brücken",
        "abstract": "ﬁne ﬂow",
        "language": ["ger"],
        "genre": ["review-article"],
        "publicationDate": "1400",
        "host": {"genre": ["book"], "title": "Brücken", "volume": "5"},
        "hasFormula": False,
        "qualityIndicators": {
            "score": 3,
            "pdfVersion": 1.7,
            "pdfWordCount": 275240,
            "refBibsNative": False,
        },
    },
    {
        "title": "Is it safe? Franz Josef Land and the jeux paralympiques / paralímpicos",
        "abstract": "Klaus Barbie. Barbie dolls.",
        "language": ["unknown"],
        "genre": ["editorial"],
        "subject": [{"value": "Barbie"}, {"value": "pigeon", "lang": ["eng"]}, {"value": "retina"}],
        "categories": {"inist": ["1 - sciences exactes et technologie"], "wos": ["2 - veterinary"]},
        "accessCondition": {"contentType": "isOpenAccess", "value": "https://x.org/by"},
        "refBibs": [
            {
                "title": "Facteur Cheval",
                "author": [{"name": "A B"}, {"name": "C D"}],
                "publicationDate": "1999",
                "host": {"title": "Science", "volume": "316"},
            }
        ],
    },
    {
        "title": "東京の研究 quantum spitzbergen",
        "abstract": "CGATCGAT dna ham jam spam",
        "keywords": {"teeft": ["music theory", "musicology"]},
        "publicationDate": "2015",
        "copyrightDate": "2014",
        "arkIstex": "ark:/67375/HXZ-7R7P2T8X-6",
        "ark": ["ark:/67375/HXZ-7R7P2T8X-6"],
    },
    {
        "title": "quick brown fox C++ 1+1=2 foo-bar l'homme aujourd'hui",
        "publicationDate": "2020",
        "host": {"genre": ["journal"], "title": "Science", "publicationDate": "2020"},
    },
)


@cache
def documents() -> tuple[Document, ...]:
    """Return made and real documents, the real ones from the bundled deliveries."""
    found = [
        Document(
            at,
            f"{at:040X}",
            {**made, "corpusName": "made", "id": f"{at:040X}"},
            f"{made['title']} is discussed. The fungus and the fungi, birds or avian flu."
            if at % 2
            else "",
        )
        for at, made in enumerate(MADE, start=1)
    ]
    with PrepareTools(Settings()) as tools:
        for collection in ("pensoft", "elife", "scielo"):
            with open_delivery(
                DELIVERIES / collection, tools.settings.limits, ROOT / "spool-unused"
            ) as delivery:
                for item in delivery:
                    if isinstance(item, Candidate) and item.pdf is None:
                        made = prepare(item, collection, tools).documents[0]
                        at = len(found) + 1
                        record = msgspec.json.decode(msgspec.json.encode(made.document.record))
                        record |= {"corpusName": collection, "id": f"{at:040X}"}
                        found.append(Document(at, f"{at:040X}", record, made.index_text[:6_000]))
                    if len(found) % 25 == 0:
                        break
    return tuple(found)
