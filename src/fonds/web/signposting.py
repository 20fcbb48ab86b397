"""Signposting: typed links that lead machines from a landing page to everything around it.

Level 1 stands in the `Link` header, level 2 is the set of links (RFC 9264). https://signposting.org
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from fonds.record import FileDescriptor, Record

LINKSET = "application/linkset+json"
_MOST_AUTHORS = 20  # in a header; the set of links has all of them
_TYPES = ("https://schema.org/AboutPage", "https://schema.org/ScholarlyArticle")


class Link(msgspec.Struct, frozen=True):
    """One typed link."""

    rel: str
    href: str
    type: str = ""


def links(
    record: Record, base: str, files: Iterable[FileDescriptor], forms: Iterable[tuple[str, str]]
) -> tuple[Link, ...]:
    """Return the links of a landing page.

    `files` are those that may be read; `forms` name and type of the descriptions.
    """
    return tuple(_links(record, base, files, forms))


def header(found: Iterable[Link], linkset: str) -> str:
    """Return a `Link` header; a work of very many authors names the first ones."""
    kept: list[Link] = []
    authors = 0
    for link in found:
        authors += link.rel == "author"
        if link.rel != "author" or authors <= _MOST_AUTHORS:
            kept.append(link)
    kept.append(Link("linkset", linkset, LINKSET))
    return ", ".join(_written(link) for link in kept)


def linkset(found: Iterable[Link], anchor: str) -> bytes:
    """Return the set of links of a landing page, with what its files say of it."""
    here: dict[str, Any] = {"anchor": anchor}
    below: list[dict[str, Any]] = []
    for link in found:
        target = {"href": link.href} | ({"type": link.type} if link.type else {})
        here.setdefault(link.rel, []).append(target)
        if link.rel in ("item", "describedby"):
            back = "collection" if link.rel == "item" else "describes"
            below.append({"anchor": link.href, back: [{"href": anchor, "type": "text/html"}]})
    return msgspec.json.encode({"linkset": [here, *below]})


def _links(
    record: Record, base: str, files: Iterable[FileDescriptor], forms: Iterable[tuple[str, str]]
) -> Iterator[Link]:
    ark = f"{base}/{record.ark_istex}"
    yield Link("cite-as", ark)
    for kind in _TYPES:
        yield Link("type", kind)
    for author in record.author:
        if author.orcid:
            yield Link("author", f"https://orcid.org/{author.orcid}")
    licence = record.access_condition.value if record.access_condition else ""
    if licence.startswith(("http://", "https://")) and not set(licence) & set('<>" \n'):
        yield Link("license", licence)
    for file in files:
        yield Link("item", f"{base}{file.uri}", file.mimetype)
    for name, mimetype in forms:
        yield Link("describedby", f"{ark}/record.{name}", mimetype)


def _written(link: Link) -> str:
    kind = f'; type="{link.type}"' if link.type else ""
    return f'<{link.href}>; rel="{link.rel}"{kind}'
