"""The archive in windows of the order of arrival: each list that a robot reads is one of them.

A window holds the same places for ever, so its address stays; it only grows while it is the last.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fonds.archive.arrivals import Stretch


class Window(msgspec.Struct, frozen=True):
    """Some places in the order of arrival, and the packs that fill them."""

    number: int  # from 1
    stretches: tuple[Stretch, ...]  # cut to the window

    @property
    def time(self) -> float:
        """Return when its last document came, seconds since 1970."""
        return max(one.time for one in self.stretches)


def windows(stretches: Sequence[Stretch], width: int) -> tuple[Window, ...]:
    """Return the windows of `width` places that hold anything."""
    found: dict[int, list[Stretch]] = {}
    for one in stretches:
        for at in range((one.first - 1) // width, (one.last - 1) // width + 1):
            first, last = max(one.first, at * width + 1), min(one.last, (at + 1) * width)
            cut = msgspec.structs.replace(one, first=first, last=last)
            found.setdefault(at + 1, []).append(cut)
    return tuple(Window(number, tuple(found[number])) for number in sorted(found))
