"""`fonds federation`: metadata are read, and who can sign in is listed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fonds.cli.federating import listing, refreshing
from fonds.errors import MetadataInvalid
from tests.access.saml.test_metadata import Federating, entity

ACCESS = """
[institutions.one]
name = "Université une"
[[institutions.one.members]]
scopes = ["one.example"]

[[federation.metadata]]
file = "one.xml"
"""


def test_refresh_and_list(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is read is counted and listed with whose rights it gives; a broken file is named."""
    certificate = Federating(tmp_path).certificate
    scopes = '<shibmd:Scope xmlns:shibmd="urn:mace:shibboleth:metadata:1.0">one.example'
    text = entity("one", certificate, scopes=f"{scopes}</shibmd:Scope>")
    (tmp_path / "one.xml").write_text(text)
    (tmp_path / "access.toml").write_text(ACCESS)
    refreshing(tmp_path, as_json=False)
    assert "one.xml: 1 providers, not signed, without end" in capsys.readouterr().out
    listing(tmp_path, "UNIVERSITY", as_json=True)
    (found,) = json.loads(capsys.readouterr().out)
    assert found["issuer"] == "https://one.example/idp"
    assert found["institutions"] == ["Université une"]
    (tmp_path / "one.xml").write_text("<html/>")
    with pytest.raises(MetadataInvalid, match=r"one\.xml"):
        refreshing(tmp_path, as_json=True)
    assert json.loads(capsys.readouterr().out)[0]["providers"] == 0
