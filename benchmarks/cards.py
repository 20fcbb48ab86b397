"""A card per enrichment: what it is, what it was measured at; `python -m benchmarks.cards`.

Writes docs/reference/model-cards.md. Who adds an enrichment adds its measure here; one without says
so on its card.
"""

from __future__ import annotations

import json
import resource
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.deliveries import BUNDLED, ROOT
from fonds.archive.archive import Archive
from fonds.enrich.door import load_enrichments
from fonds.enrich.language import Language
from fonds.enrich.model import Enrichment
from fonds.enrich.models import read_model
from fonds.enrich.ocr.tesseract import installed, recognise
from fonds.enrich.quality import QualityOfText
from fonds.enrich.reading import Dictionary, read
from fonds.enrich.references.labels import read_corpus
from fonds.enrich.references.refbibs import MODEL as REFERENCES
from fonds.enrich.references.refbibs import RefBibs
from fonds.enrich.references.train import evaluate, split
from fonds.loading.enrich import enrich
from fonds.loading.load import load
from fonds.renditions.pdf import PdfReaders
from fonds.renditions.pdf_facts import PdfFacts
from fonds.settings import EnrichSettings, LimitSettings, Settings

Figures = Iterator[tuple[str, str]]  # what was measured, the figure
PAGE = ROOT / "docs" / "reference" / "model-cards.md"
_TREEBANKS = ROOT.parent / "shared" / "training" / "ud"
_CITATIONS = ROOT.parent / "shared" / "training" / "citations"
_LEAST = 20  # characters of a sentence worth asking
_SCANNED = 6  # PDFs that are rendered and read again
_LANGUAGES = {"en": "eng", "fr": "fre"}


def main() -> None:
    """Measure and write the page."""
    PAGE.write_text(page(), "utf-8")
    print(f"written: {PAGE.relative_to(ROOT)}")


def page() -> str:
    """Return the page of all cards."""
    lines = [
        "# Model cards",
        "",
        "What each enrichment is made of, what it was measured at, and where it ends. Written by",
        "`make cards`; `fonds status` shows what the documents of your own archive took.",
        "",
    ]
    spent = _costs()
    for one in load_enrichments(EnrichSettings()):
        lines += _card(one, spent.get(one.name))
    return "\n".join(lines).rstrip() + "\n"


def _card(one: Enrichment, milliseconds: float | None) -> list[str]:
    measure = MEASURES.get(one.name)
    figures = list(measure()) if measure is not None else []
    if milliseconds is not None:
        figures.append(("a bundled document, on average", f"{milliseconds:.1f} ms"))
    parameters = json.dumps(dict(one.parameters), ensure_ascii=False)
    return [
        f"## {one.name}",
        "",
        "| | |",
        "|---|---|",
        f"| version | {one.version} |",
        f"| made of | {one.provenance} |",
        f"| reads | {', '.join(one.reads)} |",
        f"| parameters | `{parameters}` |",
        f"| open where texts are restricted | {'yes' if one.is_open else 'no'} |",
        "",
        *([LIMITS[one.name], ""] if one.name in LIMITS else []),
        *([f"[Data, training, quality]({MORE[one.name]})", ""] if one.name in MORE else []),
        *(["| measured | figure |", "|---|---:|"] if figures else ["No quality was measured yet."]),
        *(f"| {what} | {figure} |" for what, figure in figures),
        "",
    ]


def _costs() -> dict[str, float]:
    """Return the milliseconds that each enrichment takes on the bundled documents."""
    with tempfile.TemporaryDirectory(prefix="fonds-cards-") as name:
        home, settings = Path(name) / "home", Settings()
        for folder in sorted(path for path in BUNDLED.iterdir() if path.is_dir()):
            load([folder], collection=folder.name, home=home, settings=settings)
        enrich(home=home, settings=settings, without=("ocr",))
        with Archive.open(home, settings) as archive:
            return {
                one.name: one.milliseconds
                for one in archive.enrichment_counts()
                if one.status == "made"
            }


def _language() -> Figures:
    """Measure on sentences of the Universal Dependencies treebanks, whatever their length."""
    told = Language(EnrichSettings())
    for short, code in _LANGUAGES.items():
        texts = list(_sentences(short))
        if texts:
            begin = time.process_time()
            right = sum(told.detect(text)[0] == code for text in texts)
            speed = len(texts) / (time.process_time() - begin)
            yield f"{len(texts)} sentences of UD ({code}), right", f"{right / len(texts):.1%}"
            yield f"the same, sentences per CPU second ({code})", f"{speed:,.0f}"


