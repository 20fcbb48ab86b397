"""Sitemaps as XML: a list of addresses, or a list of such lists (https://www.sitemaps.org)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

import msgspec

from fonds.renditions.xml_text import clean, element

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = ' xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


class Place(msgspec.Struct, frozen=True):
    """An address in a list."""

    address: str
    time: float = 0.0  # of its last change, seconds since 1970; 0: not said
    more: str = ""  # XML that is said of it


def sitemap(places: Iterable[Place], before: str = "", namespaces: str = "") -> bytes:
    """Return a list of addresses."""
    return _list("urlset", "url", places, before, namespaces)


def sitemap_index(places: Iterable[Place], before: str = "", namespaces: str = "") -> bytes:
    """Return a list of lists."""
    return _list("sitemapindex", "sitemap", places, before, namespaces)


def _list(root: str, each: str, places: Iterable[Place], before: str, namespaces: str) -> bytes:
    said = [f"{_HEAD}<{root}{_NAMESPACE}{namespaces}>", *filter(None, (before,))]
    for one in places:
        changed = element("lastmod", moment(one.time)) if one.time else ""
        said.append(f"<{each}>{element('loc', one.address)}{changed}{one.more}</{each}>")
    return clean("\n".join((*said, f"</{root}>\n")))


def moment(seconds: float) -> str:
    """Return a moment as W3C writes it, UTC, to the second."""
    return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
