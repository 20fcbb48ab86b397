"""Keys open the usage of their institution, the operator's key that of everybody."""

from __future__ import annotations

from pathlib import Path

from fonds.access.rights import read_rights
from fonds.access.usage.customers import Reader, customer_of, customers_of, new_key, reader_of
from fonds.access.usage.reports import WORLD_ID


def test_keys(tmp_path: Path) -> None:
    """Digests alone are in the file; an empty or wrong key opens nothing."""
    (operator, operator_digest), (lyon, lyon_digest) = new_key(), new_key()
    (tmp_path / "access.toml").write_text(
        f'usage_key = "{operator_digest}"\n'
        f'[institutions.lyon]\nname = "Lyon"\nusage_key = "{lyon_digest}"\n'
        'ids = { ROR = ["05f82e368"], odd = ["x"] }\n'
        "[institutions.nobody]\n"
    )
    rights = read_rights(tmp_path / "access.toml")
    assert reader_of(rights, operator) == Reader()
    assert reader_of(rights, lyon) == Reader("lyon")
    assert reader_of(rights, "") is None
    assert reader_of(rights, lyon_digest) is None
    assert reader_of(rights, "é" * 100_000) is None
    shown = customer_of(rights, "lyon")
    assert shown is not None
    assert dict(shown.ids) == {"ROR": ("05f82e368",), "Proprietary": ("fonds:lyon",)}
    assert [one.id for one in customers_of(rights, Reader("lyon"))] == ["lyon"]
    assert [one.id for one in customers_of(rights, Reader())] == ["lyon", "nobody", WORLD_ID]
    assert customer_of(rights, "../x") is None


def test_without_keys_nobody_sees(tmp_path: Path) -> None:
    """An installation that set no key shows no usage to anybody."""
    assert reader_of(read_rights(tmp_path / "access.toml"), "") is None
