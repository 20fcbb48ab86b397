"""Packs the extension as one ZIP that browsers and their stores take: `make extension`.

The same files give the same bytes: sorted, without times.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

EXTENSION = Path(__file__).resolve().parent.parent.parent / "extension"
_TIME = (1980, 1, 1, 0, 0, 0)


def pack(target: Path) -> None:
    """Write the ZIP."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(EXTENSION.rglob("*")):
            if path.is_file():
                entry = zipfile.ZipInfo(path.relative_to(EXTENSION).as_posix(), _TIME)
                entry.external_attr = 0o644 << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, path.read_bytes())


if __name__ == "__main__":
    pack(Path(sys.argv[1]))
    sys.stdout.write(f"{sys.argv[1]}\n")
