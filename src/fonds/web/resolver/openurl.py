"""OpenURL, 0.1 and 1.0 (ANSI/NISO Z39.88-2004, KEV), read as the world writes it.

Both versions may stand in one address, prefixes are misspelt, values are quoted or encoded twice,
bytes may be Latin-1: nothing of it fails, unknown keys are ignored. `rft_ref` (a description by
reference) is never fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import unquote_to_bytes

from fonds.sources import values
from fonds.web.resolver.citation import Citation

Pairs = list[tuple[str, str]]

_CONTROLS = bytes(32 if one < 32 or one == 127 else one for one in range(256))
_PREFIX = re.compile(r"(?:rft|ref|rtf)[._]")
_ENCODED_TWICE = re.compile(r"%[0-9A-Fa-f]{2}")
_LATIN = ("iso-8859-1", "latin-1", "cp1252", "windows-1252")
_IDENTIFIER = re.compile(
    r"(?:info:|urn:)?(?P<kind>doi|pmid|pii|ark|issn|isbn)[:/]\s*(?P<value>.+)", re.IGNORECASE
)
_ADDRESSES = (
    (re.compile(r"https?://(?:dx\.)?doi\.org/(.+)", re.IGNORECASE), "doi"),
    (re.compile(r"https?://(?:www\.)?ncbi\.nlm\.nih\.gov/pubmed/(\d+)/?", re.IGNORECASE), "pmid"),
    (re.compile(r"https?://pubmed\.ncbi\.nlm\.nih\.gov/(\d+)/?", re.IGNORECASE), "pmid"),
    (re.compile(r"(?:https?://\S+?/)?(ark:/?\S+)", re.IGNORECASE), "ark"),
    (re.compile(r"(10\.\d{4,9}/.+)"), "doi"),
)
_YEAR = re.compile(r"\d{4}")
_MOST_PAIRS = 200
_MOST_VALUE = 4_000  # characters


def read_openurl(query: bytes) -> Citation:
    """Read the citation of an OpenURL's query string; never fails."""
    return citation_of(pairs_of(query))


def pairs_of(query: bytes) -> Pairs:
    """Return keys and values, repeated keys kept, in order. Blanks and quotes around are cut."""
    parts = [part for part in query.split(b"&") if part][:_MOST_PAIRS]
    latin = any(name in query.lower() for name in (n.encode() for n in _LATIN))
    found: Pairs = []
    for part in parts:
        key, _, value = part.partition(b"=")
        if value.startswith((b"rft_id=", b"rft.")):  # `url_ver=rft_id=info:doi/...`
            key, _, value = value.partition(b"=")
        found.append((_decoded(key, latin=latin).strip().lower(), _value(value, latin=latin)))
    return found


def citation_of(pairs: Iterable[tuple[str, str]]) -> Citation:
    """Return what pairs of key and value say of a document."""
    said: dict[str, str] = {}
    identifiers: dict[str, list[str]] = {}
    for key, value in pairs:
        if not value:
            continue
        name = _PREFIX.sub("", key, count=1)
        if name in ("id", "doi", "pmid", "pii", "ark"):
            _note_identifier(name, value, identifiers)
        elif name in ("issn", "eissn", "isbn", "eisbn"):
            identifiers.setdefault(name.removeprefix("e"), []).append(value)
        else:
            said.setdefault(name, value)
    host = said.get("jtitle") or said.get("btitle") or said.get("title") or said.get("stitle", "")
    return Citation(
        doi=_unique(values.doi(text) for text in identifiers.get("doi", ())),
        pmid=_unique(text for text in identifiers.get("pmid", ()) if text.isdigit()),
        pii=_unique(identifiers.get("pii", ())),
        ark=_unique(identifiers.get("ark", ())),
        title=said.get("atitle", ""),
        host_title=host,
        host_doi=values.doi(said.get("jdoi", "") or said.get("bdoi", "")) or "",
        issn=_unique(values.issn(text.replace(" ", "")) for text in identifiers.get("issn", ())),
        isbn=_unique(re.sub(r"[\s-]", "", text) for text in identifiers.get("isbn", ())),
        year=_year(said.get("date", "") or said.get("year", "")),
        volume=said.get("volume", ""),
        issue=said.get("issue", ""),
        first_page=_first_page(said),
        last_page=said.get("epage", ""),
        author=said.get("aulast") or said.get("au") or said.get("aucorp", ""),
        genre=said.get("genre", ""),
    )


def read_identifier(text: str) -> tuple[str, str] | None:
    """Return kind and value of an identifier in any notation; None when it is none."""
    text = text.strip().strip("\"'")
    for form, kind in _ADDRESSES:
        match = form.fullmatch(text)
        if match is not None:
            return kind, _plain_ark(match[1]) if kind == "ark" else match[1]
    match = _IDENTIFIER.fullmatch(text)
    if match is None:
        return None
    kind, value = match["kind"].lower(), match["value"].strip().strip("\"'")
    return kind, _plain_ark(f"ark:/{value}") if kind == "ark" else value


def _plain_ark(text: str) -> str:
    """Return an ARK as the archive writes it; the slash after the colon may be missing."""
    return f"ark:/{text[len('ark:') :].lstrip('/')}"


def _note_identifier(name: str, value: str, found: dict[str, list[str]]) -> None:
    read = read_identifier(value)
    if read is None and name != "id":
        read = (name, value)
    if read is not None:
        found.setdefault(read[0], []).append(read[1])


def _decoded(part: bytes, *, latin: bool) -> str:
    """Return a text: UTF-8, or what browsers of old sent; control characters are blanks."""
    data = unquote_to_bytes(part.replace(b"+", b" ")).translate(_CONTROLS)
    if latin:
        return data.decode("cp1252", "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _value(part: bytes, *, latin: bool) -> str:
    text = _decoded(part, latin=latin)
    if _ENCODED_TWICE.search(text) and b"%25" in part:  # a proxy encoded it once more
        text = _decoded(text.encode("utf-8"), latin=latin)
    return " ".join(text.split())[:_MOST_VALUE].strip("\"'").strip()


def _unique(found: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in found if text))


def _year(text: str) -> str:
    match = _YEAR.search(text)
    return match[0] if match is not None else ""


def _first_page(said: dict[str, str]) -> str:
    pages = said.get("spage") or said.get("artnum") or said.get("pages", "")
    return re.split(r"\s*[-–—]\s*", pages)[0] if "spage" not in said else pages
