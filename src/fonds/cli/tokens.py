"""What `fonds token` does."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from fonds.access.gate import Gate
from fonds.access.tokens import Tokens
from fonds.cli.output import print_json, print_line, print_table
from fonds.errors import InstitutionUnknown


def create(home: Path, institution: str, days: int, scope: tuple[str, ...], note: str) -> None:
    """Print a new token; `scope` names collections, none means all."""
    if institution not in Gate(home).rights.institutions:
        raise InstitutionUnknown(name=institution)
    print_line(Tokens(home).create(institution, days=days, collections=scope, note=note))


def listing(home: Path, *, as_json: bool) -> None:
    """List the tokens that were given out."""
    issued = Tokens(home).issued()
    if as_json:
        print_json(issued)
        return
    rows = [
        (
            one.number,
            one.institution,
            ", ".join(one.collections) or "all it has rights to",
            "revoked"
            if one.revoked
            else datetime.fromtimestamp(one.expires, UTC).date().isoformat(),
            one.note,
        )
        for one in issued
    ]
    print_table(("number", "institution", "collections", "until", "note"), rows)


def revoke(home: Path, number: str) -> None:
    """Make a token worthless from now on."""
    one = Tokens(home).revoke(number)
    print_line(f"{one.number} of {one.institution} is revoked.")


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()
