"""Who paid for an Elsevier article: sponsors and numbers marked in its running text."""

from __future__ import annotations

from collections.abc import Iterator

from fonds.record import Funder
from fonds.sources import records
from fonds.sources.formats.elsevier.names import CE
from fonds.sources.markup import words
from fonds.sources.xml import Element

_SPONSOR, _NUMBER = f"{CE}grant-sponsor", f"{CE}grant-number"


def read_funders(article: Element) -> tuple[Funder, ...]:
    """Return sponsors in the order of the text, each with the numbers that point at it."""
    return records.funders(_found(article))


def _found(article: Element) -> Iterator[Funder]:
    numbers: dict[str, list[str]] = {}
    for element in article.iter(_NUMBER):
        numbers.setdefault(element.get("refid") or "", []).append(words(element))
    sponsors = list(article.iter(_SPONSOR))
    for element in sponsors:
        awards = numbers.pop(element.get("id") or "", []) if element.get("id") else []
        yield Funder(
            name=words(element),
            id=element.get("sponsor-id") or "",
            award=tuple(dict.fromkeys(filter(None, awards))),
        )
    for left in numbers.values():  # nobody says whose these are
        yield Funder(award=tuple(dict.fromkeys(filter(None, left))))
