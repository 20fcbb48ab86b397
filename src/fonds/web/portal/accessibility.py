"""The declaration of accessibility that French law asks for (RGAA 4.1), as honest as it can be.

https://accessibilite.numerique.gouv.fr/obligations/declaration-accessibilite/
"""

from __future__ import annotations

from datetime import date
from typing import Literal

import msgspec

from fonds.settings import Settings
from fonds.web.portal.ways import safe_address

State = Literal["not", "partly", "fully"]

CHECKED = date(2026, 11, 26)  # when the list of checks and gaps below was last gone through
# what was checked by programs, what is known to be missing: texts `a11y_check_<key>`, ...
CHECKS = ("axe", "keyboard", "tree", "scripts", "lighthouse")
GAPS = ("audit", "pdf", "viewer", "figures", "words")
TECHNIQUES = ("HTML 5", "CSS", "SVG", "MathML", "WAI-ARIA", "JavaScript")


class Declaration(msgspec.Struct, frozen=True):
    """What an installation declares."""

    state: State
    audit: str  # address of the report; empty: no audit was made
    contact: str  # empty: the operator has named nobody


def declaration(settings: Settings) -> Declaration:
    """Return what the settings allow to be declared: without a report, nothing but `not`."""
    portal = settings.portal
    audit = safe_address(portal.accessibility_audit)
    return Declaration(
        state=portal.accessibility if audit else "not",
        audit=audit,
        contact=_contact(portal.accessibility_contact) or _contact(portal.report),
    )


def _contact(address: str) -> str:
    return address if address.startswith("mailto:") else safe_address(address)
