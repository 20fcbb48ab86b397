"""Names that stand in a document beside its subject: its journal, who wrote it, who is cited."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache

from fonds.enrich.folding import folded

_SMALL = frozenset({"of", "and", "the", "for", "in", "de", "du", "des", "la", "le", "et", "e", "y"})
_LEAST_ACRONYM = 3  # letters
_KEPT = 20_000  # phrases and titles folded lately: a load of millions must not keep them all


class Names:
    """The names of one document; its people's are asked for only where a phrase may be one."""

    def __init__(self, journal: str, people: Callable[[], Iterable[str]], title: str = "") -> None:
        self._host, self._known = _host(journal)
        self._told = people
        self._title = folded(title)  # what stands in it is no name alone

    @cached_property
    def _people(self) -> set[str]:
        return set("\0".join(self._told()).casefold().split("\0"))  # all at once

    def hold(self, form: str) -> bool:
        """Tell whether a phrase is one of them; of a journal's title, several words are."""
        if " " in form:
            return _words(form) <= self._host
        key = form.casefold()
        if key in self._known:
            return True
        return form[:1].isupper() and key in self._people and folded(key) not in self._title


@lru_cache(maxsize=_KEPT)
def _words(form: str) -> frozenset[str]:
    return frozenset(folded(form).split()) - _SMALL


@lru_cache(maxsize=_KEPT)
def _host(title: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of a journal's title, and what it is called by alone: "jose", "elife"."""
    words = [word for word in folded(title).split() if word not in _SMALL]
    letters = "".join(word[0] for word in words)
    names = [letters] if len(letters) >= _LEAST_ACRONYM else []
    return frozenset(words), frozenset([*names, *words] if len(words) == 1 else names)
