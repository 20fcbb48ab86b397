"""`fonds show`: one document with everything known about it."""

from __future__ import annotations

from typing import Annotated

import typer

from fonds.cli.options import DEFAULT_HOME, Home


def command(
    document: Annotated[str, typer.Argument(help="An id of 40 characters, or an ARK.")],
    home: Home = DEFAULT_HOME,
    text: Annotated[bool, typer.Option("--text", help="Print the running text instead.")] = False,
) -> None:
    """Print a document's record as JSON, or its text."""
    import msgspec  # noqa: PLC0415

    from fonds.archive.archive import Archive  # noqa: PLC0415
    from fonds.cli.output import print_json, print_line  # noqa: PLC0415
    from fonds.errors import DocumentNotFound  # noqa: PLC0415
    from fonds.settings import read_settings  # noqa: PLC0415

    with Archive.open(home, read_settings(home)) as archive:
        found = archive.by_ark(document) if document.startswith("ark:") else archive.by_id(document)
        if found is None:
            raise DocumentNotFound(name=document)
        if text:
            print_line(archive.index_text(found))
        else:
            print_json(msgspec.json.decode(found.record))
