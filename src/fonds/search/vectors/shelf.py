"""The vectors of a home as a server holds them: opened when first asked for, anew when they change.

With them the model, which makes a vector of the words of a question.
"""

from __future__ import annotations

import threading
from pathlib import Path

import msgspec

from fonds.enrich.errors import ModelUnreadable
from fonds.enrich.vectors.model_file import Card, Sentences, load, read_card
from fonds.enrich.vectors.weights import Floats
from fonds.search.state_file import STATE
from fonds.search.vectors.files import FOLDER, Arrays, open_arrays, read_state

_Signature = tuple[int, int] | None


class Shelf(msgspec.Struct, frozen=True):
    """The vectors of one state."""

    arrays: Arrays
    model: str


class Shelves:
    """Gives the newest state. Safe from many threads."""

    def __init__(self, home: Path, models_folder: str) -> None:
        self._folder = home / FOLDER
        self._models = models_folder
        self._lock = threading.Lock()
        self._seen: _Signature = None
        self._shelf: Shelf | None = None
        self._loaded: tuple[Card, Sentences] | None = None

    def current(self) -> Shelf | None:
        """Return the vectors as they are now; None while there are none."""
        signature = self._signature()
        with self._lock:
            if signature != self._seen:
                self._shelf = self._opened()
                # files that are just being made anew are looked at again at the next question
                self._seen = signature if self._shelf is not None else None
            return self._shelf

    def vector(self, text: str, model: str) -> Floats | None:
        """Return the vector of a text by a model; None when the home has another or none."""
        try:
            card = read_card(self._models)
            if card is None or card.said != model:
                return None
            with self._lock:
                if self._loaded is None or self._loaded[0] != card:
                    self._loaded = card, load(self._models, card)
                sentences = self._loaded[1]
        except ModelUnreadable:
            return None
        return sentences.vector(text)

    def _opened(self) -> Shelf | None:
        state = read_state(self._folder)
        arrays = open_arrays(self._folder, state) if state is not None else None
        return Shelf(arrays, state.model) if state is not None and arrays is not None else None

    def _signature(self) -> _Signature:
        try:
            status = (self._folder / STATE).stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns
