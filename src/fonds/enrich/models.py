"""Models on disk: those trained in this home, else those bundled with their enrichment."""

from __future__ import annotations

import hashlib
from importlib import resources
from pathlib import Path

import msgspec

from fonds.enrich.errors import ModelUnreadable

_DIGITS = 12  # of the checksum that names a model in what is said of results


class Model(msgspec.Struct, frozen=True):
    """A file that training made."""

    name: str  # "terms/eng.ranker.txt"
    origin: str  # "home" or "bundled"
    data: bytes

    @property
    def said(self) -> str:
        """Return where the model is from and which it is: `bundled:0123456789ab`."""
        return f"{self.origin}:{hashlib.sha256(self.data).hexdigest()[:_DIGITS]}"


def read_model(folder: str, name: str) -> Model | None:
    """Return a model of `folder` (the setting `enrich.models`), else the bundled one, else None.

    Raises ModelUnreadable for one that exists and cannot be read.
    """
    path = Path(folder, name)
    try:
        return Model(name, "home", path.read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        raise ModelUnreadable(path=path, reason=error.strerror or error) from error
    room, _, file = name.partition("/")
    bundled = resources.files("fonds.enrich").joinpath(room, "models", file)
    return Model(name, "bundled", bundled.read_bytes()) if bundled.is_file() else None


def write_model(folder: Path, name: str, data: bytes) -> Path:
    """Put a model in a folder, whole or not at all; return its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f"{path.name}.new")
    new.write_bytes(data)
    new.replace(path)
    return path
