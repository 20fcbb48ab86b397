"""How much more usual something is here than elsewhere.

The log-likelihood ratio G² of Dunning, Computational Linguistics 19 (1993), 61-74, over documents;
3.84 is what chance passes once in twenty.
"""

from __future__ import annotations

from math import log


def keyness(here: int, documents_here: int, there: int, documents_there: int) -> float:
    """Return G², negative where it is less usual here; 0 where there is nothing to compare."""
    if not documents_here or not documents_there:
        return 0.0
    whole = documents_here + documents_there
    rows = ((here, documents_here), (there, documents_there))
    with_it, without = here + there, whole - here - there
    total = 0.0
    for count, documents in rows:
        for seen, share in ((count, with_it / whole), (documents - count, without / whole)):
            if seen:
                total += seen * log(seen / (documents * share))
    sign = 1 if here / documents_here >= there / documents_there else -1
    return round(sign * 2 * max(0.0, total), 2)
