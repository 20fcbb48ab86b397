"""What was typed into the search box: words, an identifier, or a reference pasted as text."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

from fonds.holdings.describing import plain
from fonds.record import Contributor
from fonds.search.engine import SearchRequest
from fonds.search.query.printer import escape, quote
from fonds.search.query.tree import Boolean, Clause, Node, Phrase, Term
from fonds.web.resolver.openurl import read_identifier
from fonds.web.services import Services

Kind = Literal["words", "doi", "pmid", "pmcid", "ark", "issn", "reference"]
_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+")
_BARE_DOI = re.compile(r"(?:doi\s*:?\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
_PMID = re.compile(r"pmid\s*:?\s*(\d{1,9})", re.IGNORECASE)
_PMCID = re.compile(r"(?:pmcid\s*:?\s*)?(PMC\d{2,9})", re.IGNORECASE)
_ISSN = re.compile(r"(?:e?issn\s*:?\s*)?(\d{4})-(\d{3}[\dX])", re.IGNORECASE)
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
# what only a query has: a field, an operator, a wildcard, a range, words weighed or near
_QUERY = re.compile(r"\b[a-z][\w.]+:\S|\b(?:AND|OR|NOT)\b|\w[*?]|[\[{]\S+ TO |[\"”]~\d|\)\^\d")
_LEAST_LETTERS, _MOST_LETTERS = 40, 2_000  # of a reference
_LEAST_WORDS = 6
_TITLE_WORDS = 4  # a shorter title alone is not recognised
_LOOKED_AT = 20
_MOST_TERMS = 60


class Understood(msgspec.Struct, frozen=True):
    """How a text is searched, and why."""

    kind: Kind
    query: str  # in the query language
    value: str = ""  # the identifier; the title of the article that a reference names
    words: str = ""  # the same text as words, nothing in it means anything else


class _Brief(msgspec.Struct, frozen=True, rename="camel"):
    id: str = ""
    title: str = ""
    publication_date: str = ""
    author: tuple[Contributor, ...] = ()


_decode = msgspec.json.Decoder(_Brief).decode


def understand(services: Services, q: str) -> Understood:
    """Return how a text is to be searched."""
    found = _identifier(q) or _reference(services, q)
    if found is None:
        return Understood("words", q)
    return msgspec.structs.replace(found, words=" ".join(plain(q).split()))


def _identifier(q: str) -> Understood | None:
    text = q.strip().strip("\"'").rstrip(".,;")
    if "*" in text:
        return None
    if match := _BARE_DOI.fullmatch(text):
        return Understood("doi", f"doi:{quote(match[1])}", match[1])
    if match := _PMID.fullmatch(text):
        return Understood("pmid", f"pmid.raw:{quote(match[1])}", match[1])
    if match := _PMCID.fullmatch(text):
        return Understood("pmcid", f"pmcid:{quote(match[1].upper())}", match[1].upper())
    if match := _ISSN.fullmatch(text):
        issn = f"{match[1]}-{match[2].upper()}"
        return Understood(
            "issn", f"host.issn.raw:{quote(issn)} OR host.eissn.raw:{quote(issn)}", issn
        )
    if " " in text:
        return None
    kind, value = read_identifier(text) or ("", "")
    if kind == "doi":
        return Understood("doi", f"doi:{quote(value)}", value)
    if kind == "pmid":
        return Understood("pmid", f"pmid.raw:{quote(value)}", value)
    if kind == "ark":
        return Understood("ark", f"arkIstex.raw:{quote(value)} OR ark.raw:{quote(value)}", value)
    return None


def _reference(services: Services, q: str) -> Understood | None:
    """Read a reference as printed: by its DOI, else by the article whose title it holds."""
    words = plain(q).split()
    long_enough = _LEAST_LETTERS <= len(q) <= _MOST_LETTERS and len(words) >= _LEAST_WORDS
    if not long_enough:
        return None
    if doi := _DOI.search(q):
        value = doi.group().rstrip(".,;)]")
        return Understood("reference", f"doi:{quote(value)}", value)
    if _QUERY.search(q) or not _YEAR.search(q):
        return None
    request = SearchRequest(query=_likely(words), size=_LOOKED_AT)
    for hit in services.search.search(request).hits:
        found = _decode(hit.source)
        if _holds(q, found):
            return Understood("reference", f"id:{quote(found.id)}", found.title)
    terms = " ".join(escape(word) for word in dict.fromkeys(words[:_MOST_TERMS]))
    return Understood("reference", f"title:({terms}) author.name:({terms}) host.title:({terms})")


def _likely(words: list[str]) -> Node:
    """Return a question for titles with the words of a reference, its longest ones."""
    chosen = sorted(set(words), key=lambda word: (-len(word), word))[:_MOST_TERMS]
    clauses = [Clause("should", Term(start=0, end=0, field="title", text=one)) for one in chosen]
    begun = Phrase(start=0, end=0, field="title", text=" ".join(words[:_TITLE_WORDS]))
    return Boolean(start=0, end=0, clauses=(*clauses, Clause("should", begun)))


def _holds(reference: str, found: _Brief) -> bool:
    """Tell whether a reference names an article: its whole title, its year, one of its authors."""
    text, title = f" {plain(reference)} ", plain(found.title)
    if len(title.split()) < _TITLE_WORDS or f" {title} " not in text:
        return False
    years = {int(year) for year in _YEAR.findall(reference)}
    held = found.publication_date[:4]
    if held.isdigit() and years and not any(abs(int(held) - year) <= 1 for year in years):
        return False
    names = [plain(one.surname or one.name).split() for one in found.author]
    return not names or any(f" {name[-1]} " in text for name in names if name)
