"""Formats: reading and every rendition against a bare parse of the same files, one by one."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from lxml import etree

from benchmarks.deliveries import BUNDLED, SHARED, files
from benchmarks.measure import clock
from benchmarks.report import Claim, Section
from fonds.archive.identifiers import expected
from fonds.renditions.door import load_renditions
from fonds.renditions.model import Material, Rendition
from fonds.renditions.text import with_text_facts
from fonds.settings import LimitSettings, Settings
from fonds.sources.detect import load_readers, read_bytes
from fonds.sources.model import Reader

ROUNDS = 2  # the best of these
MOST_TIMES_PARSE = 6.0
LEAST_SPEEDUP = 1.7
_XML = (".xml", ".nxml", ".meta", ".scoap")
_LEAST_SECONDS = 0.02  # a format with few files is read again and again until so much was parsed
_MOST_REPEATS = 200
# what is measured: folders of the shared corpora, each one format
_FOLDERS = (
    "jats", "oup-scjats", "nlm-dtd-samples", "elsevier-ja", "elsevier-xocs", "elsevier-document",
    "springer-aplusplus", "wiley-wileyml", "pub2tei-dummy", "bmc-art", "copernicus-meta", "erudit",
    "tei-tcp", "tei-dingler", "tei-grobid", "tei-hal", "tei-openedition", "tei-mazarinades",
    "alto", "patents", "crossref-deposit", "crossref-unixref", "pubmed", "datacite", "mods",
    "acl-anthology",
)  # fmt: skip
_COPY = """<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
<xsl:template match="@*|node()"><xsl:copy><xsl:apply-templates select="@*|node()"/></xsl:copy>
</xsl:template></xsl:stylesheet>"""


class _Tools(msgspec.Struct, frozen=True):
    readers: Sequence[Reader]
    renditions: Sequence[Rendition]
    limits: LimitSettings
    settings: Settings


def run() -> list[Section]:
    """Measure every format and how two processes scale."""
    return [_formats(), _scaling()]


def _formats() -> Section:
    tools = _tools()
    rows, worst = [], ("", 0.0)
    total = dict.fromkeys(("parse", "copy", "kept", "all"), 0.0)
    for name, paths in _deliveries():
        sources = [path.read_bytes() for path in paths]
        repeats = _repeats(sources)
        best = _measure(sources, repeats, tools)
        documents = sum(len(_read(data, tools)) for data in sources) * repeats
        size = sum(map(len, sources)) * repeats / 1e6
        times = best["all"] / best["parse"]
        worst = max(worst, (name, times), key=lambda one: one[1])
        for task, seconds in best.items():
            total[task] += seconds / repeats
        rows.append(
            [
                name,
                f"{documents / repeats:.0f}",
                f"{documents / best['all']:,.0f}",
                f"{size / best['all']:.1f}",
                f"{best['copy'] / best['parse']:.1f}",
                f"{best['kept'] / best['parse']:.1f}",
                f"{times:.1f}",
            ]
        )
    whole = total["all"] / total["parse"]
    return Section(
        title="formats",
        data=(
            "The XML of the shared corpora, format by format, in one process; times are multiples "
            f"of a bare `lxml.etree.fromstring` of the same bytes, best of {ROUNDS} rounds."
        ),
        head=["format", "documents", "documents/s", "MB/s", "an XSLT that copies",
              "read + what is kept", "read + every form"],
        rows=rows,
        claims=[
            Claim("read and every form, all formats together", whole, MOST_TIMES_PARSE, "×"),
            Claim(f"the slowest format ({worst[0]})", worst[1], MOST_TIMES_PARSE, "×"),
        ],
        notes=[
            "Kept: TEI, MODS, plain and cleaned text. Every form: also HTML, BibTeX, RIS, CSL-JSON "
            "and Dublin Core, which are made when asked for. The peer copies the tree by libxslt "
            "and serialises it: part of the work, without reading a record."
        ],
    )  # fmt: skip


def _scaling() -> Section:
    paths = [path for _, found in _deliveries() for path in found]
    one = min(_processes(paths, 1) for _ in range(2))
    two = min(_processes(paths, 2) for _ in range(2))
    return Section(
        title="formats, two processes",
        data=f"{len(paths)} files of all formats, read and every form made; started beforehand.",
        head=["processes", "s"],
        rows=[["1", f"{one:.2f}"], ["2", f"{two:.2f}"]],
        claims=[Claim("two processes, times one", one / two, LEAST_SPEEDUP, "×", at_least=True)],
    )


def _deliveries() -> list[tuple[str, list[Path]]]:
    if not SHARED.is_dir():
        return [("bundled", files(BUNDLED, _XML))]
    return [(name, files(SHARED / name, _XML)) for name in _FOLDERS if (SHARED / name).is_dir()]


def _tools() -> _Tools:
    return _Tools(load_readers(), load_renditions(), LimitSettings(), Settings())


def _repeats(sources: Sequence[bytes]) -> int:
    once = clock(lambda: _parse(sources))
    return max(1, min(_MOST_REPEATS, round(_LEAST_SECONDS / once)))


def _measure(sources: Sequence[bytes], repeats: int, tools: _Tools) -> dict[str, float]:
    copy = etree.XSLT(etree.XML(_COPY))
    stored = [one for one in tools.renditions if one.stored]
    tasks: dict[str, Callable[[], None]] = {
        "parse": lambda: _parse(sources),
        "copy": lambda: _copy(sources, copy),
        "kept": lambda: _make(sources, tools, stored),
        "all": lambda: _make(sources, tools, tools.renditions),
    }
    best: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, task in tasks.items():
            seconds = sum(clock(task) for _ in range(repeats))
            best[name] = min(seconds, best.get(name, seconds))
    return best


def _parse(sources: Sequence[bytes]) -> None:
    for data in sources:
        with suppress(etree.XMLSyntaxError):
            etree.fromstring(data, etree.XMLParser(recover=True, load_dtd=False, no_network=True))


def _copy(sources: Sequence[bytes], transform: etree.XSLT) -> None:
    for data in sources:
        with suppress(etree.XMLSyntaxError, etree.XSLTApplyError):
            root = etree.fromstring(data, etree.XMLParser(recover=True, load_dtd=False))
            etree.tostring(transform(root))


def _make(sources: Sequence[bytes], tools: _Tools, renditions: Sequence[Rendition]) -> None:
    for data in sources:
        for material in _read(data, tools):
            for rendition in renditions:
                rendition.make(material)


def _read(data: bytes, tools: _Tools) -> list[Material]:
    found = read_bytes(data, tools.readers, tools.limits)
    if not isinstance(found, tuple):
        return []
    made = []
    for number, reading in enumerate(found):
        record = with_text_facts(reading.record, reading.text)
        names = expected(record, f"x.xml#{number}", "benchmark", tools.settings.archive)
        named = msgspec.structs.replace(
            record, id=names.id, ark_istex=names.ark, ark=(names.ark,), corpus_name="benchmark"
        )
        made.append(Material(named, reading.text))
    return made


def _processes(paths: Sequence[Path], count: int) -> float:
    context = multiprocessing.get_context("spawn")
    with context.Pool(count) as pool:
        pool.map(_work, [[] for _ in range(count)], chunksize=1)  # imports before the clock
        return clock(lambda: pool.map(_work, _shares(paths), chunksize=1))


def _shares(paths: Sequence[Path], size: int = 8) -> list[list[Path]]:
    return [list(paths[at : at + size]) for at in range(0, len(paths), size)]


class _Held:
    """The tools of a process."""

    tools: _Tools | None = None


def _work(paths: list[Path]) -> None:
    if _Held.tools is None:
        _Held.tools = _tools()
    _make([path.read_bytes() for path in paths], _Held.tools, _Held.tools.renditions)
