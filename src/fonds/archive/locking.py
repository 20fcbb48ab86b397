"""The lock of a home: one writer at a time; the kernel gives it back when the process ends.

Who holds it only for a moment (a batch of enrichments) writes so into it, and others wait.
"""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

from fonds.errors import HomeBusy

_LOCK = "lock"
_BRIEF = b"brief"
_PATIENCE = 60.0  # seconds to wait for one who is brief
_PAUSE = 0.02


def take_lock(home: Path, *, brief: bool = False) -> int:
    """Take the lock of a home; raises HomeBusy when another process holds it for long."""
    descriptor = os.open(home / _LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            if os.pread(descriptor, len(_BRIEF), 0) != _BRIEF or time.monotonic() > deadline:
                os.close(descriptor)
                raise HomeBusy(home=home) from error
            time.sleep(_PAUSE)
        else:
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, _BRIEF if brief else b"", 0)
            return descriptor
