"""A text whose categories are known: what a classifier learns from."""

from __future__ import annotations

import msgspec


class Example(msgspec.Struct, frozen=True):
    """A text, the codes of its classes from the top down, and where it is from."""

    text: str
    codes: tuple[str, ...]
    group: str  # texts of one journal are not parted between training and test
    also: tuple[tuple[str, ...], ...] = ()  # further classes of its journal: right as well
