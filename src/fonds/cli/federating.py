"""What `fonds federation` does."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

from fonds.access.rights import read_rights
from fonds.access.saml.provider import Providers
from fonds.access.saml.refresh import refresh
from fonds.cli.output import print_json, print_line, print_table
from fonds.errors import MetadataInvalid
from fonds.web.login.choice import Choices


def refreshing(home: Path, *, as_json: bool) -> None:
    """Read all metadata again; raises MetadataInvalid when a file gives nothing any more."""
    rights = read_rights(home / "access.toml")
    found = list(refresh(home, rights.federation, now=time.time()))
    Providers(home).write(tuple(one.source for one in found if one.source is not None))
    if as_json:
        print_json(
            [
                {
                    "file": one.file,
                    "providers": len(one.source.providers) if one.source is not None else 0,
                    "until": one.source.until if one.source is not None else 0,
                    "signed": one.source.signed if one.source is not None else False,
                    "problem": one.problem,
                }
                for one in found
            ]
        )
    for one in () if as_json else found:
        if one.source is not None:
            signed = "signed" if one.source.signed else "not signed"
            until = _day(one.source.until)
            print_line(f"{one.file}: {len(one.source.providers)} providers, {signed}, {until}")
        if one.problem:
            print_line(f"{one.file}: {one.problem}")
    broken = next((one for one in found if one.source is None), None)
    if broken is not None:
        raise MetadataInvalid(name=broken.file, reason=broken.problem)


def listing(home: Path, word: str, *, as_json: bool) -> None:
    """List the logins that can give somebody rights, as the page /login shows them."""
    rights = read_rights(home / "access.toml")
    found = Choices(lambda: rights, Providers(home)).fitting("en", word)
    if as_json:
        print_json(found)
        return
    rows = [(one.name, ", ".join(one.institutions), one.issuer) for one in found]
    print_table(("login", "gives the rights of", "entityID or issuer"), rows)


def _day(until: float) -> str:
    if not until:
        return "without end"
    return f"valid until {datetime.fromtimestamp(until, UTC).isoformat(timespec='minutes')}"
