"""How far what we read agrees with what Europe PMC says of the same articles.

`python -m tests.agreement` writes docs/reference/agreement.md.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from fonds.record import Record
from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_bytes

FIELDS = ("title", "journal", "year", "volume", "issue", "pages", "doi", "pmid", "authors", "issn")
_MARKUP = re.compile(r"<[^>]+>")


class Difference(msgspec.Struct, frozen=True):
    """One field of one article on which the two do not agree."""

    article: str
    field: str
    ours: str
    theirs: str
    reason: str


class Agreement(msgspec.Struct, frozen=True):
    """Articles compared and agreeing, by field."""

    compared: dict[str, int]
    agreed: dict[str, int]
    differences: tuple[Difference, ...]

    def absent(self, field: str) -> list[str]:
        """Return the articles whose delivered file does not hold the field."""
        return [d.article for d in self.differences if d.field == field and not d.ours]


def measure(corpora: Path) -> Agreement:
    """Compare every JATS article that has a `europepmc.json` beside it."""
    compared = dict.fromkeys(FIELDS, 0)
    agreed = dict.fromkeys(FIELDS, 0)
    differences: list[Difference] = []
    for witness in sorted((corpora / "jats").rglob("europepmc.json")):
        source = next(witness.parent.glob("*.xml"))
        ours = _ours(_record(source))
        theirs = _theirs(_whole(msgspec.json.decode(witness.read_bytes())))
        for field in FIELDS:
            if not theirs[field]:
                continue  # Europe PMC does not say it
            compared[field] += 1
            if _same(field, ours[field], theirs[field]):
                agreed[field] += 1
            else:
                reason = _reason(field, ours[field], theirs[field])
                shown = ("; ".join(ours[field]), "; ".join(theirs[field]))
                differences.append(Difference(source.stem, field, *shown, reason))
    return Agreement(compared, agreed, tuple(differences))


def _record(source: Path) -> Record:
    found = read_bytes(source.read_bytes(), load_readers(), LimitSettings())
    assert isinstance(found, tuple), f"{source.name}: {found}"
    return found[0].record


def _whole(witness: dict[str, Any]) -> dict[str, Any]:
    """Return the answer of Europe PMC; one dialect keeps it whole under `full`."""
    return {**witness, **witness.get("full", {})}


def _ours(record: Record) -> dict[str, tuple[str, ...]]:
    host = record.host
    assert host is not None
    pages = host.pages
    numbers = f"{pages.first}-{pages.last}".strip("-") if pages and pages.first else ""
    return {
        "title": _one(_plain(record.title)),
        "journal": _one(_plain(host.title)),
        "year": _one(record.publication_date),
        "volume": _one(host.volume),
        "issue": _one(host.issue),
        "pages": _one(_pages(numbers or host.article_number)),
        "doi": tuple(doi.lower() for doi in record.doi),
        "pmid": record.pmid,
        "authors": tuple(_plain(person.surname or person.name) for person in record.author),
        "issn": (*host.issn, *host.eissn),
    }


def _theirs(witness: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    info = _first(witness, "journalInfo") or {}
    journal = _first(info, "journal") or {}
    listed = (_first(witness, "authorList") or {}).get("author", [])
    listed = [listed] if isinstance(listed, dict) else listed
    names = (
        _first(a, "lastName") or _first(a, "collectiveName") or _first(a, "fullName")
        for a in listed
    )
    number = {key.lower(): key for key in journal}
    issns = (_first(journal, number[key]) for key in ("issn", "essn") if key in number)
    return {
        "title": _one(_plain(_text(witness, "title"))),
        "journal": _one(_plain(_text(journal, "title"))),
        "year": _one(_text(info, "yearOfPublication") or _text(witness, "pubYear")),
        "volume": _one(_text(info, "volume")),
        "issue": _one(_text(info, "issue")),
        "pages": _one(_pages(_text(witness, "pageInfo"))),
        "doi": _one(_text(witness, "doi").lower()),
        "pmid": _one(_text(witness, "pmid")),
        "authors": tuple(_plain(str(name)) for name in names if name),
        "issn": tuple(str(issn) for issn in issns if issn),
    }


def _first(values: dict[str, Any], key: str) -> Any:
    """Return a value; one dialect of the witness wraps every value in a list."""
    value = values.get(key)
    return (value[0] if value else None) if isinstance(value, list) else value


def _text(values: dict[str, Any], key: str) -> str:
    return str(_first(values, key) or "")


def _one(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _plain(text: str) -> str:
    """Return letters and digits only: case, accents and punctuation are not compared."""
    bare = unicodedata.normalize("NFKD", _MARKUP.sub("", text))
    return re.sub(r"[^a-z0-9]", "", bare.encode("ascii", "ignore").decode().lower())


def _pages(text: str) -> str:
    """Write "230-5" as "230-235", and one page as itself."""
    first, _, last = text.replace("–", "-").replace(" ", "").partition("-")
    head = re.match(r"[A-Za-z]*", first)
    letters = head[0] if head else ""
    last = last.removeprefix(letters)
    number = first.removeprefix(letters)
    if last and len(last) < len(number):
        last = number[: len(number) - len(last)] + last
    return first if not last or last == number else f"{first}-{letters}{last}"


def _same(field: str, ours: tuple[str, ...], theirs: tuple[str, ...]) -> bool:
    return bool(set(ours) & set(theirs)) if field in ("issn", "doi") else ours == theirs


def _reason(field: str, ours: tuple[str, ...], theirs: tuple[str, ...]) -> str:
    if not ours:
        return "the publisher's file does not have it"
    if field == "pages" and ours[0].startswith(theirs[0]):
        return "Europe PMC gives the article number, the file its pages too"
    if field == "journal":
        return "PubMed Central and Europe PMC spell the journal differently"
    if field == "year":
        return "the issue's year in the file, the electronic year in Europe PMC"
    return "the two sources differ"


def page(found: Agreement) -> str:
    """Return the figures and what is left as a page."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Agreement) -> Iterator[str]:
    yield "# Agreement with Europe PMC\n"
    yield "What the JATS reader reads, against Europe PMC's own description of the same articles"
    yield "(case, accents and punctuation not compared). The share counts the articles whose file"
    yield "holds the field. Written by `python -m tests.agreement`.\n"
    yield "| field | articles | not in the file | agree | share |\n|---|---:|---:|---:|---:|"
    for field in FIELDS:
        absent = len(found.absent(field))
        count, good = found.compared[field], found.agreed[field]
        share = 100 * good / max(1, count - absent)
        yield f"| {field} | {count} | {absent} | {good} | {share:.1f} % |"
    yield "\n## What is left\n"
    yield "| article | field | ours | Europe PMC | reason |\n|---|---|---|---|---|"
    for one in found.differences:
        yield f"| {one.article} | {one.field} | {one.ours} | {one.theirs} | {one.reason} |"
