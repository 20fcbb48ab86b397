"""Running an export with a progress bar."""

from __future__ import annotations

from pathlib import Path

import msgspec

from fonds.cli.output import megabytes, print_json, print_line, print_table
from fonds.cli.waiting import waiting
from fonds.corpora.corpus_file import CorpusFile, read_corpus
from fonds.corpora.export import Export
from fonds.corpora.kept import keep_corpus
from fonds.corpora.lists import CORPUS
from fonds.corpora.plan import Plan
from fonds.corpora.planning import EVERYTHING, Wish, list_plan, make_plan
from fonds.corpora.presets import preset
from fonds.corpora.resolving import resolve
from fonds.corpora.sizes import Sizes, sizes_of
from fonds.corpora.table_files import (
    enrichment_chunks,
    is_table,
    table_chunks,
    table_format,
    write_table,
)
from fonds.corpora.withholding import Nothing
from fonds.corpora.writing import partial_of, write_file, write_folder
from fonds.errors import (
    CorpusInvalid,
    DeliveryNotFound,
    NotThere,
    OutputNotWritable,
    ParameterInvalid,
)
from fonds.settings import read_settings
from fonds.web.services import Services, open_services

_MOST_SHOWN = 20  # documents of a .corpus file that are not here


class Order(msgspec.Struct, frozen=True):
    """What `fonds export` was asked."""

    query: str
    output: Path | None
    formats: str
    use: str
    table: str
    rows: str
    size: str
    offset: int
    sort: str
    rank: str
    seed: int | None
    corpus: Path | None
    keep: str
    resume: bool


class Summary(msgspec.Struct, frozen=True):
    """What `fonds export --json` says."""

    sizes: Sizes | None
    output: str
    documents: int
    bytes: int  # of the output
    resumed: int  # bytes, or files of a folder, that were there already
    kept: str  # ARK
    missing: tuple[str, ...]  # of a .corpus file


def run(home: Path, order: Order, *, as_json: bool) -> None:
    """Export, and say what was done."""
    settings = read_settings(home)
    services = open_services(home, settings)
    try:
        summary = _export(services, order, quiet=as_json)
    finally:
        services.close()
    if as_json:
        print_json(summary)
    else:
        _tell(summary)


def _export(services: Services, order: Order, *, quiet: bool) -> Summary:
    plan, missing = _begun(services, order), tuple[str, ...]()
    if plan is None:
        plan, missing = _planned(services, order)
    kept = ""
    if order.keep:
        naan = services.settings.archive.naan
        kept = keep_corpus(services.home, services.archive, plan, naan=naan, title=order.keep).ark
    if order.table or order.rows or (order.output and is_table(order.output.name)):
        size = _write_table(services, order, plan, quiet=quiet)
        return Summary(None, str(order.output or ""), len(plan.ords), size, 0, kept, missing)
    sizes = sizes_of(services.archive, plan, Nothing())
    if order.output is None:
        return Summary(sizes, "", sizes.delivered, sizes.size, 0, kept, missing)
    services.plans.keep(plan)  # an interrupted run goes on with it, whatever is loaded meanwhile
    export = Export(services.archive, plan, Nothing())
    if order.output.suffix.lower() == CORPUS:
        size = _write_corpus(export, order.output)
        return Summary(None, str(order.output), len(plan.ords), size, 0, kept, missing)
    resumed = _write(services, export, order.output, quiet=quiet)
    written = sizes.bytes if order.output.is_dir() else sizes.size
    return Summary(sizes, str(order.output), sizes.delivered, written, resumed, kept, missing)


def _write(services: Services, export: Export, output: Path, *, quiet: bool) -> int:
    write = write_file if _archive_type(output) else write_folder
    with waiting(output.name, quiet=quiet) as progress:
        return write(services.archive, export, output, progress)


