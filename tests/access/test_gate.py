"""The gate recognises who asks and knows what they may read; doubt keeps it shut."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from fonds.access.gate import Caller, Gate, Visitor
from fonds.access.tokens import Tokens
from fonds.errors import SettingInvalid

FILE = """
trusted_proxies = ["10.0.0.1"]

[collections.elsevier]
access = "restricted"

[collections."springer-*"]
access = "restricted"
open_access = false

[institutions.lorraine]
name = "Université de Lorraine"
networks = ["193.54.0.0/16"]

[[institutions.lorraine.rights]]
collections = ["elsevier"]
from = 2015-01-01
until = 2030-12-31

[institutions.lyon]
networks = ["192.0.2.0/24"]

[[institutions.lyon.rights]]
collections = ["*"]
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a home with rights."""
    (tmp_path / "access.toml").write_text(FILE)
    return tmp_path


def test_by_address(home: Path) -> None:
    """A network opens what its institution has rights to, and nothing else."""
    gate = Gate(home)
    inside, outside = gate.visitor(Caller("193.54.1.1")), gate.visitor(Caller("8.8.8.8"))
    assert (inside.mode, outside) == ("ip", Visitor())
    assert gate.allows(inside, "elsevier")
    assert not gate.allows(inside, "springer-journals")
    assert not gate.allows(outside, "elsevier")
    assert gate.allows(outside, "plos")
    assert gate.closed(outside, ["plos", "elsevier", "springer-books"]) == (
        "elsevier",
        "springer-books",
    )


def test_open_documents(home: Path) -> None:
    """An open licence opens a document, unless the collection says otherwise."""
    gate = Gate(home)
    assert gate.allows(Visitor(), "elsevier", "isOpenAccess")
    assert not gate.allows(Visitor(), "springer-books", "isOpenAccess")


@pytest.mark.parametrize(
    ("day", "open_then"), [("2014-12-31", False), ("2015-01-01", True), ("2030-12-31", True),
                           ("2031-01-01", False)],
)  # fmt: skip
def test_dates(home: Path, day: str, open_then: bool) -> None:
    """Rights begin and end on their days."""
    gate = Gate(home, today=lambda: date.fromisoformat(day))
    visitor = gate.visitor(Caller("193.54.1.1"))
    assert gate.allows(visitor, "elsevier") is open_then


@pytest.mark.parametrize(
    ("peer", "forwarded", "recognised"),
    [
        ("10.0.0.1", "193.54.1.1", True),
        ("10.0.0.1", "8.8.8.8, 193.54.1.1", True),
        ("10.0.0.1", "193.54.1.1, 8.8.8.8", False),
        ("8.8.8.8", "193.54.1.1", False),
        ("10.0.0.1", "", False),
        ("10.0.0.1", "nonsense", False),
    ],
)
def test_proxies(home: Path, peer: str, forwarded: str, recognised: bool) -> None:
    """X-Forwarded-For is believed from trusted proxies only, and from its end."""
    assert (Gate(home).visitor(Caller(peer, forwarded)).mode == "ip") is recognised


def test_by_token(home: Path) -> None:
    """A token opens from anywhere, within its scope; a bad one is ignored."""
    gate = Gate(home)
    text = Tokens(home).create("lyon", days=1, collections=("springer-books",))
    visitor = gate.visitor(Caller("8.8.8.8", "", f"Bearer {text}"))
    assert visitor.mode == "jwt"
    assert gate.allows(visitor, "springer-books")
    assert not gate.allows(visitor, "elsevier")
    assert gate.visitor(Caller("193.54.1.1", "", "Bearer forged")).mode == "ip"
    assert gate.visitor(Caller("193.54.1.1", "", "Basic Og==")).mode == "ip"
    assert gate.visitor(Caller("193.54.1.1", "", "Bearer forged", "jwt")) == Visitor()


def test_changes_are_seen(home: Path) -> None:
    """A changed file holds from the next question; a broken or missing one changes nothing."""
    gate = Gate(home)
    lyon = gate.visitor(Caller("192.0.2.1"))
    assert gate.allows(lyon, "elsevier")
    path = home / "access.toml"
    for broken in (
        '[collections.elsevier]\naccess = "free"',
        "[[[",
        'institutions.x.networks=["y"]',
    ):
        path.write_text(broken)
        assert not gate.allows(Visitor(), "elsevier")
        assert isinstance(gate.problem, SettingInvalid)
    path.unlink()
    assert not gate.allows(Visitor(), "elsevier")
    path.write_text('[collections.elsevier]\naccess = "open"\n')
    os.utime(path, ns=(1, 1))
    assert gate.allows(Visitor(), "elsevier")
    assert gate.problem is None


def test_without_a_file(tmp_path: Path) -> None:
    """A home without the file is open."""
    gate = Gate(tmp_path)
    assert gate.allows(Visitor(), "anything")
    assert gate.closed(Visitor(), ["anything"]) == ()


def test_a_broken_file_stops_the_start(tmp_path: Path) -> None:
    """A server never starts on rights it cannot read."""
    (tmp_path / "access.toml").write_text("nonsense = ")
    with pytest.raises(SettingInvalid):
        Gate(tmp_path)
