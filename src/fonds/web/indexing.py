"""Which collections search engines may index: a switch per collection, off by default."""

from __future__ import annotations

from fnmatch import fnmatchcase

from fonds.settings import WebSettings


def may_index(settings: WebSettings, collection: str) -> bool:
    """Tell whether search engines may index the pages of a collection."""
    return any(fnmatchcase(collection, pattern) for pattern in settings.indexing)