def _sentences(short: str) -> Iterator[str]:
    for path in sorted(_TREEBANKS.rglob(f"{short}_*-ud-test.conllu")):
        for line in path.read_text("utf-8").splitlines():
            if line.startswith("# text = ") and len(line) > 9 + _LEAST:
                yield line[9:]


def _references() -> Figures:
    """Measure the bundled labeller on the documents of GROBID's corpus that it has not seen."""
    model = read_model("", REFERENCES)
    learn, held = split(read_corpus(_CITATIONS))
    if model is not None and held:
        figures = evaluate(model.data, held, len(learn))
        yield "references held out", f"{figures.references}"
        yield "tokens right", f"{figures.token_accuracy:.1%}"
        yield "references whose every field is right", f"{figures.all_right:.1%}"
        yield "F1 over all fields, whole texts alike", f"{figures.f1:.3f}"
        for name, (_, _, f1) in figures.fields.items():
            yield f"F1 of {name}", f"{f1:.3f}"


def _quality() -> Figures:
    """Say what the bundled PDFs come to; each was looked at."""
    dictionary = Dictionary()
    found = [read(text, "eng", dictionary) for _, text in _texts()]
    if found:
        yield (
            f"{len(found)} bundled PDFs, least share of letters",
            f"{min(f.letters for f in found):.2f}",
        )
        known = [f.known for f in found if f.known is not None]
        yield "the same, least share of known words", f"{min(known):.2f}"


def _ocr() -> Figures:
    """Read pages of PDFs that have a text, and compare the words."""
    if installed() is None:
        yield "tesseract", "not installed"
        return
    settings = EnrichSettings()
    shares, seconds = [], []
    with tempfile.TemporaryDirectory(prefix="fonds-cards-") as name:
        copy = Path(name) / "document.pdf"
        for path, text in list(_texts())[:_SCANNED]:
            shutil.copyfile(path, copy)
            wanted = set(text.partition("\f")[0].lower().split())
            begin = _children()
            _, seen = recognise(
                copy, 1, dpi=settings.ocr_dpi, languages="eng", memory=settings.ocr_memory_bytes,
                seconds=settings.ocr_page_seconds,
            )  # fmt: skip
            seconds.append(_children() - begin)
            shares.append(len(wanted & set(seen.lower().split())) / max(1, len(wanted)))
    if shares:
        yield (
            f"first pages of {len(shares)} bundled PDFs: words of the text layer found",
            f"{sum(shares) / len(shares):.1%}",
        )
        yield "CPU seconds a page", f"{sum(seconds) / len(seconds):.1f}"


def _children() -> float:
    """Return the CPU seconds that child processes took so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _texts() -> Sequence[tuple[Path, str]]:
    """Return the bundled PDFs with their text layers."""
    found = []
    with PdfReaders(LimitSettings()) as readers:
        for path in sorted(BUNDLED.rglob("*.pdf")):
            facts = readers.read(str(path))
            if isinstance(facts, PdfFacts) and facts.is_text:
                found.append((path, facts.text))
    return found


MEASURES: dict[str, Callable[[], Figures]] = {
    Language.name: _language,
    QualityOfText.name: _quality,
    "ocr": _ocr,
    RefBibs.name: _references,
}
MORE = {
    "teeft": "../models/terms.md",
    "refBibs": "../models/references.md",
    "multicat": "../models/categories.md",
    "nb": "../models/categories.md",
    "vectors": "../models/vectors.md",
}
LIMITS = {
    "teeft": "Figures of the bundled ranker, and limits: "
    "[docs/models/terms.md](../models/terms.md).",
    "refBibs": "Figures of the bundled labeller, and limits: "
    "[docs/models/references.md](../models/references.md).",
    "grobidFulltext": "Only where an operator has a GROBID server; its quality is that server's, "
    "and nothing of it goes into records. Not measured here.",
    "multicat": "Limits: journals that DOAJ listed in 2014; other schemes by tables of the "
    "operator.",
    "nb": "Figures of the bundled classifier, and limits: "
    "[docs/models/categories.md](../models/categories.md).",
    "unitex": "Figures of readings, and limits: [docs/models/entities.md](../models/entities.md).",
    "language": "Limits: only the languages that the settings allow are told apart; a text of a "
    "few words, or in two languages, may be told wrongly. Old spellings were not measured.",
    "quality": "Limits: thresholds come from PDFs in French and English; formulas lower the share "
    "of letters, names and chemistry that of known words; not every language has a dictionary.",
    "ocr": "Limits: print, in the languages installed; no handwriting, no formulas, no tables. "
    "Columns are told apart by tesseract and sometimes joined.",
    "features": "Limits: words are what stands between blanks and signs; languages written "
    "without blanks are not cut into words.",
}


if __name__ == "__main__":
    main()
