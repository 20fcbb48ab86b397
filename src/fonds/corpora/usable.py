"""How many documents of a corpus a tool can read: those that have all the formats it needs."""

from __future__ import annotations

import numpy as np

from fonds.archive.archive import Archive
from fonds.archive.extents import Kind
from fonds.corpora.choice import OCR, TEXT, Choice, Chosen
from fonds.corpora.plan import Plan
from fonds.corpora.presets import PRESETS
from fonds.corpora.selection import read_selection
from fonds.corpora.withholding import Withholding


def usable(archive: Archive, plan: Plan, withholding: Withholding) -> dict[str, int]:
    """Return for each preset the documents that have, and would get, every format it names."""
    needs = {one.name: read_selection(one.extract).named() for one in PRESETS}
    selection = read_selection(";".join(one.extract for one in PRESETS))
    ords = np.sort(plan.ords)
    turn = withholding.turn(ords, plan.snapshot.turn)
    choice = Choice(archive, ords, selection, withholding, turn)
    found = dict.fromkeys(needs, 0)
    for chosen in choice.packs():
        for name, kinds in needs.items():
            found[name] += len(chosen.documents) - _lacking(chosen, kinds)
    return found


def _lacking(chosen: Chosen, kinds: tuple[Kind, ...]) -> int:
    """Count the documents of a pack that lack one of some formats, or are refused it."""
    given = (*kinds, OCR) if TEXT in kinds else kinds
    numbers = [at for at, kind in enumerate(chosen.extents.kinds) if kind in given]
    refused = chosen.withheld.ord[np.isin(chosen.withheld.kind, numbers)]
    absent = [ords for kind, ords in chosen.absent if kind in kinds]
    return len(np.unique(np.concatenate([refused, *absent])))
