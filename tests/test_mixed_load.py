"""The mixed load of the benchmark, short: every request is answered, nothing stays open."""

from __future__ import annotations

from benchmarks import mixed


def test_a_short_mixed_load() -> None:
    """Search, record and PDF together: no wrong answer, no descriptor left behind."""
    (section,) = mixed.run(records=300, seconds=6.0, rate=40.0)
    claims = {claim.what: claim for claim in section.claims}
    assert claims["requests without a right answer"].measured == 0
    assert claims["more descriptors"].holds
    assert [row[1] for row in section.rows] == ["80", "80", "80"]
