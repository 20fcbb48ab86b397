"""What `fonds holdings` does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import typer

from fonds.cli.failing import DAMAGED
from fonds.cli.output import print_json, print_line
from fonds.client.http import Connection
from fonds.errors import OutputNotWritable, RemoteFailed
from fonds.holdings import europepmc, google_scholar, kbart, linkout
from fonds.holdings.checking import Answer, Probe, Report, check
from fonds.holdings.holdings import Choice, Holdings
from fonds.settings import Settings, read_settings
from fonds.web.resolver.openurl import read_openurl
from fonds.web.resolver.resolve import resolve
from fonds.web.services import Services, open_services

_ARK = re.compile(r"ark:/\d+/[^/]+")
_SHOWN = 20  # failures and gaps told to a person; --json gives all


class Written(msgspec.Struct, frozen=True):
    """Files that were written."""

    files: tuple[str, ...]


def write_files(
    home: Path, what: str, folder: Path, collection: str, base: str, *, as_json: bool
) -> None:
    """Write the files of one service into a folder; raises OutputNotWritable, NotConfigured."""
    settings = read_settings(home)
    base = _base(settings, base)
    with _opened(home, settings) as services:
        files: list[str] = []
        for name, chunks in _files(services, what, collection, base):
            path = folder / name
            try:
                folder.mkdir(parents=True, exist_ok=True)
                with path.open("w", encoding="utf-8", newline="") as file:
                    file.writelines(chunks)
            except OSError as error:
                raise OutputNotWritable(path=path, reason=error.strerror or error) from error
            files.append(str(path))
    if as_json:
        print_json(Written(tuple(files)))
        return
    for written in files:
        print_line(written)


def run_check(home: Path, collection: str, base: str, server: str, *, as_json: bool) -> None:
    """Check every row; exit 6 when one does not resolve."""
    settings = read_settings(home)
    with _opened(home, settings) as services:
        probe = _over_http(server) if server else _in_process(services)
        report = check(
            services.holdings,
            services.archive,
            services.gate.rights,
            probe,
            _base(settings, base),
            Choice(collection=collection),
        )
    if as_json:
        print_json(report)
    else:
        _tell(report)
    if not report.is_good:
        raise typer.Exit(DAMAGED)


def _files(
    services: Services, what: str, collection: str, base: str
) -> Iterator[tuple[str, Iterator[str]]]:
    """Give the names of files and their pieces."""
    settings, holdings = services.settings.holdings, services.holdings
    name = services.settings.web.name
    rights = services.gate.rights
    match what:
        case "kbart":
            today = datetime.now(UTC).date()
            for one in [collection] if collection else ["", *_collections(services, holdings)]:
                rows = kbart.rows_of(holdings, rights, base, Choice(collection=one))
                package = one or kbart.ALL_TITLES
                yield kbart.file_name(settings, package, today), kbart.lines(rows)
        case "google-scholar":
            parts = list(google_scholar.holdings_files(holdings))
            for number, part in enumerate(parts):
                yield f"institutional_holdings_{number}.xml", iter([part])
            links = google_scholar.links_file(name, settings, rights, base, len(parts))
            yield "institutional_links.xml", iter([links])
        case "linkout":
            yield "providerinfo.xml", iter([linkout.provider_file(name, settings, base)])
            linked = holdings.linked(pmid=True)
            for number, part in enumerate(linkout.resource_files(linked, settings, base)):
                yield f"resources_{number}.xml", iter([part])
        case _:
            yield "providers.xml", iter([europepmc.provider_file(name, settings)])
            linked = holdings.linked()
            for number, part in enumerate(europepmc.link_files(linked, name, settings, base)):
                yield f"links_{number}.xml", iter([part])


def _collections(services: Services, holdings: Holdings) -> Iterator[str]:
    for one in services.archive.collections():
        if holdings.titles(Choice(collection=one.name), size=0).total:
            yield one.name


def _base(settings: Settings, base: str) -> str:
    found = base or settings.web.base_url or f"http://{settings.web.host}:{settings.web.port}"
    return found.rstrip("/")


@contextmanager
def _opened(home: Path, settings: Settings) -> Iterator[Services]:
    services = open_services(home, settings)
    try:
        yield services
    finally:
        services.close()


def _in_process(services: Services) -> Probe:
    def probe(query: str) -> Answer:
        found = resolve(read_openurl(query.encode()), services.search).found
        if found is None:
            return Answer()
        return Answer(found.record.ark_istex, bool(found.record.fulltext))

    return probe


def _over_http(server: str) -> Probe:
    connection = Connection()

    def probe(query: str) -> Answer:
        try:
            answer = connection.json(f"{server.rstrip('/')}/document/openurl?{query}&noredirect")
        except RemoteFailed as error:
            if error.data.get("status") in (300, 404):
                return Answer()
            raise
        match = _ARK.search(str(answer.get("resourceUrl", "")))
        return Answer(match[0] if match else "", match is not None)

    return probe


def _tell(report: Report) -> None:
    print_line(
        f"{report.titles:,} titles, {report.rows:,} rows, {report.probes:,} probes: "
        f"{len(report.failures):,} do not resolve, {len(report.faults):,} faults in the file; "
        f"{len(report.gaps):,} gaps; {len(report.unpublished):,} serials without any year are not "
        f"published; {report.outside:,} documents stand in no journal and no book."
    )
    for fault in report.faults[:_SHOWN]:
        print_line(f"  row {fault.row} {fault.column}: {fault.reason}")
    for failure in report.failures[:_SHOWN]:
        print_line(f"  {failure.title}: {failure.cause}, {failure.expected}\n    {failure.openurl}")
    for one in report.gaps[:_SHOWN]:
        gap = one.gap
        inside = f" of volume {gap.volume}" if gap.volume else ""
        numbers = f"{gap.first}" if gap.first == gap.last else f"{gap.first}-{gap.last}"
        print_line(f"  {one.title}: {gap.kind} {numbers}{inside} missing")
    most = max(len(report.faults), len(report.failures), len(report.gaps))
    if most > _SHOWN:
        print_line("  ... --json lists all")
