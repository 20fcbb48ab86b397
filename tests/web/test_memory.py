"""The memory of a server does not grow with the threads that have come and gone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_GROWN = """
import sys, threading
from fonds.web.memory import few_arenas
if sys.argv[1] == "few":
    assert few_arenas()
def work(number):
    held = [bytes(40_000) for _ in range(200)]
    ready.wait()
ready = threading.Barrier(12)
for _ in range(3):
    threads = [threading.Thread(target=work, args=(n,)) for n in range(12)]
    for one in threads: one.start()
    for one in threads: one.join()
heaps = [line for line in open("/proc/self/maps") if line.rstrip().endswith(" 0")]
anonymous = [line.split()[0].split("-") for line in heaps]
print(sum(int(end, 16) % 2**26 == 0 or int(begin, 16) % 2**26 == 0 for begin, end in anonymous))
"""


def heaps(how: str) -> int:
    """Return how many heaps beside the first a process with many threads has."""
    done = subprocess.run(
        [sys.executable, "-c", _GROWN, how], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


@pytest.mark.skipif(
    not Path("/proc/self/maps").exists(), reason="the maps of a process are not told"
)
def test_threads_share_heaps() -> None:
    """glibc aligns the heaps of threads at 64 MiB; three are beside the first, not a dozen.

    The maps name begin and end of a heap apart where it is not used whole.
    """
    assert heaps("few") <= 8 < heaps("many")
