"""The requests of `reach`: pages, the resolver, look-ups, what harvesters read, searches."""

from __future__ import annotations

import http.client
import json
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec

from benchmarks import queries
from benchmarks.dataset import seeds
from benchmarks.two_journals import CENTURY, FULL_YEAR

REQUESTS = 300  # of each kind
SEARCH = "search, API, three facets"
_REFERENCES = 20  # of one look-up, as a page of Scholar has them, and PubMed at its largest
_PAGE = 60.0  # ms, p95
_ARTICLE = 30.0
_RESOLVER = 10.0
_LOOK_UP = 20.0
_Described = dict[str, str]


class Asked(msgspec.Struct, frozen=True):
    """Requests of one kind, and what their p95 may be."""

    what: str
    paths: Sequence[str]
    bodies: Sequence[bytes] = ()  # posted instead of GET, in turn
    most: float | None = None  # ms, p95
    page: bool = False
    requests: int = REQUESTS


def asked(port: int) -> Iterator[Asked]:
    """Give the requests of each kind, made of what a served home holds."""
    words = queries.short(seeds(), REQUESTS)
    random.Random(7).shuffle(words)
    yield Asked("results page", [f"/?{urlencode({'q': q})}" for q in words], most=_PAGE, page=True)
    real = _hits(port, "corpusName:jats", "arkIstex,doi,title,publicationDate,author.name")
    copies = _hits(port, "doi:10.5555*", "arkIstex,doi,title,publicationDate,author.name")
    for what, found in (("real articles", real), ("copies of records", copies)):
        notices = [f"/notice/{one['arkIstex']}" for one in found]
        yield Asked(f"article page, {what}", notices, most=_ARTICLE, page=True)
    yield from _journals(port)
    yield from _resolved(copies)
    bodies = {
        "by DOI": _bodies(copies, _by_doi),
        "by title": _bodies(copies, _by_title),
        "by title, real articles": _bodies(real, _by_title),
    }
    for what, posted in bodies.items():
        yield Asked(f"look-up of 20 references {what}", ["/lookup"], posted, most=_LOOK_UP)
    yield from _harvested()
    faceted = [{"q": q, "output": "*", "facet": queries.FACETS} for q in words]
    searches = [f"/document/?{urlencode(one)}" for one in faceted]
    yield Asked(SEARCH, searches, requests=10 * REQUESTS)


def _journals(port: int) -> Iterator[Asked]:
    century, full = (_moved(port, f"/journals/{one}") for one in (CENTURY, FULL_YEAR))
    years = [f"{century}?year={year}" for year in range(1921, 2021)]
    yield Asked("journal page, 100 years", [century, *years], most=_PAGE, page=True)
    pages = [f"{full}?page={number}" for number in range(1, 201)]
    yield Asked("journal page, a tenth of all in a year", [full, *pages], most=_PAGE, page=True)
    yield Asked("list of journals", ["/journals", "/journals?letter=P"], most=_PAGE, page=True)


def _resolved(copies: Sequence[dict[str, Any]]) -> Iterator[Asked]:
    by_doi = [{"id": "doi:" + one["doi"][0]} for one in copies]
    places = [
        {"issn": CENTURY, "date": 1921 + n, "volume": 1 + n, "spage": 1 + 10 * n}
        for n in range(100)
    ]
    unknown = [{"id": f"pmid:{10**8 + n}"} for n in range(100)]
    kinds: dict[str, Sequence[dict[str, Any]]] = {
        "by DOI": by_doi, "by journal, volume and page": places, "unknown PMID": unknown,
    }  # fmt: skip
    for what, keys in kinds.items():
        paths = [f"/openurl?{urlencode(one)}" for one in keys]
        yield Asked(f"resolver, {what}", paths, most=_RESOLVER)


def _harvested() -> Iterator[Asked]:
    records = "/oai?verb=ListRecords&metadataPrefix=oai_dc"
    kinds = {
        "OAI-PMH, ListSets": ["/oai?verb=ListSets"],
        "OAI-PMH, first records": [records],
        "OAI-PMH, first records of a journal": [f"{records}&set=journal:{CENTURY}"],
        "OAI-PMH, first records of all journals": [f"{records}&set=journal"],
        "ResourceSync, the list of lists": ["/resourcesync/resourcelist.xml"],
        "ResourceSync, 2,000 documents": [f"/resourcesync/resourcelist-{n}.xml" for n in (1, 2)],
        "sitemap of 50,000": ["/sitemaps/1.xml.gz"],
        "KBART of all titles": ["/kbart/AllTitles"],
    }
    for what, paths in kinds.items():
        yield Asked(what, paths, requests=REQUESTS // 30)


def _bodies(
    found: Sequence[dict[str, Any]], describe: Callable[[int, dict[str, Any]], _Described]
) -> list[bytes]:
    described = [describe(number, one) for number, one in enumerate(found)]
    parts = range(0, len(described) - _REFERENCES + 1, _REFERENCES)
    return [json.dumps({"references": described[at : at + _REFERENCES]}).encode() for at in parts]


def _by_doi(number: int, found: dict[str, Any]) -> _Described:
    return {"id": str(number), "doi": found["doi"][0]}


def _by_title(number: int, found: dict[str, Any]) -> _Described:
    author = found["author"][0]["name"] if found.get("author") else ""
    year = found["publicationDate"]
    return {"id": str(number), "title": found["title"], "year": year, "author": author}


def _moved(port: int, path: str) -> str:
    """Return where an address leads."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.getheader("location") or path


def _hits(port: int, query: str, output: str) -> list[dict[str, Any]]:
    asked = {"q": query, "size": REQUESTS, "rankBy": "random", "randomSeed": 1, "output": output}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"/document?{urlencode(asked)}")
    content = connection.getresponse().read()
    connection.close()
    return [one for one in json.loads(content)["hits"] if one.get("doi") and one.get("title")]
