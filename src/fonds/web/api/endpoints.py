"""What the table of the API is made of: an address with its parameters and meaning."""

from __future__ import annotations

from typing import Literal

import msgspec

from fonds.web.api.parameter_table import Parameter

Gives = Literal[
    "search", "record", "listing", "json", "file", "zip", "html", "resource", "resources", "lookup"
]


class Endpoint(msgspec.Struct, frozen=True):
    """One address of the API; `handler` names the method that answers."""

    path: str
    handler: str
    english: str
    french: str
    gives: Gives
    parameters: tuple[Parameter, ...] = ()
    post: bool = False
    get: bool = True
    body: Literal["LongQuery", "References", "Form", "Lookup", "Corpus"] = "LongQuery"  # of a POST
    example: str = ""
