"""CSL-JSON: what citation processors (Zotero, Pandoc, citeproc) work with."""

from __future__ import annotations

from typing import Any, Literal

import msgspec

from fonds.record import Record
from fonds.renditions.citations.bibtex import key
from fonds.renditions.citations.work import Kind, Work, work_of
from fonds.renditions.model import Material
from fonds.renditions.names import Name

_TYPES: dict[Kind, str] = {
    "article": "article-journal",
    "chapter": "chapter",
    "conference": "paper-conference",
    "book": "book",
    "preprint": "article",
}


class CslJson:
    """Makes `csl`."""

    name = "csl"
    extension = "csl"
    typology: Literal["fulltext", "metadata"] = "metadata"
    mimetype = "application/vnd.citationstyles.csl+json"
    version = 1
    stored = False

    def make(self, material: Material) -> bytes | None:
        """Return a list with one item."""
        return msgspec.json.format(msgspec.json.encode([item_of(material.record)])) + b"\n"


def item_of(record: Record) -> dict[str, Any]:
    """Return what CSL calls an item; nothing that is empty."""
    item = _item(work_of(record))
    item["PMID"] = next(iter(record.pmid), "")
    item["PMCID"] = next(iter(record.pmcid), "")
    return {name: value for name, value in item.items() if value}


def _item(work: Work) -> dict[str, Any]:
    return {
        "id": work.ark or key(work),
        "type": _TYPES[work.kind],
        "title": work.title,
        "author": [_name(name) for name in work.authors],
        "editor": [_name(name) for name in work.editors],
        "container-title": work.container if work.kind != "book" else "",
        "collection-title": work.series,
        "volume": work.volume,
        "issue": work.issue,
        "page": work.pages,
        "number": work.number,
        "issued": _date(work.date or work.year),
        "publisher": work.publisher,
        "DOI": work.doi,
        "ISSN": ", ".join(work.issn),
        "ISBN": " ".join(work.isbn),
        "URL": work.address,
        "language": work.language,
        "keyword": ", ".join(work.keywords),
        "abstract": work.abstract,
    }


def _name(name: Name) -> dict[str, str]:
    if not name.family:
        return {"literal": name.whole}
    return {"family": name.family, **({"given": name.given} if name.given else {})}


def _date(date: str) -> dict[str, Any]:
    parts = date.split("-")
    if not all(part.isascii() and part.isdigit() for part in parts):
        return {"literal": date} if date else {}
    return {"date-parts": [[int(part) for part in parts]]}
