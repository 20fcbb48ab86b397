"""The facet grammar of the API: `corpusName[*],publicationDate[perYear]>language[5]`.

Which options a field allows follows from its type in the table of fields. The shapes of the
answers (labels, epoch milliseconds of years, closed last interval) are made here too, for every
engine alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from fonds.errors import FacetInvalid
from fonds.search.engine import Facet
from fonds.search.fields import BY, Field, canonical

Answer = dict[str, Any]  # ready for JSON
Bucket = tuple[Any, int, dict[str, Answer]]  # key, documents, inner answers

MOST_TERMS = 1_000
MOST_BUCKETS = 65_000
TOP_HITS = "topHits"  # `facet>topHits[1]`: the best documents of each bucket
MOST_TOP = 100  # of one bucket
_DEPTH = 8
_MOST_FACETS = 200

REFUSED = frozenset({"doi", "title", "abstract"})  # one value per document: no list is of use

_COUNTED = frozenset({"text", "keyword", "boolean"})
_PART = re.compile(r"(?P<name>[^\[\]>,\s]+)(?:\[(?P<options>[^\[\]]*)\])?")
_DIGITS = 15  # of a number; a float holds no more
_NUMBER = rf"(?:\*|-?\d{{1,{_DIGITS}}}(?:\.\d{{1,{_DIGITS}}})?)"
_BOUNDS = re.compile(rf"({_NUMBER})-({_NUMBER})(?::(\d{{1,{_DIGITS}}}))?", re.ASCII)


@lru_cache(maxsize=256)  # pages ask for the same ones again and again
def parse_facets(text: str) -> tuple[Facet, ...]:
    """Read a `facet` parameter; an alias keeps its name as the name of the answer.

    Raises FacetInvalid for unknown and refused fields and for options a field does not allow.
    """
    parts = [part.strip() for part in _split(text)]
    asked = [part for part in parts if part]
    if len(asked) > _MOST_FACETS:
        raise FacetInvalid(facet=text[:80], reason=f"more than {_MOST_FACETS} facets")
    return tuple(_nested(part) for part in asked)


def _split(text: str) -> list[str]:
    """Split at the commas outside brackets."""
    return re.split(r",(?![^\[]*\])", text)


def _nested(text: str) -> Facet:
    names = text.split(">")
    if len(names) > _DEPTH:
        raise FacetInvalid(facet=text[:80], reason=f"more than {_DEPTH} levels")
    inner: Facet | None = None
    for part in reversed(names):
        inner = _facet(part.strip(), inner)
    assert inner is not None
    if inner.kind == TOP_HITS:
        raise FacetInvalid(facet=TOP_HITS, reason="it stands only behind another facet: a>topHits")
    return inner


def _facet(text: str, inner: Facet | None) -> Facet:
    match = _PART.fullmatch(text)
    if match is None:
        raise FacetInvalid(facet=text[:80], reason="it is not of the form field[options]")
    name, options = match["name"], match["options"]
    if name == TOP_HITS:
        return _top_hits(options, inner)
    target = "publicationDate" if name == "publicationDateOverTime" else canonical(name)
    if target in REFUSED:
        raise FacetInvalid(facet=name, reason="this field has a value of its own in each document")
    field = _field(name, target)
    if name == "publicationDateOverTime" and options is None:
        options = "perYear"
    if field.kind in _COUNTED:
        return _terms(name, field, options, inner)
    return _numbers(name, field, options, inner)


def _top_hits(options: str | None, inner: Facet | None) -> Facet:
    if inner is not None:
        raise FacetInvalid(facet=TOP_HITS, reason="it has no facets inside")
    size = _size(TOP_HITS, options, 1)
    return Facet(name=TOP_HITS, field="", kind="topHits", size=min(size, MOST_TOP))


def _size(name: str, options: str | None, default: int) -> int:
    if not options:
        return default
    if not (options.isascii() and options.isdigit() and options.strip("0")):
        raise FacetInvalid(facet=f"{name}[{options}]"[:80], reason="[N] or [*] was expected")
    return int(options[-_DIGITS:]) if len(options) <= _DIGITS else MOST_BUCKETS


def _field(name: str, target: str) -> Field:
    field = BY.get(target.removesuffix(".raw"))
    if field is None:
        raise FacetInvalid(facet=name, reason="there is no such field")
    return field


def _terms(name: str, field: Field, options: str | None, inner: Facet | None) -> Facet:
    size = MOST_TERMS if options == "*" else min(_size(name, options, 10), MOST_TERMS)
    return Facet(name=name, field=field.name, kind="terms", size=size, inner=inner)


def _numbers(name: str, field: Field, options: str | None, inner: Facet | None) -> Facet:
    if not options or options == "*":
        return Facet(name=name, field=field.name, kind="range", inner=inner)
    if options == "perYear" and field.kind == "year":
        options = "*-*:1"
    bounds = _BOUNDS.fullmatch(options)
    if bounds is None:
        raise FacetInvalid(facet=f"{name}[{options}]", reason="it is not [y-z] or [y-z:interval]")
    low, high = (None if bound == "*" else float(bound) for bound in bounds.group(1, 2))
    if low is not None and high is not None and low > high:
        raise FacetInvalid(facet=f"{name}[{options}]", reason="the bounds are the wrong way round")
    step = bounds[3]
    if step is None:
        return Facet(name, field.name, "range", low=low, high=high, inner=inner)
    if int(step) < 1:
        raise FacetInvalid(facet=f"{name}[{options}]", reason="an interval is 1 or more")
    if low is not None and high is not None and (high - low) / int(step) > MOST_BUCKETS:
        raise FacetInvalid(facet=f"{name}[{options}]", reason=f"more than {MOST_BUCKETS} intervals")
    return Facet(name, field.name, "interval", low=low, high=high, interval=int(step), inner=inner)


def terms_answer(facet: Facet, field: Field, rows: Sequence[Bucket], other: int) -> Answer:
    """Answer a list of terms: most documents first, equal counts in order of their keys."""
    ordered = sorted(rows, key=lambda row: (-row[1], row[0]))
    buckets = []
    for key, count, inner in ordered[: facet.size]:
        bucket: Answer = {"key": key}
        if field.kind == "boolean":
            bucket = {"key": int(key), "keyAsString": "true" if key else "false"}
        buckets.append({**bucket, "docCount": count, **inner})
    return {
        "docCountErrorUpperBound": 0,
        "sumOtherDocCount": other + sum(count for _, count, _ in ordered[facet.size :]),
        "keyCount": len(buckets),
        "buckets": buckets,
    }


def range_answer(
    facet: Facet, field: Field, bounds: tuple[float, float], count: int, inner: dict[str, Answer]
) -> Answer:
    """Answer one range, both bounds included."""
    low, high = bounds
    low_text, high_text = _text(low), _text(high)
    year = field.kind == "year"
    bucket: Answer = {
        "key": f"{low_text}-{high_text}",
        "from": epoch(low) if year else _number(low),
        "fromAsString": low_text,
        "to": epoch(high) if year else _number(high),
        "toAsString": high_text,
        "docCount": count,
    }
    return {"buckets": [{**bucket, **inner}]}


def interval_answer(facet: Facet, field: Field, rows: Sequence[Bucket]) -> Answer:
    """Answer intervals in ascending order, the empty ones too; the last one is closed."""
    start, width = _offset(facet), facet.interval
    found = {int((key - start) // width): (count, inner) for key, count, inner in rows}
    if not found:
        return no_answer(facet)
    first = min(found) if facet.low is None else 0
    last = max(found) if facet.high is None else int((facet.high - start) // width)
    if last - first >= MOST_BUCKETS:
        raise FacetInvalid(facet=facet.name, reason=f"more than {MOST_BUCKETS} intervals")
    empty = (0, {facet.inner.name: no_answer(facet.inner)} if facet.inner else {})
    is_year = field.kind == "year"
    buckets: list[Answer] = []
    for step in range(first, last + 1):
        key, label = _interval(start + step * width, width, is_year)
        count, inner = found.get(step, empty)
        buckets.append({**key, "docCount": count, **inner, "rangeAsString": label})
    low, high = start + last * width, start + (last + 1) * width
    end = high if facet.high is None else min(high, facet.high)
    buckets[-1]["rangeAsString"] = f"[{_text(low)}-{_text(end)}]"
    return {"buckets": buckets, "keyCount": len(buckets)}


@lru_cache(maxsize=4_000)  # a chart of years asks for a hundred, the same ones in every answer
def _interval(low: float, width: int, is_year: bool) -> tuple[dict[str, Any], str]:
    """Return what an interval is called, and its bounds."""
    text = _text(low)
    key = {"keyAsString": text, "key": epoch(low)} if is_year else {"key": _number(low)}
    return key, f"[{text}-{_text(low + width)}["


def no_answer(facet: Facet) -> Answer:
    """Answer a facet that no document has a value for."""
    if facet.kind == "terms":
        return {"docCountErrorUpperBound": 0, "sumOtherDocCount": 0, "keyCount": 0, "buckets": []}
    return {"buckets": [], "keyCount": 0} if facet.kind == "interval" else {"buckets": []}


def epoch(year: float) -> int:
    """Return the first moment of a year in milliseconds since 1970."""
    return int(np.datetime64(int(year) - 1970, "Y").astype("datetime64[ms]").astype(np.int64))


def _offset(facet: Facet) -> float:
    return 0 if facet.low is None else facet.low


def _number(value: float) -> int | float:
    return int(value) if float(value).is_integer() else value


def _text(value: float) -> str:
    return str(_number(value))
