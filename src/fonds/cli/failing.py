"""How a command fails: a sentence, the next step, and an exit code; never a trace.

Exit codes: 0 all well; 1 an error without a code of its own; 2 wrong use or a wrong setting;
3 not found; 4 another process is writing; 5 the home cannot be written; 6 damage found, or
holdings that do not resolve; 7 the address is in use or does not answer as it should; 8 done, but
something was set aside or failed; 130 stopped by Ctrl-C.
"""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable
from typing import ParamSpec

import typer

from fonds.errors import FondsError

P = ParamSpec("P")

DAMAGED = 6
SET_ASIDE = 8
INTERRUPTED = 130


def failing(command: Callable[P, None]) -> Callable[P, None]:
    """Wrap a command so that a FondsError is told to a person, or as JSON to a program."""

    @functools.wraps(command)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except FondsError as error:
            tell(error, as_json=bool(kwargs.get("as_json")))
            raise typer.Exit(error.exit_code) from None
        except BrokenPipeError:  # the reader of our output went away, as `head` does
            sys.stderr.close()
            raise typer.Exit(0) from None

    return wrapped


def tell(error: FondsError, *, as_json: bool) -> None:
    """Say an error."""
    if as_json:
        body = {"error": error.code, "message": error.message, "next": error.next_action}
        print(json.dumps(body, ensure_ascii=False))  # noqa: T201
    else:
        print(f"{error.message}\n{error.next_action}", file=sys.stderr)  # noqa: T201
