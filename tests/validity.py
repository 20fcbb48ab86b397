"""Holds every TEI and MODS of an archive against its schema.

`python -m tests.validity HOME` reads the packs as any tool would: every version of every
document. It ends with 1 if a form is not valid.
"""

from __future__ import annotations

import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from tests.conftest import DATA

_FORMS = {".tei": "TEI", ".mods": "MODS"}


def invalid(home: Path, counts: Counter[str]) -> Iterator[str]:
    """Give what is wrong, a line per form; count the forms by kind."""
    schemas = {
        ".tei": etree.RelaxNG(file=str(DATA / "schemas" / "tei_fonds.rng")),
        ".mods": etree.XMLSchema(file=str(DATA / "schemas" / "mods-3-7.xsd")),
    }
    parser = etree.XMLParser(huge_tree=True, resolve_entities=False, no_network=True)
    for pack in sorted((home / "archive").glob("*.zip")):
        with zipfile.ZipFile(pack) as members:
            for name in members.namelist():
                kind = Path(name).suffix
                schema = schemas.get(kind)
                if schema is None:
                    continue
                counts[_FORMS[kind]] += 1
                if not schema.validate(etree.fromstring(members.read(name), parser)):
                    yield f"{name}: {schema.error_log.last_error}"


def main() -> int:
    """Print what is not valid, and how many forms there were."""
    counts: Counter[str] = Counter()
    wrong = 0
    for line in invalid(Path(sys.argv[1]), counts):
        wrong += 1
        sys.stdout.write(f"{line}\n")
    made = ", ".join(f"{count} {form}" for form, count in sorted(counts.items()))
    sys.stdout.write(f"{made}; not valid: {wrong}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
