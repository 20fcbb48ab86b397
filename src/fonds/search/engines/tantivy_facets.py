"""Facets from tantivy's aggregations, in one pass, exact.

tantivy cuts lists of terms per segment: an answer that may be wrong is asked for again uncut. It
refuses answers of more than 65,000 buckets: these are computed one outer bucket at a time.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from tantivy import Occur, Query, Searcher

from fonds.errors import FacetInvalid
from fonds.search.engine import Facet
from fonds.search.engines.tantivy_schema import value_column
from fonds.search.engines.tantivy_values import Values
from fonds.search.facets import (
    MOST_BUCKETS,
    Answer,
    interval_answer,
    no_answer,
    range_answer,
    terms_answer,
)
from fonds.search.fields import BY, Field

Raw = dict[str, Any]  # tantivy's JSON

_FAR = 1e15  # beyond every number of a record
_UNCUT = 50_000_000
_NONE: dict[str, Answer] = {}  # the answers inside a bucket that holds no facet
_SPARE = 50  # terms asked for beyond the size, so that equal counts are cut by key


class Facets:
    """Computes the facets of one snapshot."""

    def __init__(self, searcher: Searcher, values: Values) -> None:
        self._searcher = searcher
        self._values = values

    def compute(self, query: Query, facets: Sequence[Facet]) -> dict[str, Answer]:
        """Return the answer of each facet under the name it was asked by."""
        if not facets:
            return {}
        asked = {f"f{place}": facet for place, facet in enumerate(facets)}
        try:
            raw = self._aggregate(query, list(facets), uncut=False)
        except ValueError as error:
            if "bucket limit" not in str(error):
                raise
            return {facet.name: self._apart(query, facet) for facet in facets}
        answers: dict[str, Answer] = {}
        for key, facet in asked.items():
            if _inexact(raw, key, facet):
                answers.update(self._again(query, facet))
            else:
                answers[facet.name] = self._read(facet, raw, key)
        return answers

    def _again(self, query: Query, facet: Facet) -> dict[str, Answer]:
        try:
            raw = self._aggregate(query, [facet], uncut=True)
        except ValueError as error:
            if "bucket limit" not in str(error):
                raise
            return {facet.name: self._apart(query, facet)}
        return {facet.name: self._read(facet, raw, "f0")}

    def _aggregate(self, query: Query, facets: list[Facet], *, uncut: bool) -> Raw:
        requests: Raw = {}
        for place, facet in enumerate(facets):
            requests.update(self._request(facet, f"f{place}", uncut=uncut))
        raw: Raw = self._searcher.aggregate(query, requests)
        return raw

    def _request(self, facet: Facet, key: str, *, uncut: bool) -> Raw:
        column = value_column(facet.field).name
        body: Raw = {}
        if facet.kind == "terms":
            size = facet.size + _SPARE
            body["terms"] = {
                "field": column,
                "size": size,
                "segment_size": _UNCUT if uncut else max(1_000, 10 * size),
            }
        elif facet.kind == "interval":
            body["histogram"] = {
                "field": column,
                "interval": facet.interval,
                "offset": (facet.low or 0) % facet.interval,
                "min_doc_count": 1,
            }
            if facet.low is not None or facet.high is not None:
                body["histogram"]["hard_bounds"] = {
                    "min": -_FAR if facet.low is None else facet.low,
                    "max": _FAR if facet.high is None else facet.high,
                }
        else:
            low = -_FAR if facet.low is None else facet.low
            high = _FAR if facet.high is None else facet.high
            body["range"] = {
                "field": column,
                "ranges": [{"from": low, "to": math.nextafter(high, math.inf)}],
            }
            if BY[facet.field].kind != "float":
                body["range"]["ranges"] = [{"from": low, "to": math.floor(high) + 1}]
        if facet.inner is not None:
            body["aggs"] = self._request(facet.inner, "f0", uncut=uncut)
        requests = {key: body}
        if facet.kind == "range" and (facet.low is None or facet.high is None):
            requests[f"{key}s"] = {"stats": {"field": column}}
        return requests

    def _read(self, facet: Facet, raw: Mapping[str, Any], key: str) -> Answer:
        field = BY[facet.field]
        buckets: list[Raw] = raw[key]["buckets"]
        if facet.kind == "range":
            return self._read_range(facet, field, raw, key)
        inner = self._inner
        read = [(bucket["key"], bucket["doc_count"], inner(facet, bucket)) for bucket in buckets]
        if facet.kind == "interval":
            return interval_answer(facet, field, read)
        return terms_answer(facet, field, read, raw[key].get("sum_other_doc_count") or 0)

    def _inner(self, facet: Facet, bucket: Mapping[str, Any]) -> dict[str, Answer]:
        if facet.inner is None:
            return _NONE
        return {facet.inner.name: self._read(facet.inner, bucket, "f0")}

    def _read_range(self, facet: Facet, field: Field, raw: Mapping[str, Any], key: str) -> Answer:
        bucket = next(b for b in raw[key]["buckets"] if "from" in b and "to" in b)
        stats: Raw = raw.get(f"{key}s", {})
        low = stats.get("min") if facet.low is None else facet.low
        high = stats.get("max") if facet.high is None else facet.high
        if low is None or high is None:
            return no_answer(facet)
        inner = self._inner(facet, bucket)
        return range_answer(facet, field, (low, high), bucket["doc_count"], inner)

    def _apart(self, query: Query, facet: Facet) -> Answer:
        """Compute the outer level alone, then the inner facet of each of its buckets."""
        if facet.inner is None:
            raise FacetInvalid(facet=facet.name, reason=f"it has more than {MOST_BUCKETS} buckets")
        alone = Facet(
            facet.name, facet.field, facet.kind, facet.size, facet.low, facet.high, facet.interval
        )
        answer = self.compute(query, [alone])[facet.name]
        used = 0
        for bucket in answer["buckets"]:
            only = self._values.bucket(facet, bucket.get("keyAsString", bucket["key"]))
            inside = Query.boolean_query([(Occur.Must, query), (Occur.Must, only)])
            inner = self.compute(inside, [facet.inner])[facet.inner.name]
            bucket[facet.inner.name] = inner
            used += len(inner["buckets"])
            if used > MOST_BUCKETS:
                raise FacetInvalid(
                    facet=facet.name, reason=f"it has more than {MOST_BUCKETS} buckets"
                )
        return answer


def _inexact(raw: Mapping[str, Any], key: str, facet: Facet) -> bool:
    """Tell whether a list of terms anywhere in the answer was cut before it was complete."""
    node = raw[key]
    if node.get("doc_count_error_upper_bound"):
        return True
    if facet.kind == "terms" and _cut_among_equals(node, facet.size):
        return True
    if facet.inner is None:
        return False
    return any(_inexact(bucket, "f0", facet.inner) for bucket in node["buckets"])


def _cut_among_equals(node: Mapping[str, Any], size: int) -> bool:
    buckets = node["buckets"]
    if not node.get("sum_other_doc_count") or len(buckets) <= size:
        return False
    return bool(buckets[size - 1]["doc_count"] == buckets[-1]["doc_count"])
