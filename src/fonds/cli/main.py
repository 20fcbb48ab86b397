"""`fonds`: one module per command; what is not asked for is not imported."""

from __future__ import annotations

import sys

import typer

from fonds.cli import (
    access,
    check,
    corpus,
    demo,
    docs,
    duplicates,
    enrich,
    export,
    federation,
    holdings,
    load,
    rebuild,
    report,
    reread,
    search,
    serve,
    show,
    status,
    token,
    usage,
)
from fonds.cli.failing import failing

HELP = "A scientific archive anyone can run: load deliveries, search, read, cite and mine them."


def application() -> typer.Typer:
    """Return the command line with all its commands."""
    app = typer.Typer(
        help=HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
    )
    for module in (
        load,
        serve,
        search,
        show,
        status,
        report,
        duplicates,
        reread,
        enrich,
        export,
        holdings,
        check,
        corpus,
        rebuild,
        access,
        federation,
        token,
        usage,
        demo,
        docs,
    ):
        app.command(name=module.__name__.rpartition(".")[2])(failing(module.command))
    return app


def main() -> None:
    """Run the command line."""
    try:
        application()()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
