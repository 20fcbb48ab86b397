"""Secrets of a home: made once, readable by their owner alone, kept in `access/`."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from pathlib import Path

_BYTES = 32


def secret() -> bytes:
    """Return a new random key."""
    return secrets.token_bytes(_BYTES)


def kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """Return the content of a file, which is made the first time; raises OSError.

    It appears whole; of two processes that make it at the same moment one gets the other's.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
    content = make()
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)  # fails where another was quicker
    except FileExistsError:
        return path.read_bytes()
    finally:
        draft.unlink()
    return content
