"""Brings the vectors of a home to where the archive is, from the enrichments in its packs.

Everything here can be deleted and made again. Documents are taken in the order of arrival, then
those enriched since; killed, it goes on where it was: rows are durable before the state says so.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

import msgspec
import numpy as np

from fonds.archive.archive import Archive
from fonds.enrich.vectors.model_file import read_card
from fonds.enrich.vectors.quantised import WORD, Small, bits
from fonds.enrich.vectors.vectors import NAME, SentenceVector
from fonds.errors import HomeNotWritable
from fonds.search.state_file import remove, write_state
from fonds.search.vectors.files import (
    ABSENT,
    ENGLISH,
    FOLDER,
    OTHER,
    VERSION,
    State,
    Writer,
    open_arrays,
    read_state,
)

_BATCH = 5_000  # documents between two states
_CHUNK = 500  # documents located at once
_LOCK = "lock"
Progress = Callable[[int, int], None]


class _Result(msgspec.Struct, frozen=True):
    """The part of an enrichment's file that is read."""

    result: SentenceVector


_read = msgspec.json.Decoder(_Result).decode


def refresh_vectors(
    home: Path, models_folder: str, archive: Archive, progress: Progress | None = None
) -> int:
    """Bring the files to where the archive is and return how many vectors were written.

    Without a model there are none to keep. Raises HomeNotWritable and ModelUnreadable.
    """
    card = read_card(models_folder)
    folder = home / FOLDER
    if card is None or card.dimensions % WORD:
        return 0
    try:
        folder.mkdir(exist_ok=True)
        lock = os.open(home / f"{FOLDER}.{_LOCK}", os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return _Refresh(folder, card.said, card.dimensions, archive, progress).run()
        finally:
            os.close(lock)
    except OSError as error:
        raise HomeNotWritable(path=folder, reason=error.strerror or error) from error


class _Refresh:
    """One bringing up to date."""

    def __init__(
        self,
        folder: Path,
        model: str,
        dimensions: int,
        archive: Archive,
        progress: Progress | None,
    ) -> None:
        self._folder = folder
        self._model = model
        self._dimensions = dimensions
        self._archive = archive
        self._progress = progress
        self._made = 0

    def run(self) -> int:
        """Write what is missing, batch by batch."""
        archive, state = self._archive, self._begin()
        goal, turn = archive.last_ord(), archive.turn()
        replace = msgspec.structs.replace
        if (state.last_ord, state.turn) == (goal, turn):
            return 0
        writer, begun = Writer(self._folder, self._dimensions), state.last_ord
        try:
            arrived = (document.ord for document in archive.documents(state.last_ord))
            while batch := list(islice(arrived, _BATCH)):
                last = batch[-1]
                state = replace(state, last_ord=last, time=archive.time_of(last))
                state = self._write(writer, batch, state)
            since = archive.enriched_since(state.turn)
            again = (document.ord for document in since if document.ord <= begun)
            while state.turn < turn and (batch := list(islice(again, _BATCH))):
                state = self._write(writer, batch, state)
            time = archive.time_of(goal) if goal else 0.0
            self._write(writer, [], replace(state, last_ord=goal, time=time, turn=turn))
        finally:
            writer.close()
        return self._made

    def _begin(self) -> State:
        """Return where to go on; files of another model, version or archive are removed."""
        state, archive = read_state(self._folder), self._archive
        if state is not None and (state.model, state.dimensions) == (self._model, self._dimensions):
            same = not state.last_ord or state.time == archive.time_of(state.last_ord)
            if same and state.turn <= archive.turn() and open_arrays(self._folder, state):
                return state
        remove(self._folder)
        return State(VERSION, self._model, self._dimensions, 0)

    def _write(self, writer: Writer, ords: Sequence[int], state: State) -> State:
        rows = dict(self._rows(ords))
        signs = {place: bits(values) for place, (_, values) in rows.items() if values is not None}
        writer.write(rows, signs)
        places = max(state.places, state.last_ord + 1)
        writer.finish(places)
        state = msgspec.structs.replace(state, places=places)
        write_state(self._folder, state)
        self._made += len(signs)
        if self._progress is not None:
            self._progress(self._made, self._archive.count())
        return state

    def _rows(self, ords: Sequence[int]) -> Iterator[tuple[int, tuple[int, Small | None]]]:
        for at in range(0, len(ords), _CHUNK):
            for number, located in self._archive.located(ords[at : at + _CHUNK]).items():
                file = next(
                    (
                        one
                        for one in located.files
                        if one.typology == "enrichments" and one.extension == f"{NAME}.json"
                    ),
                    None,
                )
                found = _read(self._archive.read(file)).result if file is not None else None
                yield number, self._row(found)

    def _row(self, found: SentenceVector | None) -> tuple[int, Small | None]:
        if found is None or found.model != self._model or len(found.values) != self._dimensions:
            return ABSENT, None
        mark = ENGLISH if found.language == "eng" else OTHER
        return mark, np.frombuffer(found.values, np.int8)
