"""Printed numbers of volumes and issues are read as what they count."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.holdings.numbering import Span, label, read_span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("12", Span("", 12, 12)),
        ("3-4", Span("", 3, 4)),
        ("3 / 4", Span("", 3, 4)),
        ("11–12", Span("", 11, 12)),
        ("XIV", Span("", 14, 14)),
        ("Vol. 7", Span("", 7, 7)),
        ("B 7", Span("b", 7, 7)),
        ("Suppl. 2", Span("suppl", 2, 2)),
        ("1999-00", Span("", 1999, 1999)),
        ("12-1", Span("", 12, 12)),
        ("5-123456789", Span("", 5, 5)),
        ("Supplement", None),
        ("12A", None),
        ("D", None),
        ("", None),
        ("9" * 40, None),
    ],
)
def test_read(text: str, span: Span | None) -> None:
    """Single, double, Roman and lettered numbers; anything else is none."""
    assert read_span(text) == span


@given(st.text(max_size=40))
def test_never_fails(text: str) -> None:
    """Any text has a span or none, and an equal label when it only has more zeros before it."""
    span = read_span(text)
    assert span is None or 0 <= span.first <= span.last
    assert label(f"  {text} ") == label(text)
