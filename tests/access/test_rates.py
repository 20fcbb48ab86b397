"""Quotas: exactly so many in a window, whatever the order of callers; memory stays bounded."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from fonds.access.rates import Caller, Quota, Rates, quotas_of
from fonds.access.windows import Windows
from fonds.settings import RateSettings


class Clock:
    """A clock that a test moves."""

    now = 1_000.0

    def __call__(self) -> float:
        """Return the time."""
        return self.now


PERSON: dict[Caller, str] = {"person": "192.0.2.1"}


def test_at_the_edge() -> None:
    """The last allowed request passes, the next does not, the first of the next window does."""
    clock = Clock()
    rates = Rates([Quota("person", "requests", 3, 60)], clock=clock)
    assert [rates.ask(PERSON)[0][0].remaining for _ in range(3)] == [2, 1, 0]
    clock.now += 59.9
    left, refusing = rates.ask(PERSON)
    assert refusing is not None
    assert round(refusing.reset, 3) == 0.1
    assert left[0].remaining == 0
    assert rates.ask({"person": "192.0.2.2"})[1] is None
    clock.now += 0.1
    assert rates.ask(PERSON)[1] is None


def test_the_strictest_quota_refuses() -> None:
    """A person within a network: both are asked, and a refusal takes from neither."""
    rates = Rates([Quota("person", "requests", 2, 60), Quota("network", "requests", 3, 600)])
    both: dict[Caller, str] = {"person": "a", "network": "lyon"}
    other: dict[Caller, str] = {"person": "b", "network": "lyon"}
    assert [rates.ask(both)[1] is None for _ in range(3)] == [True, True, False]
    assert [rates.ask(other)[1] is None for _ in range(3)] == [True, False, False]
    refusing = rates.ask(other)[1]
    assert refusing is not None
    assert refusing.quota.name == "network"


def test_bytes() -> None:
    """Bytes count when they were sent: the answer that passes the limit is ended."""
    rates = Rates([Quota("person", "content-bytes", 100, 60)])
    assert rates.ask(PERSON)[1] is None
    rates.sent(PERSON, 99)
    assert rates.ask(PERSON)[1] is None
    rates.sent(PERSON, 1_000)
    refusing = rates.ask(PERSON)[1]
    assert refusing is not None
    assert refusing.quota.name == "person-bytes"


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.floats(0, 30)), max_size=60), st.integers(1, 5)
)
def test_never_more_than_allowed_in_a_window(asked: list[tuple[str, float]], limit: int) -> None:
    """For every caller, between the beginning and the end of any of its windows."""
    clock = Clock()
    rates = Rates([Quota("person", "requests", limit, 60)], clock=clock)
    begun: dict[str, tuple[float, int]] = {}
    for who, pause in asked:
        clock.now += pause
        start, count = begun.get(who, (clock.now, 0))
        if clock.now >= start + 60:
            start, count = clock.now, 0
        passed = rates.ask({"person": who})[1] is None
        assert passed is (count < limit)
        begun[who] = (start, count + passed)


def test_memory_stays_bounded() -> None:
    """A file of fixed size: who comes when it is full takes the place of who would go first."""
    clock = Clock()
    rates = Rates([Quota("person", "requests", 1, 60)], Windows(places=100), clock=clock)
    for number in range(10_000):
        clock.now += 0.001
        assert rates.ask({"person": str(number)})[1] is None
    assert rates.ask({"person": "9999"})[1] is not None
    clock.now += 61
    assert rates.ask({"person": "9999"})[1] is None


def test_a_clock_that_is_put_back() -> None:
    """Nobody is locked out until the old time comes round again."""
    clock = Clock()
    rates = Rates([Quota("person", "requests", 1, 60)], clock=clock)
    assert rates.ask(PERSON)[1] is None
    clock.now -= 500
    assert rates.ask(PERSON)[1] is None
    assert rates.ask(PERSON)[1] is not None


def ask_often(path: Path, count: int) -> int:
    """Ask so often in a process of its own; return how often it was allowed."""
    windows = Windows(path)
    rates = Rates([Quota("person", "requests", 500, 600)], windows)
    allowed = sum(rates.ask(PERSON)[1] is None for _ in range(count))
    rates.close()
    return allowed


def test_processes_share_a_quota(tmp_path: Path) -> None:
    """Three processes at a time: together exactly what one would be allowed; also after them."""
    path = tmp_path / "access" / "rates"
    with ProcessPoolExecutor(3, mp_context=get_context("spawn")) as pool:
        allowed = sum(pool.map(ask_often, [path] * 3, [400] * 3))
    assert allowed == 500
    assert ask_often(path, 1) == 0
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"192.0.2.1" not in path.read_bytes()


def test_a_home_that_cannot_be_written(tmp_path: Path) -> None:
    """Then each process counts by itself."""
    (tmp_path / "file").write_text("")
    rates = Rates([Quota("person", "requests", 1, 60)], Windows(tmp_path / "file" / "rates"))
    assert [rates.ask(PERSON)[1] is None for _ in range(2)] == [True, False]


def test_nothing_is_limited_by_default() -> None:
    """Without settings there is no quota, and so no middleware."""
    assert quotas_of(RateSettings()) == []
    (quota,) = quotas_of(RateSettings(token_bytes=5))
    assert (quota.name, quota.limit, quota.seconds) == ("token-bytes", 5, 86_400)
