"""Writes the pages that say how far what we read and write agrees with others.

`python -m tests.agreement`: docs/reference/agreement.md (read, against Europe PMC) and
docs/reference/forms.md (written, against schemas and independent readers),
docs/reference/coverage.md (read, against what the sources carry) and docs/reference/pdf-alone.md
(derived from PDFs, against the XML beside them).
"""

from __future__ import annotations

from tests.conftest import ROOT
from tests.loading import agreement as pdf_alone
from tests.renditions import agreement as forms
from tests.sources import agreement as europe_pmc
from tests.sources import coverage

SHARED = ROOT.parent / "shared"
REFERENCE = ROOT / "docs" / "reference"


def main() -> None:
    """Measure and write the pages."""
    found = europe_pmc.measure(SHARED / "corpora")
    (REFERENCE / "agreement.md").write_text(europe_pmc.page(found), "utf-8")
    (REFERENCE / coverage.PAGE).write_text(
        coverage.page(coverage.measure(SHARED / "corpora")), "utf-8"
    )
    (REFERENCE / pdf_alone.PAGE).write_text(
        pdf_alone.page(pdf_alone.measure(SHARED / "corpora")), "utf-8"
    )
    (REFERENCE / forms.PAGE).write_text(forms.page(forms.measure(SHARED)), "utf-8")


if __name__ == "__main__":
    main()
