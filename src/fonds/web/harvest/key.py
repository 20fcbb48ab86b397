"""The secret that tokens of harvests are signed with: one per home, made when first needed."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

FILE = "harvest.key"
_BYTES = 32


def harvest_key(home: Path) -> bytes:
    """Return the secret of a home; where it cannot be kept, it ends with the process."""
    path = home / FILE
    made = secrets.token_bytes(_BYTES)
    new = home / f".{FILE}.{os.getpid()}"
    with suppress(OSError):
        try:
            descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(made)
            os.link(new, path)  # fails where another process was first
        finally:
            new.unlink(missing_ok=True)
    try:
        return path.read_bytes() or made
    except OSError:
        return made
