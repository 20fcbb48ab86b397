"""The tree of categories: the Library of Congress Classification as DOAJ uses it.

`lcc.tsv` holds code, code of the class above, and label (LCC is in the public domain; the choice of
classes is DOAJ's, Apache-2.0). A value of a record is "<level> - <label>", paths one after another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib import resources

import msgspec

Path = tuple[str, ...]  # labels, from the top


class Tree(msgspec.Struct, frozen=True):
    """Classes below one another."""

    labels: Mapping[str, str]  # of each code
    above: Mapping[str, str]  # code of the class above; of a top class, none

    def path(self, code: str) -> Path:
        """Return the labels from the top down to a class; none of an unknown code."""
        return tuple(self.labels[one] for one in self.codes(code))

    def codes(self, code: str) -> tuple[str, ...]:
        """Return the codes from the top down to a class."""
        found: list[str] = []
        while code in self.labels and code not in found:
            found.append(code)
            code = self.above.get(code, "")
        return tuple(reversed(found))


def read_tree() -> Tree:
    """Return the bundled tree."""
    text = resources.files("fonds.enrich.categories").joinpath("lcc.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines()[1:]]
    return Tree(
        {code: label for code, _, label in rows}, {code: above for code, above, _ in rows if above}
    )


def values(paths: Iterable[Path]) -> list[str]:
    """Return paths as a record has them: "1 - Medicine", "2 - Internal medicine"."""
    return [
        f"{level} - {label}"
        for path in dict.fromkeys(paths)
        for level, label in enumerate(path, start=1)
    ]
