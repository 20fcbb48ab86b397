"""Which parts of a record an answer holds. The stored JSON is cut and joined, not made again."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import msgspec

Tree = Mapping[str, Any]  # name -> Tree of what is wanted below it; an empty one means all of it

DEFAULT = "id,title,arkIstex"
HIDDEN = frozenset({"figure", "table"})  # sent only when asked for by name

_PATHS = b'"uri":"/'  # cannot occur inside a JSON string, whose quotes are escaped
_FIGURES, _TABLES = (f'"{name}":'.encode() for name in sorted(HIDDEN))
_MOST = 3.402823e38  # the largest score an engine can give
_objects = msgspec.json.Decoder(dict[str, msgspec.Raw])
_lists = msgspec.json.Decoder(list[msgspec.Raw])
_encode = msgspec.json.Encoder().encode


class Selection(msgspec.Struct, frozen=True):
    """What `output` asks for. Unknown names are ignored, as old clients send some."""

    everything: bool
    named: Tree  # in the order asked

    def of(self, source: bytes, base: str) -> bytes:
        """Return the selected part of a stored record as a JSON object."""
        return absolute(self._chosen(source), base)

    def hits(self, sources: Iterable[bytes], scores: Iterable[float], base: str) -> list[bytes]:
        """Return the selected part of each record, with the score that every hit has."""
        paths = _paths(base)
        rows = zip(sources, scores, strict=True)
        return [
            _scored(self._chosen(source).replace(_PATHS, paths), score) for source, score in rows
        ]

    def _chosen(self, source: bytes) -> bytes:
        if not self.everything:
            return _cut(source, self.named)
        if _FIGURES in source or _TABLES in source:
            return self._without_hidden(source)
        return source

    def _without_hidden(self, source: bytes) -> bytes:
        parts = _objects.decode(source)
        kept = {k: v for k, v in parts.items() if k not in HIDDEN or k in self.named}
        return _encode(kept)


def absolute(record: bytes, base: str) -> bytes:
    """Return a record with the paths of its files as addresses."""
    return record.replace(_PATHS, _paths(base))


def _paths(base: str) -> bytes:
    return b'"uri":"%s/' % base.encode()


def _scored(part: bytes, score: float) -> bytes:
    comma = b"," if len(part) > 2 else b""
    return b'%s%s"score":%s}' % (part[:-1], comma, _number(score))


def _number(score: float) -> bytes:
    """Write a score; absurd boosts make infinite ones, which JSON does not have."""
    if score < _MOST:  # which no infinite one is, and no NaN
        return b"%.7g" % score
    return b"0" if math.isnan(score) else b"%.7g" % _MOST


@lru_cache(maxsize=256)
def read_output(text: str | None) -> Selection:
    """Read an `output` parameter; `id` is always part of it."""
    names = [name.strip() for name in (DEFAULT if text is None else text).split(",")]
    named: dict[str, Any] = {}
    for name in [*names, "id"]:
        if name and name != "*":
            _plant(named, name.split("."))
    return Selection(everything="*" in names, named=named)


def _plant(tree: dict[str, Any], path: list[str]) -> None:
    head, *rest = path
    if not rest:
        tree[head] = {}
    elif tree.get(head, rest):  # else it is already wanted as a whole
        _plant(tree.setdefault(head, {}), rest)


def _cut(source: bytes | msgspec.Raw, tree: Tree) -> bytes:
    parts = _objects.decode(source)
    chosen: dict[str, msgspec.Raw] = {}
    for name, below in tree.items():
        part = parts.get(name)
        if part is None:
            continue
        if below:
            part = _below(part, below)
        if part is not None:
            chosen[name] = part
    return _encode(chosen)


def _below(part: msgspec.Raw, tree: Tree) -> msgspec.Raw | None:
    """Cut inside an object, or inside each object of a list; None when nothing is left."""
    if _is_object(part):
        cut = _cut(part, tree)
        return msgspec.Raw(cut) if cut != b"{}" else None
    if bytes(memoryview(part)[:1]) != b"[":
        return None
    cuts = [_cut(item, tree) for item in _lists.decode(part) if _is_object(item)]
    kept = [msgspec.Raw(cut) for cut in cuts if cut != b"{}"]
    return msgspec.Raw(_encode(kept)) if kept else None


def _is_object(part: msgspec.Raw) -> bool:
    return bytes(memoryview(part)[:1]) == b"{"
