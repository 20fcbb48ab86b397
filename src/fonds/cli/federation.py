"""`fonds federation`: the identity providers of federations, read and checked."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from fonds.cli.options import DEFAULT_HOME, Home, Json


class Action(StrEnum):
    """What to do with the metadata of federations."""

    refresh = "refresh"
    list = "list"


def command(
    action: Annotated[Action, typer.Argument(help="refresh or list.")],
    word: Annotated[str, typer.Argument(help="list: only providers whose name holds this.")] = "",
    home: Home = DEFAULT_HOME,
    json: Json = False,
) -> None:
    """Read the SAML metadata that access.toml names (refresh), list who can sign in (list)."""
    from fonds.cli.federating import listing, refreshing  # noqa: PLC0415

    match action:
        case Action.refresh:
            refreshing(home, as_json=json)
        case Action.list:
            listing(home, word, as_json=json)
