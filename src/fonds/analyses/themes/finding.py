"""The themes of some documents, from their words to their names and places."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import chain

import msgspec

from fonds.analyses.digest import Digest
from fonds.analyses.drawing.dots import Disc, Dot, dots
from fonds.analyses.drawing.svg import shortened, width_of
from fonds.analyses.names import is_notice
from fonds.analyses.themes.clusters import Clustering, cluster
from fonds.analyses.themes.labels import Name, label, names
from fonds.analyses.themes.model import Theme, Themes, TypicalDocument
from fonds.analyses.themes.places import places
from fonds.analyses.themes.words import NOTHING, Said, Speech

_LINE = 28  # characters of a line below a disc
_SIZES = (
    (150, 6.0),
    (400, 4.5),
    (1_500, 2.8),
    (5_000, 2.0),
    (100_000, 1.4),
)  # documents up to -> dot


class FoundThemes(msgspec.Struct, frozen=True, dict=True):
    """Themes by the places of their documents."""

    said: tuple[Said, ...]
    clustering: Clustering
    notices: int  # corrections and the like, which are in no theme
    names: tuple[tuple[Name, ...], ...]

    @cached_property
    def frequency(self) -> Counter[str]:
        """Return how many documents say each stem."""
        return Counter(chain.from_iterable(one.stems for one in self.said))

    def label(self, at: int) -> str:
        """Return the name of a theme."""
        return label(self.names[at], at + 1)


def find(digests: Sequence[Digest], count: int) -> FoundThemes:
    """Return the themes of documents; `count` 0: as many as fit."""
    speech = Speech(digests)
    notices = frozenset(at for at, one in enumerate(digests) if is_notice(one))
    if len(notices) == len(digests):
        notices = frozenset()
    said = tuple(NOTHING if at in notices else speech.read(one) for at, one in enumerate(digests))
    found = cluster(said, count)
    return FoundThemes(said, found, len(notices), names(said, found.clusters))


def mapped(digests: Sequence[Digest], found: FoundThemes) -> str:
    """Draw the map of themes."""
    clusters = found.clustering.clusters
    whole = sum(len(one.members) for one in clusters)
    radius = next(size for most, size in _SIZES if whole <= most)
    titles = [_lines(at, found.label(at)) for at in range(len(clusters))]
    widths = [max(map(width_of, lines)) for lines in titles]
    discs = []
    where = places(found.said, clusters, widths, 2.6 * radius)
    for one, place, lines in zip(clusters, where, titles, strict=True):
        drawn = tuple(
            Dot(x, y, f"{digests[at].title} ({digests[at].year or '–'})",
                f"/notice/{digests[at].ark}")
            for at, (x, y) in zip(one.members, place.dots, strict=True)
        )  # fmt: skip
        discs.append(Disc(place.x, place.y, place.radius, lines, drawn))
    return dots(discs, radius)


def _lines(at: int, name: str) -> tuple[str, ...]:
    """Return a name on two lines at most."""
    first, *rest = name.split(", ")
    lines = [f"{at + 1}. {shortened(first, _LINE)}"]
    if rest:
        lines.append(shortened(", ".join(rest), _LINE))
    return tuple(lines)


def result_of(digests: Sequence[Digest], found: FoundThemes, asked: int, typical: int) -> Themes:
    """Return themes as they are given out."""
    clusters = found.clustering.clusters
    whole = sum(len(one.members) for one in clusters)
    themes = []
    for at, one in enumerate(clusters):
        members = [digests[place] for place in one.members]
        near = zip(members[:typical], one.closeness, strict=False)
        themes.append(
            Theme(
                number=at + 1,
                label=found.label(at),
                terms=tuple(name.term for name in found.names[at]),
                language=one.language,
                documents=len(members),
                share=round(len(members) / whole, 4),
                cohesion=round(one.cohesion, 3),
                typical=tuple(
                    TypicalDocument(doc.ark, doc.title or doc.ark, doc.year, round(closeness, 3))
                    for doc, closeness in near
                ),
                arks=tuple(doc.ark for doc in members),
            )
        )
    languages = Counter(one.language for one in themes)
    rule = "asked for" if asked else "half the root of the documents of each language, 2 to 24"
    return Themes(
        few=found.clustering.few,
        rule="one theme: fewer than 20 documents of any language" if found.clustering.few else rule,
        languages=tuple(sorted(languages.items())),
        themes=tuple(themes),
    )
