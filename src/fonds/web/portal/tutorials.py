"""The tutorials: steps whose searches, calls and programs run against this very archive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import msgspec

from fonds.web.portal.api_guide import query_string
from fonds.web.portal.asking import Asked
from fonds.web.portal.sample import Sample

Name = Literal["search", "corpus", "script"]
NAMES: tuple[Name, ...] = ("search", "corpus", "script")

_CLIENT = """from fonds.client import Client

client = Client("{base}")
print(client.count("{question}"))
"""
_WALK = """for hit in client.iterate("{question}", "title,doi"):
    print(hit.get("title"), *hit.get("doi", []))
"""
_DOWNLOAD = """extract = "metadata[json];fulltext[txt]"
print(client.sizes("{question}", extract)["bytes"])
client.download("{question}", "corpus.zip", extract, progress=print)
"""
_TABLE = """import csv

with open("corpus.csv", "w", newline="") as file:
    table = csv.DictWriter(file, ["arkIstex", "title", "publicationDate"])
    table.writeheader()
    table.writerows(client.rows("{question}", table.fieldnames))
"""


class Step(msgspec.Struct, frozen=True):
    """One step; what it says is the text `learn_<tutorial>_<number>`."""

    page: str = ""  # a page of the portal to open
    call: str = ""  # a call of the API to run in place
    terminal: str = ""  # what to type into a terminal
    python: str = ""  # continues the Python of earlier steps


def steps(name: Name, sample: Sample, base: str) -> tuple[Step, ...]:
    """Return the steps of a tutorial for an archive at an address."""
    made = {"search": _search, "corpus": _corpus, "script": _script}[name]
    return tuple(made(sample, base))


def _search(sample: Sample, base: str) -> Iterator[Step]:
    title = f"title:{sample.word}"
    call = f"/document?{query_string(q=sample.dated, size='3', output='title,doi')}"
    yield Step(page=Asked(q=sample.word).address())
    yield Step(page=Asked(q=title).address())
    yield Step(page=Asked(q=title, first=sample.first, last=sample.last).address())
    yield Step(page=f"{Asked(q=f'{sample.word} AND zzzz').address()}&explain=1")
    yield Step(page="/assisted")
    yield Step(call=call)
    yield Step(terminal=f"curl '{base}{_shell(call)}'")


def _corpus(sample: Sample, base: str) -> Iterator[Step]:
    question = query_string(q=sample.question)
    extract = query_string(extract="metadata[json];fulltext[txt]")
    yield Step(page=Asked(q=sample.question).address())
    yield Step(call=f"/presets?{question}")
    built = f"/corpus/new?{question}&use=nooj"
    yield Step(page=built, call=f"/extract?{question}&size=*&{extract}")
    download = _shell(f"/document?{question}&size=*&{extract}")
    yield Step(
        terminal=f"curl -C - -o corpus.zip '{base}{download}'\npython3 -m zipfile -l corpus.zip"
    )
    yield Step(call=f"/table?{question}&size=5&fields=arkIstex,title,publicationDate")
    yield Step(page="/corpus/kept", call="/corpora")


def _script(sample: Sample, base: str) -> Iterator[Step]:
    question = query_string(q=sample.question)
    yield Step(terminal=f"curl '{base}{_shell(f'/document?{question}&size=0')}'")
    for python in (_CLIENT, _WALK, _TABLE, _DOWNLOAD):
        filled = python.replace("{base}", base).replace("{question}", sample.question)
        yield Step(python=filled.rstrip())
    walk = _shell(f"/document?{question}&scroll=5m&size=100&output=arkIstex")
    yield Step(terminal=f"curl '{base}{walk}'")


def _shell(address: str) -> str:
    """Return an address as curl takes it between quotes: brackets would be patterns."""
    return address.replace("[", "%5B").replace("]", "%5D").replace("'", "%27")
