"""Corpora kept for good: a question, its snapshot and its documents, under a permanent ARK.

One file per corpus in `archive/corpora/`, beside the packs: it belongs to the truth, a rebuild
keeps it. Its name is made from what it says, so keeping the same corpus twice gives the same ARK.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
import numpy as np

from fonds.archive import ark as arks
from fonds.archive.archive import PACKS, Archive
from fonds.archive.pack import fsync_folder
from fonds.corpora.corpus_file import CorpusFile, corpus_line, french_date, write_corpus
from fonds.corpora.plan import Asked, Plan, Snapshot
from fonds.errors import CorpusNotFound, HomeNotWritable
from fonds.search.engine import Ords

FOLDER = "corpora"
PUBLISHER = "CRP"  # the part of the ARK that says: a corpus
_CHUNK = 500  # documents looked up at a time


class Listed(msgspec.Struct, frozen=True, array_like=True):
    """A document of a corpus, at the version it had."""

    id: str
    version: int
    ord: int


class KeptCorpus(msgspec.Struct, frozen=True, rename="camel"):
    """A corpus as it is kept."""

    ark: str
    title: str
    author: str
    kept: float  # seconds since 1970
    asked: Asked
    snapshot: Snapshot
    documents: tuple[Listed, ...]  # in the order of the result


class KeptSummary(msgspec.Struct, frozen=True, rename="camel"):
    """A corpus without its list."""

    ark: str
    title: str
    author: str
    kept: float
    query: str
    documents: int


def keep_corpus(
    home: Path, archive: Archive, plan: Plan, *, naan: str, title: str, author: str = ""
) -> KeptCorpus:
    """Keep the documents of a plan under a permanent ARK, durably; raises HomeNotWritable."""
    documents = tuple(listed(archive, plan.ords))
    seal = hashlib.sha256(msgspec.json.encode([title, author, plan.asked, documents])).hexdigest()
    name = _free(home, archive, naan, seal)
    path = _path(home, name)
    if path.exists():
        return read_kept(home, name)
    made = KeptCorpus(
        name, title, author, round(time.time(), 3), plan.asked, plan.snapshot, documents
    )
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with fresh.open("wb") as file:
            file.write(msgspec.json.encode(_Sealed(seal, made)))
            file.flush()
            os.fsync(file.fileno())
        fresh.rename(path)
        fsync_folder(path.parent)
    except OSError as error:
        fresh.unlink(missing_ok=True)
        raise HomeNotWritable(path=path.parent, reason=error.strerror or error) from error
    return made


def read_kept(home: Path, name: str) -> KeptCorpus:
    """Return a corpus by its ARK, whole or its last part; raises CorpusNotFound."""
    try:
        return _sealed(_path(home, name)).corpus
    except (FileNotFoundError, ValueError) as error:
        raise CorpusNotFound(name=name[:80]) from error


def kept_corpora(home: Path) -> list[KeptSummary]:
    """Return all corpora, the latest first."""
    found = [_sealed(path).corpus for path in (home / PACKS / FOLDER).glob("*.json")]
    found.sort(key=lambda one: (-one.kept, one.ark))
    return [_summary(one) for one in found]


def kept_page(home: Path, offset: int, count: int) -> list[KeptSummary]:
    """Return some of the corpora, the latest first; only these are read."""
    paths = [(path.stat().st_mtime, path) for path in (home / PACKS / FOLDER).glob("*.json")]
    paths.sort(reverse=True)
    return [_summary(_sealed(path).corpus) for _, path in paths[offset : offset + count]]


def count_kept(home: Path) -> int:
    """Return how many corpora are kept."""
    return sum(1 for _ in (home / PACKS / FOLDER).glob("*.json"))


def plan_of(kept: KeptCorpus, extract: str, archive_type: str, rights: str = "") -> Plan:
    """Return the plan that takes a corpus out again, at the versions it was kept with."""
    parameters = {**kept.asked.parameters, "corpus": kept.ark, "extract": extract}
    asked = msgspec.structs.replace(
        kept.asked, extract=extract, archive_type=archive_type, parameters=parameters
    )
    ords = np.array([document.ord for document in kept.documents], np.uint32)
    return Plan(asked, kept.snapshot, rights, ords)


def corpus_text(archive: Archive, kept: KeptCorpus) -> str:
    """Return a corpus as a `.corpus` file."""
    head = {
        "title": kept.title,
        "author": kept.author,
        "publisher": "",
        "query": kept.asked.query,
        "date": french_date(kept.kept),
        "license": "",
        "versionInfo": "1.0",
        "identifier": kept.ark,
        "total": f"{len(kept.documents)} / {kept.asked.total} documents",
    }
    lines = [write_corpus(CorpusFile(head, "ark", ()))]
    ords = [document.ord for document in kept.documents]
    for at in range(0, len(ords), _CHUNK):
        found = archive.located(ords[at : at + _CHUNK])
        lines += [
            corpus_line(found[document.ord].ark, document.id, document.version).decode()
            for document in kept.documents[at : at + _CHUNK]
        ]
    return "".join(lines)


def listed(archive: Archive, ords: Ords) -> Iterator[Listed]:
    """Give id and version of documents in their order."""
    for at in range(0, len(ords), _CHUNK):
        part: Sequence[int] = ords[at : at + _CHUNK].tolist()
        found = archive.located(part)
        for number in part:
            yield Listed(found[number].id, found[number].version, number)


def _summary(kept: KeptCorpus) -> KeptSummary:
    return KeptSummary(
        kept.ark, kept.title, kept.author, kept.kept, kept.asked.query, len(kept.documents)
    )


class _Sealed(msgspec.Struct, frozen=True):
    seal: str  # what the ARK was made from
    corpus: KeptCorpus


def _sealed(path: Path) -> _Sealed:
    return msgspec.json.decode(path.read_bytes(), type=_Sealed)


def _free(home: Path, archive: Archive, naan: str, seal: str) -> str:
    attempt = 0
    while True:
        name = str(arks.mint(naan, PUBLISHER, seal, attempt))
        path = _path(home, name)
        mine = path.exists() and _sealed(path).seal == seal
        if mine or not (path.exists() or archive.by_ark(name)):
            return name
        attempt += 1


def _path(home: Path, name: str) -> Path:
    """Return where a corpus is kept; raises ValueError for what is no name of one."""
    last = name.rpartition("/")[2].upper()
    if not last.startswith(f"{PUBLISHER}-") or not last.replace("-", "").isalnum():
        raise ValueError(name)
    return home / PACKS / FOLDER / f"{last}.json"
