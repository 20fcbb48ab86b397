"""`fonds token`: personal tokens, given out and taken back."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from fonds.cli.options import DEFAULT_HOME, Home, Json


class Action(StrEnum):
    """What to do with tokens."""

    create = "create"
    list = "list"
    revoke = "revoke"


def command(
    action: Annotated[Action, typer.Argument(help="create, list or revoke.")],
    name: Annotated[
        str, typer.Argument(help="create: key of an institution of access.toml; revoke: number.")
    ] = "",
    days: Annotated[int, typer.Option(min=1, help="How long a new one is valid.")] = 365,
    collection: Annotated[
        list[str] | None, typer.Option(help="Only this collection; may be repeated.")
    ] = None,
    note: Annotated[str, typer.Option(help="What it is for; no name of a person.")] = "",
    home: Home = DEFAULT_HOME,
    json: Json = False,
) -> None:
    """Give out, list and revoke personal tokens (sent as `Authorization: Bearer TOKEN`)."""
    from fonds.cli.tokens import create, listing, revoke  # noqa: PLC0415

    match action:
        case Action.create:
            create(home, name, days, tuple(collection or ()), note)
        case Action.list:
            listing(home, as_json=json)
        case Action.revoke:
            revoke(home, name)
