"""`fonds access`: what `access.toml` says, checked; who an address is and what it may read."""

from __future__ import annotations

from typing import Annotated

import typer

from fonds.cli.options import DEFAULT_HOME, Home, Json


def command(
    address: Annotated[
        str, typer.Argument(help="An IP address: who it is and what it may read.")
    ] = "",
    home: Home = DEFAULT_HOME,
    json: Json = False,
) -> None:
    """Check access.toml and say what is restricted, for an address if one is given."""
    from fonds.access.gate import Caller, Gate  # noqa: PLC0415
    from fonds.archive.archive import Archive  # noqa: PLC0415
    from fonds.cli.output import print_json, print_line  # noqa: PLC0415
    from fonds.settings import read_settings  # noqa: PLC0415

    gate = Gate(home)
    with Archive.open(home, read_settings(home)) as archive:
        names = [one.name for one in archive.collections()]
    visitor = gate.visitor(Caller(address))
    closed = gate.closed(visitor, names)
    states = {name: "closed" if name in closed else "readable" for name in names}
    if json:
        print_json({"institutions": sorted(visitor.institutions), "collections": states})
        return
    if not gate.rights.restricts:
        print_line(f"Nothing is restricted ({home / 'access.toml'}).")
    who = ", ".join(sorted(visitor.institutions)) or "nobody known"
    print_line(f"{address or 'Without an address'}: {who}")
    for name, state in states.items():
        print_line(f"  {name}: {state}")
