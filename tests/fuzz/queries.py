"""`make fuzz-queries`: a million queries that nobody would type, asked of a small archive.

No exception, no 5xx, no hang: each is answered, or refused with a documented reason.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from fonds.settings import Settings
from fonds.web.services import open_services
from tests.fuzz.query_strings import Strings
from tests.fuzz.query_target import Fault, QueryTarget
from tests.web.contract_home import make_home

_MOST_FAULTS = 20
Result = tuple[Counter[str], tuple[float, str], list[str]]


def run(home: Path, seed: int, count: int) -> Result:
    """Ask so many queries; return outcomes, the slowest query and the faults."""
    services = open_services(home, Settings())
    target = QueryTarget(services.search)
    strings = Strings(seed)
    faults: list[str] = []
    for _ in range(count):
        query = strings.make()
        try:
            target.run(query)
        except Fault as fault:
            faults.append(f"{query!a}\n    {fault}")
            if len(faults) >= _MOST_FAULTS:
                break
    services.close()
    return target.outcomes, target.slowest, faults


def _told(result: Result, begin: float) -> Result:
    """Say at once what a share found: a run of a million takes its time."""
    outcomes, _, faults = result
    print(f"{time.monotonic() - begin:6.0f} s  {outcomes.total():>8,} more", file=sys.stderr)
    for fault in faults:
        print(fault, file=sys.stderr)
    return result


def main() -> None:
    """Share the queries among processes, and say what became of them."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz.queries")
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    begin = time.monotonic()
    shares = 50 * options.processes  # so that no process waits long for another
    each = -(-options.count // shares)
    with tempfile.TemporaryDirectory(prefix="fonds-fuzz-") as folder:
        home = Path(folder) / "home"
        make_home(home, range(60))
        with ProcessPoolExecutor(options.processes) as pool:
            seeds = [options.seed * 1_000 + share for share in range(shares)]
            asked = [pool.submit(run, home, seed, each) for seed in seeds]
            results = [_told(one.result(), begin) for one in as_completed(asked)]
    outcomes = sum((result[0] for result in results), Counter[str]())
    faults = [fault for result in results for fault in result[2]]
    for outcome, number in outcomes.most_common():
        print(f"{number:>10,}  {outcome}")
    took, query = max(result[1] for result in results)
    print(f"{time.monotonic() - begin:.0f} s; the slowest took {took:.2f} s: {query[:200]!a}")
    for fault in faults[:_MOST_FAULTS]:
        print(fault)
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
