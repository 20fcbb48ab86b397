"""One measured task in a fresh process: `python -m benchmarks.once TASK ARGUMENT...`."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from benchmarks.deliveries import files

XML = (".xml", ".nxml")


def bare_parse(folder: str) -> None:
    """Parse every XML file by lxml and keep nothing: the limit of a load."""
    from lxml import etree  # noqa: PLC0415  # each task pays for its own imports only

    for path in files(Path(folder), XML):
        with suppress(etree.XMLSyntaxError):
            etree.parse(str(path))


def bare_pdf(folder: str) -> None:
    """Open every PDF and take the text of every page: the limit of a load with PDF."""
    import pypdfium2 as pdfium  # noqa: PLC0415

    for path in files(Path(folder), (".pdf",)):
        try:
            document = pdfium.PdfDocument(str(path))
        except pdfium.PdfiumError:
            continue  # one of the files is damaged
        for page in document:
            text = page.get_textpage()
            text.get_text_bounded()
            text.close()
            page.close()
        document.close()


def load(folder: str, home: str, workers: str) -> None:
    """Load a delivery, from its files to a durable, searchable archive."""
    from fonds.loading.load import load as load_delivery  # noqa: PLC0415
    from fonds.settings import Settings  # noqa: PLC0415

    load_delivery(
        [Path(folder)],
        collection="benchmark",
        home=Path(home),
        settings=Settings(),
        workers=int(workers),
    )


def enrich(home: str, workers: str) -> None:
    """Run every enrichment but OCR over a home."""
    from fonds.loading.enrich import enrich as enrich_all  # noqa: PLC0415
    from fonds.settings import Settings  # noqa: PLC0415

    enrich_all(home=Path(home), settings=Settings(), without=("ocr",), workers=int(workers))


def analyse(home: str, digests: str, name: str, given: str) -> dict[str, float]:
    """Analyse a corpus whose digests stand in a file; `given` is `name=value` or nothing."""
    import msgspec  # noqa: PLC0415

    from fonds.access.gate import OPERATOR  # noqa: PLC0415
    from fonds.analyses.corpus import Asker, Corpus  # noqa: PLC0415
    from fonds.analyses.digest import Digest  # noqa: PLC0415
    from fonds.analyses.door import load_analysis, read_values  # noqa: PLC0415
    from fonds.analyses.service import opened  # noqa: PLC0415
    from fonds.settings import Settings  # noqa: PLC0415

    archived, held = opened(Path(home), Settings())
    begin = time.perf_counter()
    decoded = msgspec.msgpack.decode(Path(digests).read_bytes(), type=list[Digest])
    read = time.perf_counter() - begin
    beside = decoded[len(decoded) // 2 :] if name == "comparison" else []
    corpus = Corpus(archived, decoded[: len(decoded) - len(beside)], Asker(OPERATOR), held.read)
    if beside:
        corpus.beside = Corpus(archived, beside, Asker(OPERATOR), held.read)
    key, _, value = given.partition("=")
    analysis = load_analysis(name)
    analysis.analyse(corpus, read_values(analysis, {key: value} if key else {}))
    return {"read": read}


def pubmed_parser(folder: str) -> None:
    """Read the same facts and paragraphs by pubmed_parser: a peer that stores nothing."""
    import pubmed_parser as peer  # noqa: PLC0415

    failed = 0
    for path in files(Path(folder), XML):
        try:
            peer.parse_pubmed_xml(str(path))
            peer.parse_pubmed_paragraph(str(path), all_paragraph=True)
            peer.parse_pubmed_references(str(path))
        except Exception:  # a peer that fails on a file goes on with the next
            failed += 1
    print(f"pubmed_parser failed on {failed} files", file=sys.stderr)


TASKS: dict[str, Callable[..., dict[str, float] | None]] = {
    "analyse": analyse,
    "bare_parse": bare_parse,
    "bare_pdf": bare_pdf,
    "enrich": enrich,
    "load": load,
    "pubmed_parser": pubmed_parser,
}


def main() -> None:
    """Run the named task and print its seconds as JSON."""
    task, *arguments = sys.argv[1:]
    _warm(task)
    begin = time.perf_counter()
    further = TASKS[task](*arguments) or {}
    print(json.dumps({"seconds": time.perf_counter() - begin, **further}))


def _warm(task: str) -> None:
    """Import what the task needs before the clock starts."""
    import importlib  # noqa: PLC0415

    needs = {
        "analyse": "fonds.analyses.service",
        "bare_parse": "lxml.etree",
        "bare_pdf": "pypdfium2",
        "enrich": "fonds.loading.enrich",
        "load": "fonds.loading.load",
        "pubmed_parser": "pubmed_parser",
    }
    importlib.import_module(needs[task])


if __name__ == "__main__":
    main()
