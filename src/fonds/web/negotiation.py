"""Which form of a document a client would rather have: `Accept`, with its weights (RFC 9110)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import msgspec

_MOST_RANGES = 50
_WEIGHT = re.compile(r"[01](?:\.\d{0,3})?")


class Choice(msgspec.Struct, frozen=True):
    """A type that was chosen, with the parameters that it was asked for with."""

    mimetype: str
    parameters: Mapping[str, str]


class _Range(msgspec.Struct, frozen=True):
    kind: str
    weight: float
    parameters: Mapping[str, str]

    def covers(self, mimetype: str) -> int:
        """Return how exactly this names a type: 0 not at all, 3 by its name."""
        if self.kind == mimetype:
            return 3
        if self.kind.endswith("/*") and mimetype.startswith(self.kind[:-1]):
            return 2
        return 1 if self.kind == "*/*" else 0


def choose(accept: str, offered: Sequence[str]) -> Choice:
    """Return what a client likes best of what is offered; the first when it likes nothing.

    Between equals the one that it names first counts, then the order of the offer.
    """
    ranges = list(_ranges(accept))
    best = Choice(offered[0], MappingProxyType({}))
    best_rank: tuple[float, int, int] = (0.0, 0, 0)
    for place, mimetype in enumerate(offered):
        named = [(one.covers(mimetype), -at, one) for at, one in enumerate(ranges)]
        exactness, at, chosen = max(named, key=lambda one: one[:2], default=(0, 0, None))
        if chosen is None or not exactness or not chosen.weight:
            continue
        rank = (chosen.weight, exactness if exactness == 3 else 0, at if exactness == 3 else -place)
        if best_rank == (0.0, 0, 0) or rank > best_rank:
            best, best_rank = Choice(mimetype, chosen.parameters), rank
    return best


def _ranges(accept: str) -> Iterator[_Range]:
    for part in accept.split(",")[:_MOST_RANGES]:
        kind, *options = (piece.strip() for piece in part.split(";"))
        if "/" not in kind:
            continue
        pairs = dict(_pair(option) for option in options if "=" in option)
        weight = pairs.pop("q", "1")
        yield _Range(
            kind.lower(),
            min(float(weight), 1.0) if _WEIGHT.fullmatch(weight) else 1.0,
            MappingProxyType(pairs),
        )


def _pair(option: str) -> tuple[str, str]:
    name, _, value = option.partition("=")
    return name.strip().lower(), value.strip().strip('"')
