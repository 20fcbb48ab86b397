"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Home = Annotated[
    Path,
    typer.Option(
        "--home", envvar="FONDS_HOME", help="The directory of the installation.", show_default=True
    ),
]
Json = Annotated[bool, typer.Option("--json", help="Print one machine-readable answer.")]
Port = Annotated[
    int | None,
    typer.Option(
        min=0,
        max=65_535,
        help="Port to listen on, 0 for any that is free; settings say the default.",
    ),
]
DEFAULT_HOME = Path("fonds-home")
