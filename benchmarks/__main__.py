"""Run benchmarks and write their page: `python -m benchmarks [NAME...] [--records N]`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from benchmarks import analyses, enrich, export, formats, load, mixed, reach, search, serving
from benchmarks.deliveries import ROOT
from benchmarks.report import Section, write

NAMES = ("load", "formats", "enrich", "search", "http", "export", "reach",
         "analyses")  # fmt: skip


def main() -> None:
    """Run what is named, or all, print a line per claim and write the page."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}; mixed")
    parser.add_argument("--records", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=600.0, help="of the mixed load")
    parser.add_argument("--home", type=Path, help="of reach and mixed; made there, used again")
    parser.add_argument("--output", type=Path, default=ROOT / "docs" / "runs")
    options = parser.parse_args()
    work: dict[str, Callable[[], list[Section]]] = {
        "load": load.run,
        "formats": formats.run,
        "enrich": enrich.run,
        "search": lambda: search.run(options.records),
        "http": lambda: serving.run(options.records),
        "export": lambda: export.run(options.records),
        "mixed": lambda: mixed.run(options.records, options.seconds, options.home),
        "analyses": analyses.run,
        "reach": lambda: reach.run(options.records, options.home),
    }
    chosen = options.names or list(NAMES)
    if unknown := set(chosen) - set(work):
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}")
    sections: list[Section] = []
    for name in chosen:
        print(f"{name} ...", flush=True)
        for section in work[name]():
            sections.append(section)
            for claim in section.claims:
                verdict = "holds" if claim.holds else "DOES NOT HOLD"
                print(f"  {claim.what}: {claim.measured:.2f} {claim.unit} ({verdict})", flush=True)
    everything = chosen == list(NAMES)
    command = " ".join(["python -m benchmarks", *([] if everything else chosen)])
    path = write(
        sections,
        "all" if everything else "-".join(chosen),
        f"{command} --records {options.records}",
        options.output,
    )
    print(f"written: {path.relative_to(ROOT) if path.is_relative_to(ROOT) else path}")


if __name__ == "__main__":
    main()
