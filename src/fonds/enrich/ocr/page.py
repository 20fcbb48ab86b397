"""The process that recognises one page.

`python -m fonds.enrich.ocr.page PDF PAGE DPI LANGUAGES MEMORY`

It renders the page by pypdfium2 into a file beside the PDF and becomes tesseract, which writes a
line per word (TSV) to the output. Limits on memory and files hold for both; whatever a PDF does,
only this process suffers.
"""

from __future__ import annotations

import os
import resource
import sys
from pathlib import Path

import pypdfium2 as pdfium

_MOST_PIXELS = 36_000_000  # A3 at 300 dpi has 17 million
_MOST_FILE = 512 * 1024 * 1024
FAILED = 3  # exit code: the page could not be rendered


def main() -> None:
    """Render the page and become tesseract."""
    path, number, dpi, languages, memory = sys.argv[1:]
    limit = int(memory)
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_MOST_FILE, _MOST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    image = Path(path).with_name(f"{number}.pgm")
    try:
        density = _render(Path(path), int(number), int(dpi), image)
    except (pdfium.PdfiumError, MemoryError, OSError, ValueError) as error:
        sys.stderr.write(str(error))
        sys.exit(FAILED)
    os.environ["OMP_THREAD_LIMIT"] = "1"  # pages are spread over processes, not threads
    command = ["tesseract", str(image), "stdout", "-l", languages, "--dpi", str(density), "tsv"]
    os.execvp(command[0], command)  # noqa: S606  # no shell


def _render(path: Path, number: int, dpi: int, target: Path) -> int:
    """Write a page as a grey image and return its density; huge pages get a lower one."""
    document = pdfium.PdfDocument(str(path))
    page = document[number - 1]
    width, height = page.get_size()  # points
    pixels = max(1.0, width * height) * (dpi / 72) ** 2
    density = dpi if pixels <= _MOST_PIXELS else max(36, int(dpi * (_MOST_PIXELS / pixels) ** 0.5))
    bitmap = page.render(scale=density / 72, grayscale=True)
    data = bitmap.to_numpy()
    rows, columns = data.shape[:2]
    with target.open("wb") as file:
        file.write(b"P5\n%d %d\n255\n" % (columns, rows))
        file.write(data.reshape(rows, columns).tobytes())
    document.close()
    return density


if __name__ == "__main__":
    main()
