"""What the page of the API shows beside its tables: the language of queries, calls to run."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import msgspec

from fonds.web.portal.sample import Sample

# of the query language; what each means is a text `syntax_<number>`
SYNTAX = (
    ("brain imaging",),
    ("brain AND imaging NOT mouse", "+brain -mouse"),
    ('"speech therapy"', '"past climate"~3'),
    ("fung*", "te?t", "*ology"),
    ("ham~", "ham~1"),
    ("/fung(i|us)/",),
    ("title:(moon rover)", 'host.title.raw:"Nature"'),
    ("publicationDate:[1990 TO 2000}", "qualityIndicators.pdfWordCount:>1000"),
    ("_exists_:abstract",),
    ("brain^2 imaging",),
)


class Call(msgspec.Struct, frozen=True):
    """A call to run; its meaning is the text `call_<key>`."""

    key: str
    address: str


class Group(msgspec.Struct, frozen=True):
    """Calls that belong together, under the text `calls_<key>`."""

    key: str
    calls: tuple[Call, ...]


def groups(sample: Sample) -> tuple[Group, ...]:
    """Return calls about what this archive holds, each of which answers."""
    return (
        Group("search", tuple(_searching(sample))),
        Group("document", tuple(_documents(sample))),
        Group("corpus", tuple(_corpora(sample))),
        Group("archive", tuple(_about())),
    )


def _searching(sample: Sample) -> Iterator[Call]:
    wanted = {"size": "3", "output": "title,host.title,publicationDate"}
    yield _call("words", "/document", q=sample.word, **wanted)
    yield _call("field", "/document", q=sample.dated, **wanted, sortBy="publicationDate[desc]")
    yield _call("facets", "/document", q=sample.word, size="0",
                facet="corpusName[*],publicationDate[perYear]")  # fmt: skip
    yield _call("explain", "/document", q=f"{sample.word} AND zzzz", size="0", explain="")
    yield _call("highlight", "/document", q=sample.word, size="2", output="title", highlight="")
    yield _call("scroll", "/document", q=sample.word, scroll="1m", size="5", output="arkIstex")


def _documents(sample: Sample) -> Iterator[Call]:
    if sample.id:
        yield Call("record", f"/document/{sample.id}")
        yield Call("files", f"/document/{sample.id}/fulltext")
        yield Call("ark", f"/{sample.ark}")
        yield Call("bibtex", f"/{sample.ark}/record.bibtex")
    if sample.doi:
        yield _call("lookup", "/lookup", doi=sample.doi)
        yield _call("openurl", "/document/openurl", rft_id=f"info:doi/{sample.doi}", noredirect="")


def _corpora(sample: Sample) -> Iterator[Call]:
    extract = "metadata[json];fulltext[txt]"
    yield _call("sizes", "/extract", q=sample.question, size="*", extract=extract)
    yield _call("presets", "/presets", q=sample.question)
    yield _call("table", "/table", q=sample.question, size="5", fields="arkIstex,title,doi")
    yield Call("kept", "/corpora")


def _about() -> Iterator[Call]:
    for name in ("corpus", "properties", "mapping", "limits"):
        yield Call(name, f"/{name}")


def _call(key: str, path: str, **parameters: str) -> Call:
    return Call(key, f"{path}?{query_string(**parameters)}")


def query_string(**parameters: str) -> str:
    """Return parameters as people write them: only what must be escaped is."""
    return urlencode(parameters, safe=":[]();,*/")
