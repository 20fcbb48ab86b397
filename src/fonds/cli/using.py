"""What `fonds usage` does."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

import msgspec

from fonds.access.gate import Gate
from fonds.access.usage.as_json import report_json
from fonds.access.usage.as_tsv import report_tsv
from fonds.access.usage.customers import customer_of, new_key
from fonds.access.usage.exceptions import STATUS, CounterRefusal
from fonds.access.usage.gathering import gather
from fonds.access.usage.kinds import KINDS, kind_of
from fonds.access.usage.reports import WORLD_ID, Report
from fonds.access.usage.service import UsageService
from fonds.archive.archive import Archive
from fonds.cli.output import print_json, print_line
from fonds.errors import InstitutionUnknown, OutputNotWritable, ReportRefused, ReportUnknown
from fonds.settings import Settings, read_settings


def report(
    home: Path,
    name: str,
    asked: Mapping[str, str],
    institution: str,
    kind: str,
    output: Path | None,
) -> None:
    """Write a report to a file or to the screen."""
    settings = read_settings(home)
    _count(home, settings)
    made = _made(home, settings, name, asked, institution)
    if kind == "json":
        content = msgspec.json.format(msgspec.json.encode(report_json(made)), indent=1) + b"\n"
    else:
        content = report_tsv(made)
    if output is None:
        sys.stdout.buffer.write(content)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise OutputNotWritable(path=output, reason=error.strerror) from error


def count(home: Path, *, as_json: bool) -> None:
    """Count the days that are over; a running server does it by itself."""
    days = _count(home, read_settings(home))
    if as_json:
        print_json({"days": days})
    else:
        print_line(f"{len(days)} days were counted{': ' if days else ''}{', '.join(days)}.")


def key() -> None:
    """Print a new key, and the line of access.toml that lets it in."""
    secret, digest = new_key()
    print_line(f"key: {secret}")
    print_line(f'access.toml: usage_key = "{digest}"')


def _count(home: Path, settings: Settings) -> list[str]:
    with Archive.open(home, settings) as archive:
        return gather(home, archive)


def _made(
    home: Path, settings: Settings, name: str, asked: Mapping[str, str], institution: str
) -> Report:
    kind = kind_of(name)
    if kind is None:
        raise ReportUnknown(name=name, known=", ".join(one.path for one in KINDS))
    customer = customer_of(Gate(home).rights, institution or WORLD_ID)
    if customer is None:
        raise InstitutionUnknown(name=institution)
    service = UsageService(home, platform=settings.web.name, base_url=settings.web.base_url)
    last = service.available().last
    try:
        return service.report(kind, {"begin_date": last, "end_date": last, **asked}, customer)
    except CounterRefusal as refusal:
        reason = f"{STATUS[refusal.code][1]} ({refusal.data})"
        raise ReportRefused(reason=reason) from refusal
