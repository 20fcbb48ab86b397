"""ISTEX's vocabularies of genres, and the addresses of their terms."""

from __future__ import annotations

CONTENT_TYPES = "https://content-type.data.istex.fr"
PUBLICATION_TYPES = "https://publication-type.data.istex.fr"

_CONTENT = {
    "abstract": "XTP-HPN7T1Q2-R",
    "article": "XTP-6N5SZHKN-D",
    "book": "XTP-94FB0L8V-T",
    "book-reviews": "XTP-PBH5VBM9-4",
    "brief-communication": "XTP-S9SX2MFS-0",
    "case-report": "XTP-29919SZJ-6",
    "chapter": "XTP-CGT4WMJM-6",
    "conference": "XTP-BFHXPBJJ-3",
    "editorial": "XTP-STW636XV-K",
    "other": "XTP-7474895G-0",
    "research-article": "XTP-1JC4F85T-7",
    "review-article": "XTP-L5L7X3NF-P",
}
_PUBLICATION = {
    "book": "JMC-5WTPMB5N-F",
    "book-series": "JMC-0G6R5W5T-Z",
    "database": "JMC-NTSGR1R0-Z",
    "journal": "JMC-0GLKJH51-B",
}


def content_type(genre: str) -> str:
    """Return the address of a genre of documents; empty when the vocabulary lacks it."""
    name = _CONTENT.get(genre)
    return f"{CONTENT_TYPES}/ark:/67375/{name}" if name else ""


def publication_type(genre: str) -> str:
    """Return the address of a genre of hosts; empty when the vocabulary lacks it."""
    name = _PUBLICATION.get(genre)
    return f"{PUBLICATION_TYPES}/ark:/67375/{name}" if name else ""