def _write_table(services: Services, order: Order, plan: Plan, *, quiet: bool) -> int:
    if order.output is None:
        raise ParameterInvalid(name="--output", value="", reason="a table needs a file to go to")
    chosen = table_format(order.output.name)
    with waiting(order.output.name, quiet=quiet) as progress:
        archive, ords = services.archive, plan.ords
        if order.rows:
            chunks = enrichment_chunks(archive, ords, order.rows, order.table, chosen, progress)
        else:
            chunks = table_chunks(archive, ords, order.table or "*", chosen, progress)
        return write_table(chunks, order.output)


def _write_corpus(export: Export, output: Path) -> int:
    """Write the `.corpus` file of an export alone, and return its bytes."""
    content = b"".join(next(one for one in export.made if one.name == CORPUS).chunks())
    try:
        output.write_bytes(content)
    except OSError as error:
        raise OutputNotWritable(path=output, reason=error.strerror or error) from error
    return len(content)


def _begun(services: Services, order: Order) -> Plan | None:
    """Return the plan of what an interrupted run left, when it is to go on."""
    if not order.resume or order.output is None:
        return None
    for _, key in partial_of(order.output):
        try:
            return services.plans.read(key)
        except NotThere:
            continue
    return None


def _planned(services: Services, order: Order) -> tuple[Plan, tuple[str, ...]]:
    formats = preset(order.use).extract if order.use else order.formats
    archive_type = (_archive_type(order.output) if order.output else "zip") or "zip"
    query = order.query
    if order.corpus is not None:
        corpus = _read(order.corpus)
        if corpus.values:
            found = resolve(services.archive, services.engine, services.search, corpus)
            wish = Wish(corpus.query, formats, archive_type)
            return list_plan(services.archive, services.engine, found.ords, wish), found.missing
        query = corpus.query
    request = services.search.ask(query, sort_by=order.sort, rank_by=order.rank, seed=order.seed)
    wish = Wish(
        query, formats, archive_type, _size(order.size), order.offset, _parameters(order, query)
    )
    return make_plan(services.archive, services.engine, request, wish), ()


def _read(path: Path) -> CorpusFile:
    try:
        return read_corpus(path.read_text("utf-8"))
    except OSError as error:
        raise DeliveryNotFound(path=path, reason=error.strerror or error) from error
    except UnicodeDecodeError as error:
        raise CorpusInvalid(reason="it is not UTF-8") from error


def _parameters(order: Order, query: str) -> dict[str, str]:
    named = {
        "q": query,
        "extract": preset(order.use).extract if order.use else order.formats,
        "size": order.size,
        "from": str(order.offset) if order.offset else "",
        "sortBy": order.sort,
        "rankBy": order.rank,
    }
    return {name: value for name, value in named.items() if value}


def _size(text: str) -> int:
    if text == "*":
        return EVERYTHING
    if not (text.isascii() and text.isdigit()):
        raise ParameterInvalid(name="--size", value=text[:80], reason="a number or * was expected")
    return min(int(text), EVERYTHING)


def _archive_type(output: Path) -> str:
    """Return zip or tar; an empty text means a folder."""
    name = output.name.lower()
    if name.endswith(".zip"):
        return "zip"
    return "tar" if name.endswith((".tar.gz", ".tgz")) else ""


def _tell(summary: Summary) -> None:
    sizes = summary.sizes
    if sizes is not None:
        rows = [
            (f"{one.type}/{one.format}", f"{one.documents:,}", f"{one.absent:,}",
             megabytes(one.bytes))
            for one in sizes.formats
        ]  # fmt: skip
        print_table(("format", "documents ", "without ", "size "), rows)
    what = f"{summary.documents:,} documents, {megabytes(summary.bytes)}"
    print_line(f"{summary.output}: {what}" if summary.output else f"would be {what}")
    if summary.resumed:
        print_line("  went on where it had stopped")
    if summary.kept:
        print_line(f"  kept as {summary.kept}")
    if summary.missing:
        print_line(f"  {len(summary.missing)} are not in this archive:")
        for name in summary.missing[:_MOST_SHOWN]:
            print_line(f"    {name}")
