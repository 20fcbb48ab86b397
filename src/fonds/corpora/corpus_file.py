"""The `.corpus` file: a query and the list of documents it found (istex-api.md 3.8).

`#` begins a comment anywhere; the head is `key : value`, continued on indented lines; after
`[ISTEX]` stands a line per document: `ark`, `id` or `doi`, one kind per file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Literal

import msgspec

from fonds.archive.ark import parse
from fonds.corpora.plan import Plan
from fonds.errors import CorpusInvalid

By = Literal["ark", "id", "doi"]

_KEY = re.compile(r"(?P<key>[A-Za-z]\w*)\s*[:=]\s?(?P<value>.*)")
_LINE = re.compile(r"(?P<by>ark|id|doi)\s+(?P<value>\S+)", re.IGNORECASE)
_ID = re.compile(r"[0-9A-Fa-f]{40}")
_DOI = re.compile(r"10\.\d{4,}(\.\d+)*/\S+")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_BREAK = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]+")
_MOST_ERRORS = 20  # lines said to be wrong
_WORD = "ark "
_DAYS = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche")
_MONTHS = ("Janvier", "Février", "Mars", "Avril", "Mai", "Juin", "Juillet", "Août", "Septembre",
           "Octobre", "Novembre", "Décembre")  # fmt: skip


class CorpusFile(msgspec.Struct, frozen=True):
    """What a `.corpus` file says."""

    head: dict[str, str]
    by: By
    values: tuple[str, ...]  # in their order, without repetitions

    @property
    def query(self) -> str:
        """Return the query, on one line."""
        return self.head.get("query", "")


def read_corpus(text: str) -> CorpusFile:
    """Read a `.corpus` file; raises CorpusInvalid with the lines that cannot be read."""
    head: dict[str, str] = {}
    found: dict[str, str] = {}
    wrong: list[int] = []
    inside, key = False, ""
    for number, raw in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        line = _without_comment(raw, head_query=not inside and (key == "query" or "query" in raw))
        if not line.strip():
            continue
        if line.strip().upper() == "[ISTEX]":
            inside = True
        elif (match := _LINE.fullmatch(line.strip())) and _valid(match["by"], match["value"]):
            found.setdefault(match["value"], match["by"].lower())
        elif not inside and line[0].isspace() and key:
            head[key] = f"{head[key]} {line.strip()}".strip()
        elif match := _KEY.fullmatch(line.strip()):
            key = match["key"]
            head[key] = match["value"].strip()
        else:
            wrong.append(number)
    if wrong or len(set(found.values())) > 1 or not (found or head.get("query")):
        raise CorpusInvalid(reason=_said(wrong, found))
    by: By = msgspec.convert(next(iter(found.values()), "ark"), By)
    return CorpusFile(head, by, tuple(found))


def corpus_of(values: Sequence[str]) -> CorpusFile:
    """Return a list of ARKs, ids or DOIs as a `.corpus` file says it; raises CorpusInvalid."""
    wanted = [value.strip() for value in values]
    kinds: tuple[By, ...] = ("ark", "id", "doi")
    by = next((one for one in kinds if _valid(one, wanted[0])), None) if wanted else None
    wrong = [at for at, value in enumerate(wanted, 1) if by is None or not _valid(by, value)]
    if by is None or wrong:
        raise CorpusInvalid(reason=f"no ARK, id or DOI like the first one in places {_few(wrong)}")
    return CorpusFile({}, by, tuple(dict.fromkeys(wanted)))


def _few(places: Sequence[int]) -> str:
    more = ", ..." if len(places) > _MOST_ERRORS else ""
    return ", ".join(map(str, places[:_MOST_ERRORS])) + more


def write_corpus(corpus: CorpusFile) -> str:
    """Write a `.corpus` file."""
    lines = ["#", "# Fichier .corpus", "#"]
    lines += [f"{key:<13}: {_one_line(value)}" for key, value in corpus.head.items()]
    lines += ["", "[ISTEX]", *(f"{corpus.by:<3} {value}" for value in corpus.values)]
    return "\n".join(lines) + "\n"


def corpus_head(plan: Plan) -> bytes:
    """Return what stands before the documents of an export."""
    asked, snapshot = plan.asked, plan.snapshot
    head = {
        "title": "<à compléter>",
        "author": "",
        "publisher": "<à compléter>",
        "query": asked.query,
        "date": french_date(snapshot.time),
        "license": "",
        "versionInfo": "1.0",
    }
    if "randomSeed" in asked.parameters:
        head["randomSeed"] = asked.parameters["randomSeed"]
    head["total"] = f"{len(plan.ords)} / {asked.total} documents"
    return write_corpus(CorpusFile(head, "ark", ())).encode()


def corpus_line(ark: str, identifier: str, version: int) -> bytes:
    """Return the line of a document of an export; its folder and version stand in the comment."""
    return f"{_WORD}{ark} # {identifier} v{version}\n".encode()


def corpus_size(documents: int, arks: int, versions: int) -> int:
    """Return the length of all lines: `arks` and `versions` are characters of all together."""
    return documents * len(corpus_line("", "0" * 40, 1)) - documents + arks + versions


def french_date(seconds: float) -> str:
    """Return a date as these files have it: `Lundi 23 Novembre 2026 11:01:04`."""
    when = datetime.fromtimestamp(seconds, UTC)
    day, month = _DAYS[when.weekday()], _MONTHS[when.month - 1]
    return f"{day} {when.day} {month} {when.year} {when:%H:%M:%S}"


def _without_comment(line: str, *, head_query: bool) -> str:
    """Cut a comment; inside the quotes of a query a # is none."""
    if not head_query:
        return _COMMENT.sub("", line, count=1)
    quoted = False
    for at, char in enumerate(line):
        if char == '"' and line[at - 1 : at] != "\\":
            quoted = not quoted
        elif char == "#" and not quoted and (at == 0 or line[at - 1].isspace()):
            return line[:at]
    return line


def _valid(by: str, value: str) -> bool:
    match by.lower():
        case "ark":
            return parse(value) is not None
        case "id":
            return _ID.fullmatch(value) is not None
    return _DOI.fullmatch(value) is not None


def _one_line(text: str) -> str:
    return _BREAK.sub(" ", text).strip()


def _said(wrong: list[int], found: dict[str, str]) -> str:
    if wrong:
        shown = ", ".join(map(str, wrong[:_MOST_ERRORS]))
        more = f" and {len(wrong) - _MOST_ERRORS} more" if len(wrong) > _MOST_ERRORS else ""
        return f"these lines cannot be read: {shown}{more}"
    if found:
        return "it mixes ark, id and doi"
    return "it has neither a query nor a document"
