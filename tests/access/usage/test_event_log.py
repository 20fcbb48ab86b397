"""Events survive kills and cut lines; digests cannot be compared across days."""

from __future__ import annotations

import time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from fonds.access.usage.event_log import EventLog, days_of, files_of, read_events
from fonds.access.usage.events import Event, pack_ords, unpack_ords
from fonds.access.usage.salts import Salts

MIDNIGHT = 1_767_225_600_000  # 2026-01-01T00:00:00Z


def made(at: int) -> Event:
    """Make an event."""
    return Event(at, "u", "a", "request", pack_ords([7]), "Open", "TDM", ("lyon",))


def test_events_are_read_as_written(tmp_path: Path) -> None:
    """Each in the file of its day, whatever the process."""
    first, second = EventLog(tmp_path), EventLog(tmp_path)
    first.append([made(MIDNIGHT - 1), made(MIDNIGHT)])
    second.append([made(MIDNIGHT + 1)])
    first.close()
    first.append([made(MIDNIGHT + 2)])
    first.close()
    second.close()
    assert days_of(tmp_path) == ["2025-12-31", "2026-01-01"]
    assert len(files_of(tmp_path, "2026-01-01")) == 2
    read = [one for path in files_of(tmp_path, "2026-01-01") for one in read_events(path)]
    assert sorted(one.time for one in read) == [MIDNIGHT, MIDNIGHT + 1, MIDNIGHT + 2]
    assert unpack_ords(read[0].ords) == [7]
    assert read[0] == made(read[0].time)


def test_a_line_cut_off_is_left_out(tmp_path: Path) -> None:
    """Wherever a failing machine cut a file, the lines before are read."""
    log = EventLog(tmp_path)
    log.append([made(MIDNIGHT), made(MIDNIGHT + 1)])
    log.close()
    (path,) = files_of(tmp_path, "2026-01-01")
    data = path.read_bytes()
    for end in range(len(data)):
        path.write_bytes(data[:end])
        whole = data[:end].count(b"\n") + (data[:end].endswith(b",false]"))
        assert len(list(read_events(path))) == whole


@given(st.lists(st.integers(0, 2**32 - 1), max_size=50))
def test_places_come_back(ords: list[int]) -> None:
    """Packing is exact."""
    assert unpack_ords(pack_ords(ords)) == ords


def test_digests_are_of_a_day(tmp_path: Path) -> None:
    """The same for all processes of a day; another one on another day; none after it."""
    one, two = Salts(tmp_path), Salts(tmp_path)
    same = one.digest("2026-01-01", "192.0.2.1", "Firefox")
    assert two.digest("2026-01-01", "192.0.2.1", "Firefox") == same
    assert one.digest("2026-01-01", "192.0.2.1F", "irefox") != same
    assert one.digest("2026-01-02", "192.0.2.1", "Firefox") != same
    one.drop("2026-01-01")
    assert Salts(tmp_path).digest("2026-01-01", "192.0.2.1", "Firefox") != same
    assert (tmp_path / "2026-01-02").stat().st_mode & 0o077 == 0


def test_nothing_of_a_person_is_written(tmp_path: Path) -> None:
    """No address, user agent or token stands in a file."""
    salts = Salts(tmp_path / "salts")
    log = EventLog(tmp_path / "events")
    user = salts.digest("2026-01-01", "address", "192.0.2.77", "Firefox")
    log.append([Event(int(time.time() * 1000), user, "0" * 16, "search")])
    log.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"192.0.2.77" not in kept
    assert b"Firefox" not in kept
