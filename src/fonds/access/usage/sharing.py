"""The World for every key: figures of the whole platform that tell no single institution's.

The Code of Practice recommends to give The World to every key. Whoever has the world and itself has
the rest by subtraction; so a figure is shared only where at least five other institutions had that
use. Reports with fewer columns or filters than others could be subtracted as well, so there is one
report, of cells that no other sum holds: PR_P1, by month.
"""

from __future__ import annotations

from collections.abc import Callable

from fonds.access.usage.exceptions import CounterRefusal
from fonds.access.usage.kinds import ReportKind
from fonds.access.usage.months import Months, Used
from fonds.access.usage.wishes import Wish

FEWEST = 5  # institutions besides the one that asks
SHARED = "PR_P1"
WITHHELD = f"figures of fewer than {FEWEST} other institutions are left out"


def check_shared(kind: ReportKind) -> None:
    """Refuse every report of The World but one; raises CounterRefusal."""
    if kind.id != SHARED:
        raise CounterRefusal(2011, f"this key opens {SHARED} of The World alone")


def is_shared(months: Months, wish: Wish, institution: str) -> Callable[[Used], bool]:
    """Return what tells whether an institution may see a figure of The World."""
    enough = {
        cell
        for cell, count in months.sharers(institution, wish.begin, wish.end).items()
        if count >= FEWEST
    }

    def shown(one: Used) -> bool:
        return (one.data_type, one.metric, one.month) in enough

    return shown
