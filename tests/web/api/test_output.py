"""Cutting records: the same result as decoding, choosing and encoding again."""

from __future__ import annotations

import json
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from fonds.web.api.output import read_output

NAMES = ("id", "title", "host", "author", "name", "uri", "figure", "table")
values = st.recursive(
    st.text(max_size=12) | st.integers(-5, 5) | st.sampled_from(['"uri":"/', '\\"uri":"/x', "é"]),
    lambda below: (
        st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(NAMES), below, max_size=4)
    ),
    max_leaves=12,
)
records = st.dictionaries(st.sampled_from(NAMES), values, max_size=6)
outputs = st.lists(
    st.lists(st.sampled_from(NAMES), min_size=1, max_size=3).map(".".join), max_size=4
)


def chosen(value: Any, paths: list[list[str]]) -> Any:
    """Choose parts of a decoded value, plainly; None where nothing is left."""
    if any(not path for path in paths):
        return value
    if isinstance(value, list):
        parts = [chosen(item, paths) for item in value if isinstance(item, dict)]
        return [part for part in parts if part] or None
    if not isinstance(value, dict):
        return None
    found = {}
    for name in dict.fromkeys(path[0] for path in paths):
        if name in value:
            part = chosen(value[name], [path[1:] for path in paths if path[0] == name])
            if part is not None:
                found[name] = part
    return found or None


def with_base(value: Any) -> Any:
    """Make addresses of the paths under `uri`, in a decoded value."""
    if isinstance(value, dict):
        return {
            key: f"http://h{item}"
            if key == "uri" and isinstance(item, str) and item.startswith("/")
            else with_base(item)
            for key, item in value.items()
        }
    return [with_base(item) for item in value] if isinstance(value, list) else value


@given(records, outputs)
def test_a_selection_is_that_of_the_decoded_record(
    record: dict[str, Any], output: list[str]
) -> None:
    """Whatever the record holds, also text that looks like JSON."""
    text = ",".join(output)
    cut = read_output(text).of(msgspec.json.encode(record), "http://h")
    paths = [name.split(".") for name in [*output, "id"]]
    expected = chosen(record, paths) or {}
    assert json.loads(cut) == with_base(expected)


@given(records)
def test_everything_is_everything_but_captions(record: dict[str, Any]) -> None:
    """`*` drops `figure` and `table` of the document, nowhere else, and adds the score."""
    [cut] = read_output("*").hits([msgspec.json.encode(record)], [1.5], "http://h")
    hit = json.loads(cut)
    kept = {key: item for key, item in record.items() if key not in ("figure", "table")}
    assert hit == {**with_base(kept), "score": 1.5}
