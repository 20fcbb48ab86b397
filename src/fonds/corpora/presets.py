"""What the usual analysis tools need of a corpus (istex-api.md 7.3)."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from fonds.corpora.selection import read_selection
from fonds.corpora.sizes import Sizes
from fonds.errors import ParameterInvalid


class Preset(msgspec.Struct, frozen=True, rename="camel"):
    """The formats and kinds of archive file a tool reads."""

    name: str
    label: str
    extract: str
    archive_types: tuple[str, ...]


class Share(msgspec.Struct, frozen=True, rename="camel"):
    """How much of a corpus a tool could read."""

    preset: Preset
    documents: int  # that have all of its formats
    formats: dict[str, float]  # share of the documents that have each, 0 to 1


PRESETS = (
    Preset("lodex", "Lodex", "metadata[json]", ("zip", "tar")),
    Preset("cortext", "CorTexT", "fulltext[tei,cleaned];enrichments[teeft]", ("zip",)),
    Preset("gargantext", "GarganText", "metadata[json]", ("zip",)),
    Preset("nooj", "NooJ", "metadata[json];fulltext[txt]", ("zip",)),
)


def preset(name: str) -> Preset:
    """Return a preset; raises ParameterInvalid."""
    for one in PRESETS:
        if one.name == name.lower():
            return one
    reason = f"one of {', '.join(one.name for one in PRESETS)} was expected"
    raise ParameterInvalid(name="use", value=name[:80], reason=reason)


def shares(sizes: Sizes, usable: Mapping[str, int]) -> list[Share]:
    """Return for each preset the documents that have its formats.

    `sizes` are those of an export of everything (`extract=`), `usable` counts documents that
    have all formats of a preset.
    """
    there = {(one.type, one.format): one.documents for one in sizes.formats}
    asked = max(1, sizes.asked)
    return [
        Share(
            one,
            usable[one.name],
            {
                "/".join(kind): there.get(kind, 0) / asked
                for kind in read_selection(one.extract).named()
            },
        )
        for one in PRESETS
    ]
