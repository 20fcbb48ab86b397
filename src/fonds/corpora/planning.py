"""From a checked question to the plan of an export."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from fonds.archive.archive import Archive
from fonds.corpora.plan import Asked, Plan, Snapshot
from fonds.corpora.selection import read_selection
from fonds.errors import ExportTooLarge, ParameterInvalid
from fonds.search.engine import Engine, Ords, SearchRequest
from fonds.search.query.printer import to_lucene

DEFAULT_SIZE = 5  # documents, when a request says nothing
EVERYTHING = 2**31
# what shapes an export, in the order in which its manifest names it
PARAMETERS = ("q", "q_id", "extract", "from", "size", "sortBy", "rankBy", "randomSeed",
              "defaultOperator", "corpus", "archiveType", "compressionLevel", "sid")  # fmt: skip


class Wish(msgspec.Struct, frozen=True):
    """What an export is to hold, beside the question."""

    query: str  # as typed
    extract: str = ""
    archive_type: str = "zip"  # or "tar"
    size: int = DEFAULT_SIZE
    offset: int = 0
    parameters: Mapping[str, str] = {}  # as given


def make_plan(
    archive: Archive,
    engine: Engine,
    request: SearchRequest,
    wish: Wish,
    *,
    rights: str = "",
    limit: int = 0,
) -> Plan:
    """Ask the question and fix the documents it finds.

    `limit` is the operator's; 0 is none. Raises ExtractInvalid, ParameterInvalid, ExportTooLarge.
    """
    extract = str(read_selection(wish.extract))
    check_compression_level(wish.parameters.get("compressionLevel", ""))
    snapshot = snapshot_of(archive, engine)
    ords, _ = engine.matches(request)
    chosen = ords[wish.offset : wish.offset + wish.size]
    if limit and len(chosen) > limit:
        raise ExportTooLarge(asked=len(chosen), limit=limit)
    given = {name: wish.parameters[name] for name in PARAMETERS if name in wish.parameters}
    if request.rank.by == "random":
        given["randomSeed"] = str(request.rank.seed)
    asked = Asked(
        query=wish.query,
        tree=to_lucene(request.query) if request.query is not None else "*:*",
        parameters=given,
        extract=extract,
        archive_type=read_archive_type(wish.archive_type),
        total=len(ords),
        size=len(chosen),
    )
    return Plan(asked, snapshot, rights, chosen)


def read_archive_type(text: str) -> str:
    """Return "zip" or "tar"; raises ParameterInvalid."""
    known = {"": "zip", "zip": "zip", "tar": "tar", "tar.gz": "tar", "tgz": "tar"}
    found = known.get(text.strip().lower())
    if found is None:
        raise ParameterInvalid(name="archiveType", value=text[:80], reason="it is zip or tar")
    return found


def check_compression_level(text: str) -> None:
    """Take a level that zlib knows, though nothing is compressed again; raises ParameterInvalid."""
    if text.strip() and re.fullmatch("[0-9]", text.strip(), re.ASCII) is None:
        reason = "it is a level of zlib, 0 to 9"
        raise ParameterInvalid(name="compressionLevel", value=text[:80], reason=reason)


def snapshot_of(archive: Archive, engine: Engine) -> Snapshot:
    """Return what the index shows now."""
    last = engine.last_ord()
    return Snapshot(last, archive.time_of(last) if last else 0.0, engine.count(), archive.turn())


def list_plan(archive: Archive, engine: Engine, ords: Ords, wish: Wish) -> Plan:
    """Fix a list of documents that was found otherwise, in its order; no tree says: a list."""
    asked = Asked(
        query=wish.query,
        tree="",
        parameters={"q": wish.query, "extract": wish.extract},
        extract=str(read_selection(wish.extract)),
        archive_type=read_archive_type(wish.archive_type),
        total=len(ords),
        size=len(ords),
    )
    return Plan(asked, snapshot_of(archive, engine), "", ords)
