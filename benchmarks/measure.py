"""Times and memory, taken in fresh processes so that nothing is warm by accident."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

_PAUSE = 0.02  # seconds between two looks at memory, at least
_SHARE = 20  # ... and so many times what the look took: walking pages takes 10 ms and more
# an installation is compiled once; a checkout under this variable would be at every start
_UNCOMPILED = "PYTHONDONTWRITEBYTECODE"


class Spread(msgspec.Struct, frozen=True):
    """Percentiles of repeated times, in milliseconds."""

    p50: float
    p95: float
    p99: float

    def cells(self) -> list[str]:
        """Return the three as table cells."""
        return [f"{value:.2f}" for value in (self.p50, self.p95, self.p99)]


def spread(seconds: Sequence[float]) -> Spread:
    """Return the percentiles of a list of times."""
    p50, p95, p99 = np.percentile(np.asarray(seconds) * 1000, [50, 95, 99])
    return Spread(float(p50), float(p95), float(p99))


def clock(work: Callable[[], object]) -> float:
    """Return the seconds one call takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


class Ran(msgspec.Struct, frozen=True):
    """A finished child process."""

    answer: dict[str, Any]  # the JSON it printed last
    peak_bytes: int  # resident memory of the child and all its children together, at most


def child(module: str, *arguments: str) -> Ran:
    """Run `python -m module` and watch its memory; its last line must be JSON."""
    process = subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if name != _UNCOMPILED},
    )
    watch = _Watch(process.pid)
    watch.start()
    output, _ = process.communicate()
    watch.over.set()
    watch.join()
    if process.returncode != 0:
        raise SystemExit(f"{module} {' '.join(arguments)} ended with {process.returncode}")
    return Ran(json.loads(output.strip().splitlines()[-1]), watch.peak)


class _Watch(threading.Thread):
    """Samples the memory of a process tree, at a twentieth of a core at most."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak = 0
        self.over = threading.Event()

    def run(self) -> None:
        took = 0.0
        while not self.over.wait(max(_PAUSE, _SHARE * took)):
            begin = time.thread_time()
            self.peak = max(self.peak, tree_bytes(self.pid))
            took = time.thread_time() - begin


def own_bytes(pid: int) -> int:
    """Return the memory that is a tree of processes' own.

    Pages of files (the index, packs) that the system maps and may take back are not in it.
    """
    return tree_bytes(pid, "Pss_Anon:")


def tree_bytes(pid: int, kind: str = "Pss:") -> int:
    """Return the resident memory of a process and its descendants (proportional set size)."""
    total = 0
    waiting = [pid]
    while waiting:
        current = waiting.pop()
        total += _proportional(current, kind)
        waiting += _children(current)
    return total


def _children(pid: int) -> list[int]:
    try:
        return [
            int(child)
            for task in Path(f"/proc/{pid}/task").iterdir()
            for child in (task / "children").read_text().split()
        ]
    except OSError:
        return []


def _proportional(pid: int, kind: str) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith(kind):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
