"""The last check is remembered, whole or not at all."""

from __future__ import annotations

from pathlib import Path

from fonds.archive.checked import FILE, last_check, note_check
from fonds.archive.fixity import CheckReport, Damage


def test_a_check_is_remembered(tmp_path: Path) -> None:
    """Without a check there is none; the last one counts; a broken note is none."""
    assert last_check(tmp_path) is None
    note_check(tmp_path, CheckReport(2, 30, 400, 5, ()))
    note_check(tmp_path, CheckReport(2, 31, 400, 5, (Damage("a.zip", "x", "torn"),)))
    found = last_check(tmp_path)
    assert found is not None
    assert (found.packs, found.files, found.damages) == (2, 31, 1)
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    (tmp_path / FILE).write_text('{"time": "never"}')
    assert last_check(tmp_path) is None


def test_a_home_that_cannot_be_written_to(tmp_path: Path) -> None:
    """It is checked all the same."""
    note_check(tmp_path / "missing", CheckReport(0, 0, 0, 0, ()))
    assert last_check(tmp_path / "missing") is None
