"""The TEI stand-off, as it is written."""

from __future__ import annotations

import pytest

from fonds.enrich.standoff import counted, element, feature_structure, inside


@pytest.mark.parametrize("ref", ["", 'https://example.org/?a="1"&b'])
@pytest.mark.parametrize("value", ["A < B & C", "a\x00b", "\x00", "Ünï"])
def test_what_is_counted_is_written_as_its_elements_would_be(value: str, ref: str) -> None:
    children = [element("term", value, ref=ref or None), feature_structure({"frequency": 12})]
    whole = inside("name", children, change="#x", resp="#fonds", cert=0.9, source="#rule")
    assert counted("name", value, 12, change="x", cert=0.9, source="rule", ref=ref) == whole
