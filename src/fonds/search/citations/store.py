"""Brings the citations of a home to where the archive is, from its records.

Everything here can be deleted and made again. Documents are read in the order of arrival, then
those enriched since, since an enrichment finds references; killed, it goes on where it was.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import msgspec
import numpy as np

from fonds.archive.archive import Archive
from fonds.archive.model import StoredDocument
from fonds.errors import HomeNotWritable
from fonds.search.citations.files import (
    FOLDER,
    Keys,
    Made,
    Pairs,
    Rows,
    State,
    append,
    opened,
    opened_pairs,
    put_pairs,
    read_state,
    remove_pairs,
)
from fonds.search.citations.keys import cited_keys, own_keys, read_citing
from fonds.search.state_file import remove, write_state

_BATCH = 5_000  # documents between two states
_BLOCK = 1 << 21  # keys that are compared at once: 16 MB
_MOST_OLD = 3  # rows for each document, beyond which all is made anew


def refresh_citations(home: Path, archive: Archive) -> State:
    """Bring the files to where the archive is and return their state; raises HomeNotWritable."""
    folder = home / FOLDER
    state = read_state(folder)
    if state is not None and is_current(state, archive) and opened_pairs(folder, state) is not None:
        return state
    try:
        folder.mkdir(exist_ok=True)
        lock = os.open(home / f"{FOLDER}.lock", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return _refreshed(folder, archive)
        finally:
            os.close(lock)
    except OSError as error:
        raise HomeNotWritable(path=folder, reason=error.strerror or error) from error


def is_current(state: State, archive: Archive) -> bool:
    """Tell whether files are whole, and of the archive as it is."""
    goal = archive.last_ord()
    now = (True, goal, archive.turn(), _time(archive, goal))
    return (state.whole, state.last_ord, state.turn, state.time) == now


def identity(identifier: str) -> int:
    """Return the number by which files know a document, whatever its version."""
    return int(identifier[:16], 16)


def _refreshed(folder: Path, archive: Archive) -> State:
    state = _begun(folder, archive)
    if is_current(state, archive) and opened_pairs(folder, state) is not None:
        return state
    goal, turn, begun = archive.last_ord(), archive.turn(), state.last_ord
    replace = msgspec.structs.replace
    for batch in _batches(archive.documents(state.last_ord)):
        last = batch[-1].ord
        state = replace(
            append(folder, state, [_made(one) for one in batch]),
            last_ord=last,
            time=_time(archive, last),
            whole=False,
        )
        write_state(folder, state)
    again = (one for one in archive.enriched_since(state.turn) if one.ord <= begun)
    if state.turn < turn:
        for batch in _batches(again):
            state = replace(append(folder, state, [_made(one) for one in batch]), whole=False)
            write_state(folder, state)
    pairs = _pairs(folder, state)
    made = state.made + 1
    put_pairs(folder, made, pairs)
    state = replace(
        state,
        pairs=len(pairs),
        made=made,
        whole=True,
        last_ord=goal,
        time=_time(archive, goal),
        turn=turn,
    )
    write_state(folder, state)
    remove_pairs(folder, made)
    return state


def _begun(folder: Path, archive: Archive) -> State:
    """Return where to go on; files of another version or archive are removed, and grown ones."""
    state = read_state(folder)
    if state is not None:
        same = not state.last_ord or state.time == _time(archive, state.last_ord)
        few = state.rows <= _MOST_OLD * max(1, archive.count())
        if same and few and state.turn <= archive.turn() and opened(folder, state) is not None:
            return state
    remove(folder)
    return State()


def _time(archive: Archive, number: int) -> float:
    return archive.time_of(number) if number else 0.0


def _batches(documents: Iterable[StoredDocument]) -> Iterator[list[StoredDocument]]:
    waiting = iter(documents)
    while batch := list(islice(waiting, _BATCH)):
        yield batch


def _made(document: StoredDocument) -> Made:
    record = read_citing(document.record)
    works, references = set(own_keys(record)), set(cited_keys(record))
    return Made(identity(document.id), document.ord, sorted(works), sorted(references))


def _pairs(folder: Path, state: State) -> Pairs:
    """Return who cites whom, ordered by who is cited, each pair once."""
    found = opened(folder, state)
    if found is None or not state.rows:
        return np.empty((0, 2), np.uint32)
    rows, works, references = found
    valid = _last_of_each(rows)
    keys, cited = _kept(works, np.repeat(rows["ord"], rows["works"]), rows["works"], valid)
    order = np.argsort(keys, kind="stable")
    keys, cited = keys[order], cited[order]
    citing_of = np.where(valid, rows["ord"], 0)
    ends = np.cumsum(rows["references"], dtype=np.int64)
    packed = [np.empty(0, np.uint64)]
    for at in range(0, len(references), _BLOCK):
        block = np.asarray(references[at : at + _BLOCK])
        order = np.argsort(block)  # looked up in their order, they stay in the processor's cache
        block = block[order]
        first, behind = np.searchsorted(keys, block), np.searchsorted(keys, block, side="right")
        hits = np.flatnonzero(behind > first)
        citing = citing_of[np.searchsorted(ends, at + order[hits], side="right")]
        counts = behind[hits] - first[hits]
        places = np.repeat(first[hits], counts) + _within(counts)
        citing = np.repeat(citing, counts).astype(np.uint64)
        pairs = cited[places].astype(np.uint64) << np.uint64(32) | citing
        packed.append(pairs[citing != 0])
    whole = np.unique(np.concatenate(packed))
    both = np.stack([whole & np.uint64(0xFFFFFFFF), whole >> np.uint64(32)], axis=1)
    of_two: Pairs = both[both[:, 0] != both[:, 1]].astype(np.uint32)
    return of_two


def _last_of_each(rows: Rows) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Tell which rows are the last of their document."""
    _, from_behind = np.unique(rows["id"][::-1], return_index=True)
    valid = np.zeros(len(rows), bool)
    valid[len(rows) - 1 - from_behind] = True
    return valid


def _kept(
    keys: Keys,
    ords: np.ndarray[tuple[int], np.dtype[np.uint32]],
    counts: np.ndarray[tuple[int], np.dtype[np.uint32]],
    valid: np.ndarray[tuple[int], np.dtype[np.bool_]],
) -> tuple[Keys, np.ndarray[tuple[int], np.dtype[np.uint32]]]:
    kept = np.repeat(valid, counts)
    return np.asarray(keys)[kept], ords[kept]


def _within(
    counts: np.ndarray[tuple[int], np.dtype[np.int64]],
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Return 0, 1, ... for each of some runs."""
    ends = np.cumsum(counts)
    return np.arange(int(ends[-1]) if len(ends) else 0) - np.repeat(ends - counts, counts)
