"""The real files a benchmark runs on: the shared corpora where they are, else the bundled ones."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared" / "corpora"
BUNDLED = ROOT / "src" / "fonds" / "demo" / "deliveries"


def xml_only(folder: Path) -> tuple[Path, str]:
    """Copy every JATS file, without its PDF, into a folder; say what they are."""
    source = SHARED / "jats" if SHARED.is_dir() else BUNDLED
    target = folder / "xml"
    count = size = 0
    for path in _files(source, (".xml", ".nxml")):
        _copy(path, target / path.relative_to(source))
        count += 1
        size += path.stat().st_size
    return target, f"{count} JATS files, {size / 1e6:.1f} MB, {_where()}"


def with_pdf(folder: Path) -> tuple[Path, str]:
    """Copy every PDF and the XML of the same name into a folder; say what they are."""
    sources = [SHARED / "openjournals", SHARED / "jats"] if SHARED.is_dir() else [BUNDLED]
    target = folder / "pdf"
    count = size = 0
    for source in sources:
        for pdf in _files(source, (".pdf",)):
            for path in _files_of_stem(pdf):
                _copy(path, target / source.name / path.relative_to(source))
            count += 1
            size += pdf.stat().st_size
    return target, f"{count} PDFs, {size / 1e6:.1f} MB, with their XML, {_where()}"


def first_with_pdf(delivery: Path, folder: Path) -> Path:
    """Copy the first PDF of a delivery and its XML into a folder of their own."""
    target = folder / "one-pdf"
    for path in _files_of_stem(files(delivery, (".pdf",))[0]):
        _copy(path, target / path.name)
    return target


def files(folder: Path, suffixes: tuple[str, ...]) -> list[Path]:
    """List the files of a delivery with one of these suffixes."""
    return list(_files(folder, suffixes))


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _where() -> str:
    return "of the shared corpora" if SHARED.is_dir() else "of the bundled deliveries"


def _files(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    for root, directories, names in os.walk(folder):
        directories.sort()
        for name in sorted(names):
            if name.lower().endswith(suffixes):
                yield Path(root) / name


def _files_of_stem(pdf: Path) -> list[Path]:
    stem = pdf.name.split(".")[0] if pdf.name.endswith(".orig.pdf") else pdf.stem
    return [pdf, *(p for p in sorted(pdf.parent.glob("*.xml")) if p.name.startswith(stem))]
