"""One use of the archive, as it is kept until its day has been counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec
import numpy as np

Kind = Literal["search", "investigation", "request", "no-license", "limit-exceeded"]
AccessType = Literal["Controlled", "Open", "Free_To_Read"]
AccessMethod = Literal["Regular", "TDM"]


class Event(msgspec.Struct, frozen=True, array_like=True):
    """What one request used. `user` and `address` are digests under the day's salt."""

    time: int  # milliseconds since 1970
    user: str
    address: str  # of the request: a double click repeats it
    kind: Kind
    ords: bytes = b""  # documents, as pack_ords writes them; none: the platform was searched
    access: AccessType = "Free_To_Read"
    method: AccessMethod = "Regular"
    customers: tuple[str, ...] = ()  # institutions, by their keys in access.toml
    # of the first moments of a day, once more under the salt of the day before and in its file: it
    # counts for nothing, but ends a double click that began before midnight
    echo: bool = False


def pack_ords(ords: Sequence[int]) -> bytes:
    """Return places of arrival as bytes: an export holds many."""
    return np.asarray(ords, "<u4").tobytes()


def unpack_ords(data: bytes) -> list[int]:
    """Return the places of arrival."""
    found: list[int] = np.frombuffer(data, "<u4").tolist()
    return found
