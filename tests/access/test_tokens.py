"""Tokens open what they say until they end or are revoked; what is forged opens nothing."""

from __future__ import annotations

import base64
import stat
from pathlib import Path

import jwt
import pytest

from fonds.access.tokens import Tokens
from fonds.errors import TokenUnknown

DAY = 86_400


class Clock:
    """A clock that stands where it is set."""

    now = 1_700_000_000.0

    def __call__(self) -> float:
        return self.now


def test_life(tmp_path: Path) -> None:
    """Valid until its end, then worthless; the key is readable by its owner only."""
    clock = Clock()
    tokens = Tokens(tmp_path, clock=clock)
    text = tokens.create("lorraine", days=30, collections=("elsevier",), note="thesis")
    found = Tokens(tmp_path, clock=clock).read(text)
    assert found is not None
    assert (found.institution, found.collections) == ("lorraine", ("elsevier",))
    assert stat.S_IMODE((tmp_path / "access" / "token.key").stat().st_mode) == 0o600
    clock.now += 30 * DAY
    assert tokens.read(text) is None


def test_revocation(tmp_path: Path) -> None:
    """A revoked token is worthless at once, also for a server that runs already."""
    server, desk = Tokens(tmp_path), Tokens(tmp_path)
    one, other = desk.create("lorraine", days=1), desk.create("lorraine", days=1)
    assert server.read(one) is not None
    number = desk.issued()[0].number
    assert desk.revoke(number).revoked
    assert server.read(one) is None
    assert server.read(other) is not None
    with pytest.raises(TokenUnknown):
        desk.revoke("none")


def test_forgeries(tmp_path: Path) -> None:
    """Another key, no signature, a changed claim, a number never issued: nothing."""
    tokens = Tokens(tmp_path)
    good = tokens.create("lorraine", days=1)
    head, body, signature = good.split(".")
    claims = jwt.decode(good, options={"verify_signature": False})
    other = {**claims, "sub": "somebody"}
    changed = base64.urlsafe_b64encode(b'{"sub":"x"}').rstrip(b"=").decode()
    none = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    for forged in (
        jwt.encode(other, b"k" * 32, algorithm="HS256"),
        f"{head}.{changed}.{signature}",
        f"{none}.{body}.",
        jwt.encode({**claims, "jti": "f" * 16}, (tmp_path / "access/token.key").read_bytes()),
        jwt.encode({**claims, "aud": "other"}, (tmp_path / "access/token.key").read_bytes()),
        "cyIsImxhc3ROYW1lIjoiQk9ORE8iLCJ",
        "",
        "a" * 100_000,
    ):
        assert tokens.read(forged) is None


def test_without_tokens(tmp_path: Path) -> None:
    """A home that never issued one knows none."""
    assert Tokens(tmp_path).read("x") is None
    assert Tokens(tmp_path).issued() == []
