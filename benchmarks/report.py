"""A run as a page of `docs/runs/`: the machine, the tables, and which claims hold."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec


class Claim(msgspec.Struct, frozen=True):
    """A figure with the bound it must keep."""

    what: str
    measured: float
    bound: float
    unit: str
    at_least: bool = False  # the bound is a minimum

    @property
    def holds(self) -> bool:
        """Tell whether the figure keeps its bound."""
        return self.measured >= self.bound if self.at_least else self.measured <= self.bound


class Section(msgspec.Struct, frozen=True):
    """What one benchmark found."""

    title: str
    data: str  # what it ran on, in words
    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    claims: Sequence[Claim] = ()
    notes: Sequence[str] = ()


def write(sections: Sequence[Section], name: str, command: str, folder: Path) -> Path:
    """Write the page of today's run and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{date.today().isoformat()}-{name}.md"
    text = [f"# Run of {date.today().isoformat()}", "", f"Command: `{command}`", "", _machine(), ""]
    for section in sections:
        text += _page(section)
    path.write_text("\n".join(text).rstrip() + "\n")
    return path


def _page(section: Section) -> list[str]:
    lines = [f"## {section.title}", "", section.data, ""]
    lines += ["| " + " | ".join(section.head) + " |", "|" + "---|" * len(section.head)]
    lines += ["| " + " | ".join(row) + " |" for row in section.rows]
    if section.claims:
        lines += ["", "| claim | measured | bound | holds |", "|---|---|---|---|"]
        lines += [_claim(claim) for claim in section.claims]
    for note in section.notes:
        lines += ["", note]
    return [*lines, ""]


def _claim(claim: Claim) -> str:
    sign = "≥" if claim.at_least else "≤"
    verdict = "yes" if claim.holds else "**no**"
    return (
        f"| {claim.what} | {claim.measured:.2f} {claim.unit} "
        f"| {sign} {claim.bound:g} {claim.unit} | {verdict} |"
    )


def _machine() -> str:
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False
    ).stdout.strip()
    return (
        f"Machine: {os.cpu_count()} cores ({model}), {memory:.0f} GiB, {platform.system()}, "
        f"Python {platform.python_version()}; Fonds at {commit or 'no commit'}. "
        "Ratios come from one run on one machine; absolute times vary with the machine's load."
    )
