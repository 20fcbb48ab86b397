"""Persons named in a text: experimental, by given names and titles.

Given names: GROBID's lexicon (Apache-2.0).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from fonds.enrich.entities.gazetteers import given_names
from fonds.enrich.entities.mention import Mention
from fonds.enrich.places import matches_at, places_of

# it begins with a letter, whether that begins a word is asked behind it: half the time
_NAME = re.compile(
    r"([A-ZÀ-Þ](?:(?<!\w.)(?<!×)|(?<=\w×))[a-zà-ÿ]+(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?) ((?:[A-ZÀ-Þ]\. ?){0,2})"
    r"((?:(?:de|van|von|der|den|le|la|du) )?[A-ZÀ-Þ][a-zà-ÿ]{2,}(?:-[A-ZÀ-Þ][a-zà-ÿ]+)?)\b"
)
_TITLED = re.compile(
    r"\b(?:Dr|Prof|Professor|Mr|Mrs|Ms|Mme|Pr)\.? ((?:[A-ZÀ-Þ]\. ?){0,2}"
    r"[A-ZÀ-Þ][a-zà-ÿ]{2,}(?:[- ][A-ZÀ-Þ][a-zà-ÿ]+)?)\b"
)
_TITLES = ("Dr", "Pr", "Mr", "Ms", "Mme")  # what a title begins with
_NOT_NAMES = frozenset(
    {
        "University",
        "Institute",
        "Street",
        "Road",
        "Hospital",
        "College",
        "School",
        "Foundation",
        "Medical",
        "Center",
        "Centre",
        "Science",
        "Sciences",
        "Research",
        "Department",
        "County",
        "River",
        "Lake",
        "Island",
        "Park",
        "State",
        "City",
        "Award",
        "Prize",
        "Journal",
        "Press",
        "Table",
        "Figure",
    }
)


class Persons:
    """Finds persons."""

    def __init__(self) -> None:
        self._given = given_names()

    def find(self, text: str) -> Iterator[Mention]:
        """Give the persons named by a given name and another, or behind a title."""
        for match in matches_at(_TITLED, text, places_of(text, _TITLES)):
            yield Mention("person", match[1], "rule", 0.7, *match.span(1))
        for match in _NAME.finditer(text):
            if match[1] in self._given and match[3].split()[-1] not in _NOT_NAMES:
                yield Mention("person", match[0], "rule", 0.6 if match[2] else 0.5, *match.span())
