"""What an ARK says about itself when `?info` is added: ERC metadata and commitment, as ANVL.

Source: the ARK specification (draft-kunze-ark, inflections) and Kernel Metadata (ERC). A lone `?`
at the end is the same question, but HTTP servers cannot tell it from none; `??` they can.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from fonds.archive.ark import TEST_NAAN

TEXT = "text/plain; charset=utf-8"
_NOT_TOLD = "(:unav)"  # of Kernel Metadata: the value is not available
_FOR_TESTS = f"Not guaranteed: the NAAN {TEST_NAAN} is for tests, a resolver does not know it."
_THUMP = "0.6 200 OK"


class Kernel(msgspec.Struct, frozen=True):
    """The story of an object: who, what, when, where; and of the promise about it."""

    who: Sequence[str]
    what: str
    when: str
    where: str  # address
    ark: str
    keeper: str
    promise: str
    since: float  # seconds since 1970


def wants_info(request: Request) -> bool:
    """Tell whether the address ends with `?info` or `??`."""
    return "info" in request.query_params or request.scope["query_string"] == b"?"


def info_answer(kernel: Kernel) -> Response:
    """Answer with metadata and commitment."""
    headers = {"Link": f'</{kernel.ark}>; rel="describes"', "THUMP-Status": _THUMP}
    return Response(anvl(kernel), headers=headers, media_type=TEXT)


def anvl(kernel: Kernel) -> str:
    """Return the metadata and the commitment as ANVL text."""
    permanent = not kernel.ark.startswith(f"ark:/{TEST_NAAN}/")
    since = datetime.fromtimestamp(kernel.since, UTC).strftime("%Y%m%d")
    lines = [
        "erc:",
        _line("who", "; ".join(kernel.who)),
        _line("what", kernel.what),
        _line("when", kernel.when),
        _line("where", kernel.where),
        "erc-support:",
        _line("who", kernel.keeper),
        _line("what", kernel.promise if permanent else _FOR_TESTS),
        _line("when", since),
        _line("where", kernel.where),
    ]
    return "\n".join(lines) + "\n"


def _line(label: str, value: str) -> str:
    """Write an element on one line; a line break would begin another element."""
    return f"{label + ':':<7}{' '.join(value.split()) or _NOT_TOLD}"
