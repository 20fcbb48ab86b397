"""Language codes, whatever a publisher writes, as ISO 639-2/B (table: Library of Congress)."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def language(code: str | None) -> str:
    """Return the three-letter code for `fr`, `fr-CA`, `fra`, `French`; empty if unknown."""
    if not code:
        return ""
    plain = code.strip().lower().replace("_", "-")
    table = _table()
    return table.get(plain) or table.get(plain.partition("-")[0], "")


@cache
def tag(code: str) -> str:
    """Return the tag of a three-letter code for `xml:lang` (BCP 47); empty if unknown."""
    return _tags().get(code, "")


@cache
def _tags() -> dict[str, str]:
    """Return the shortest code of each language: of two letters, else the terminological one."""
    text = resources.files("fonds.sources").joinpath("languages.tsv").read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines()[1:])
    return {row[0]: row[2] or row[1] or row[0] for row in rows}


@cache
def _table() -> dict[str, str]:
    text = resources.files("fonds.sources").joinpath("languages.tsv").read_text("utf-8")
    found: dict[str, str] = {}
    for line in text.splitlines()[1:]:
        bibliographic, *others = line.split("\t")
        for name in (bibliographic, *others):
            if name:
                found.setdefault(name.lower(), bibliographic)
    return found
