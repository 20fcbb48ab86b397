"""`make fuzz`: coverage-guided fuzzing of every reader, and of what is made of their readings.

Atheris (libFuzzer) keeps the inputs that reach new code; changes are made on the tree, so that
most of them get past the parser. Each fault is kept once, as the smallest file that showed it.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sys
import time
import traceback
from pathlib import Path

import atheris

from tests.fuzz.mutations import mutated
from tests.fuzz.seeds import LARGEST, seeds
from tests.fuzz.smaller import smaller

with atheris.instrument_imports(include=["fonds.sources", "fonds.renditions"]):
    from tests.fuzz.target import Target, place_of, shows

_ROOM = 60_000  # bytes by which an input may outgrow its seed


class Fuzzing:
    """Runs inputs, counts them, and keeps what made a fault."""

    def __init__(self, target: Target, found: Path, lenders: list[bytes]) -> None:
        self._target = target
        self._found = found
        self._lenders = lenders
        self._faults: dict[str, int] = {}  # place of each fault, and the size of its file
        self.counts: dict[str, int] = {}

    def run(self, data: bytes) -> None:
        """Run one input; a fault is written down and the run goes on."""
        try:
            outcome = self._target.run(data)
        except MemoryError:
            raise
        except Exception as error:
            outcome = "fault"
            self._keep(data, error)
        self.counts[outcome] = self.counts.get(outcome, 0) + 1

    def mutate(self, data: bytes, most: int, seed: int) -> bytes:
        """Change an input; libFuzzer's own changes are used for a few."""
        draw = random.Random(seed)
        if draw.random() < 0.05:
            return bytes(atheris.Mutate(data, most))
        changed = mutated(data or draw.choice(self._lenders), self._lenders, draw)
        return changed if len(changed) <= most else data

    @property
    def faults(self) -> dict[str, int]:
        """Return the places of the faults found."""
        return self._faults

    def shrink(self) -> None:
        """Make every file that shows a fault smaller."""
        for path in self._found.glob("*.bin"):
            place = path.with_suffix(".txt").read_text().partition("\n")[0]
            if place in self._faults:
                path.write_bytes(smaller(path.read_bytes(), shows(self._target, place)))

    def _keep(self, data: bytes, error: Exception) -> None:
        place = place_of(error)
        if 0 < self._faults.get(place, 0) <= len(data):
            return
        if place not in self._faults:
            sys.stderr.write(f"\nfault: {place}\n{traceback.format_exc(limit=-4)}\n")
        self._faults[place] = len(data)
        name = hashlib.sha1(place.encode(), usedforsecurity=False).hexdigest()[:12]
        (self._found / f"{name}.bin").write_bytes(data)
        (self._found / f"{name}.txt").write_text(f"{place}\n{traceback.format_exc()}")


def main() -> None:
    """Fuzz for a time; ends with 1 when a fault was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0, help="0: another one each time")
    parser.add_argument("--only", default="", help="only seeds whose path has this in it")
    parser.add_argument("--largest", type=int, default=LARGEST, help="bytes of a seed")
    parser.add_argument("--out", type=Path, default=Path("fuzz-found"))
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    corpus = asked.out / "corpus"
    corpus.mkdir(exist_ok=True)
    lenders = []
    for path in seeds(asked.largest):
        if asked.only in str(path):
            data = path.read_bytes()
            lenders.append(data)
            name = hashlib.sha1(data, usedforsecurity=False).hexdigest()
            (corpus / name).write_bytes(data)
    fuzzing = Fuzzing(Target(), asked.out, lenders)
    begin = time.monotonic()

    def one(data: bytes) -> None:
        fuzzing.run(data)
        if time.monotonic() - begin > asked.seconds:
            fuzzing.shrink()
            sys.stderr.write(f"\n{sum(fuzzing.counts.values())} inputs: {fuzzing.counts}\n")
            sys.stderr.write(f"{len(fuzzing.faults)} faults: {sorted(fuzzing.faults)}\n")
            sys.stderr.flush()
            os._exit(1 if fuzzing.faults else 0)  # libFuzzer would go on

    options = [
        "-timeout=20",
        "-rss_limit_mb=1500",
        f"-max_len={asked.largest + _ROOM}",
        "-verbosity=0",
        f"-seed={asked.seed}",
        f"-artifact_prefix={asked.out}/",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], one, custom_mutator=fuzzing.mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
