"""`fonds duplicates`: documents that are the same work, why, and the undoing of a link."""

from __future__ import annotations

from typing import Annotated

import typer

from fonds.cli.options import DEFAULT_HOME, Home, Json

Pair = tuple[str, str]


def command(
    home: Home = DEFAULT_HOME,
    collection: Annotated[str, typer.Option(help="Only works of this collection.")] = "",
    unlink: Annotated[
        Pair | None,
        typer.Option(help="Two documents (id or ARK) that are not the same work; kept for ever."),
    ] = None,
    link: Annotated[
        Pair | None,
        typer.Option(help="Two documents that are the same work; also undoes --unlink."),
    ] = None,
    why: Annotated[str, typer.Option(help="The reason of the decision, kept with it.")] = "",
    as_json: Json = False,
) -> None:
    """List documents that are the same work. All of them are kept; a wrong link can be undone."""
    from fonds.cli.deciding import decide, listed, tell  # noqa: PLC0415
    from fonds.cli.output import print_json  # noqa: PLC0415
    from fonds.settings import read_settings  # noqa: PLC0415

    settings = read_settings(home)
    for pair, linked in ((unlink, False), (link, True)):
        if pair is not None:
            decide(home, settings, pair, linked=linked, why=why, quiet=as_json)
    if unlink is None and link is None:
        answer = listed(home, settings, collection)
        if as_json:
            print_json(answer)
        else:
            tell(answer)
