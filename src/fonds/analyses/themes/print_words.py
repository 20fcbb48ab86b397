"""Words that stand on every page of some journals and say nothing of their subject."""

from __future__ import annotations

# stems
PRINT = frozenset(
    {"doi", "dx", "http", "https", "www", "org", "com", "orcid", "licens", "copyright", "issn",
     "creativ", "common", "download", "reprint", "erratum", "errata", "corrigendum", "télécharg"}
)  # fmt: skip
