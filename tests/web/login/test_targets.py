"""A login leads to this archive and to origins that the operator names, nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fonds.errors import TargetRefused
from fonds.web.login.targets import origin_of, safe_target

BASE = "https://archive.example"


@pytest.mark.parametrize(
    "target",
    [
        "/",
        "/notice/ark:/99999/ABC-1?lang=en#x",
        "https://archive.example/auth",
        "https://ARCHIVE.example:443/x",
        "https://view.example/document",
    ],
)
def test_these_are_safe(target: str) -> None:
    """Paths, our own origin, an origin of the list."""
    assert safe_target(target, BASE, ["https://view.example/"]) == target
    assert safe_target("", BASE) == "/"


@pytest.mark.parametrize(
    "target",
    [
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "https://evil.example",
        "https://archive.example.evil.example/",
        "https://archive.example@evil.example/",
        "https://archive.example:444/",
        "http://archive.example/",
        "https:evil.example",
        "https:///evil.example",
        "https://archive.example\\@evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "evil.example",
        "/\r\nSet-Cookie: a=b",
        "/é",
        "/" + "a" * 3_000,
        "https://[",
    ],
)
def test_these_are_not(target: str) -> None:
    """Whatever a browser could read as another site."""
    with pytest.raises(TargetRefused):
        safe_target(target, BASE, ["https://view.example"])


@settings(deadline=None)
@given(st.text(max_size=40))
def test_nothing_else_passes(text: str) -> None:
    """What passes is a path here, or of an allowed origin."""
    try:
        target = safe_target(text, BASE)
    except TargetRefused:
        return
    assert (target.startswith("/") and target[1:2] not in ("/", "\\")) or (
        origin_of(target) == origin_of(BASE)
    )
