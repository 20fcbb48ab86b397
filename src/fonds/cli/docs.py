"""`fonds docs`: the reference pages that are generated from the code."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

_FOLDER = Path("docs/reference")


def command(
    folder: Annotated[Path, typer.Argument(help="Where to write them.")] = _FOLDER,
) -> None:
    """Write the reference pages: settings, errors, fields, commands."""
    from fonds.cli.output import print_line  # noqa: PLC0415
    from fonds.cli.reference import pages  # noqa: PLC0415

    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")
        print_line(str(folder / name))
