"""Which address is which use of the archive, as usage is counted."""

from __future__ import annotations

import re
from typing import Literal

import msgspec
from starlette.datastructures import QueryParams

from fonds.web.portal.asking import read

# descriptions and what hangs on a document: looked at, but not the document's text
_FREE_METADATA = frozenset({"json", "mods", "bibtex", "ris", "csl", "dc"})
_ABOUT = frozenset({"annexes", "covers", "enrichments", "enrichment"})
_OF_DOCUMENTS = ("/document/", "/ark:", "/notice/")
_ID = re.compile(r"/document/([0-9A-Fa-f]{40})(?:/(\w+)/([\w.,-]+))?")
_ARK = re.compile(r"(?:/ark:/?|/)(\d+)/([\w-]+)/(\w+)\.([\w.,-]+)")
_ENRICHMENT = re.compile(r"(?:/ark:/?|/)(\d+)/([\w-]+)/enrichments?/[\w.,-]+")
_NOTICE = re.compile(r"/notice/ark:/(\d+)/([\w-]+)(/read|/cite)?")
_EXPORT = re.compile(r"/(?:extract|corpora)/[\w-]+\.(?:zip|tar\.gz|tgz)")


class Use(msgspec.Struct, frozen=True):
    """What an address asks for; `document` is an id or an ARK."""

    kind: Literal["search", "investigation", "request", "export"]
    document: str = ""


def use_of(method: str, path: str, query: bytes) -> Use | None:
    """Return what a request would use; None for what no report counts."""
    if method not in ("GET", "POST"):
        return None
    plain = path.rstrip("/")
    plain = plain.removeprefix("/api") if plain.startswith("/api/") else plain
    if plain in ("", "/document"):
        return _search(plain, query)
    if method != "GET":
        return None
    if _EXPORT.fullmatch(plain) is not None:
        return Use("export")
    return _document(plain, query)


def _document(path: str, query: bytes) -> Use | None:
    if not path.startswith(_OF_DOCUMENTS) and not path[1:2].isdigit():
        return None
    merged = b"consolidate" in query  # enrichments within the text
    found = _ID.fullmatch(path)
    if found is not None:
        return _file(found[1].upper(), found[2] or "metadata", found[3] or "json", merged)
    found = _ARK.fullmatch(path)
    if found is not None:
        return _file(f"ark:/{found[1]}/{found[2].upper()}", found[3], found[4], merged)
    found = _ENRICHMENT.fullmatch(path)
    if found is not None:
        return _file(f"ark:/{found[1]}/{found[2].upper()}", "enrichments", "", merged)
    found = _NOTICE.fullmatch(path)
    if found is not None:
        return Use(
            "request" if found[3] == "/read" else "investigation", f"ark:/{found[1]}/{found[2]}"
        )
    return None


def _file(document: str, typology: str, extension: str, merged: bool) -> Use:
    about = (typology in _ABOUT and not merged) or (
        typology in ("metadata", "record") and extension in _FREE_METADATA
    )
    return Use("investigation" if about else "request", document)


def _search(path: str, query: bytes) -> Use | None:
    """Return a search; looking at further pages of a result is none."""
    given = QueryParams(query)
    if path == "":
        asked = read(given)
        return Use("search") if asked.is_search and asked.page == 1 else None
    if "extract" in given:
        return Use("export")
    if given.get("scrollId") or given.get("from", "0").strip("0"):
        return None
    return Use("search")
