"""What a document's text says of its journal and of people, and is no term of its subject."""

from __future__ import annotations

import re
from functools import cache, cached_property

from fonds.analyses.digest import Digest
from fonds.analyses.folding import folded

# titles of notices on other articles; an article on the correction of something goes on otherwise
_NOTICE = re.compile(
    r"\W*(?:(?:(?:author|publisher)(?:['’]?s)? )?corrections?(?: (?:to|notice))?\s*(?:[:.–—]|\Z)"
    r"|errat(?:um|a)\b|corrigend(?:um|a)\b|addend(?:um|a)\b|additions and corrections\b"
    r"|retract(?:ion|ed)(?: (?:note|notice|article))?\s*(?:[:.–—]|\Z)"
    r"|expression of concern\b|rectificatifs?\b|erratas?\b|fe de erratas\b)",
    re.IGNORECASE,
)
_SMALL = frozenset({"of", "and", "the", "for", "in", "de", "du", "des", "la", "le", "et", "e", "y"})
_LEAST_ACRONYM = 3  # letters


def is_notice(digest: Digest) -> bool:
    """Tell whether a document only corrects or takes back another one."""
    return _NOTICE.match(digest.title) is not None


class Names:
    """Names that stand in a document beside its subject: its journal, who wrote, who is cited."""

    def __init__(self, digest: Digest) -> None:
        self._digest = digest
        self._host, self._known = _host(digest.host)

    @cached_property
    def _people(self) -> set[str]:
        found = {one.partition(",")[0].casefold() for one in self._digest.authors}
        found.update(one.author.casefold() for one in self._digest.references)
        return found

    def hold(self, form: str) -> bool:
        """Tell whether a phrase is one of them; of a journal's title, several words are."""
        if " " in form:
            return _words(form) <= self._host
        key = form.casefold()
        return key in self._known or (form[:1].isupper() and key in self._people)


@cache
def _words(form: str) -> frozenset[str]:
    return frozenset(folded(form).split()) - _SMALL


@cache
def _host(title: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of a journal's title, and what it is called by alone: "jose", "elife"."""
    words = [word for word in folded(title).split() if word not in _SMALL]
    letters = "".join(word[0] for word in words)
    names = [letters] if len(letters) >= _LEAST_ACRONYM else []
    return frozenset(words), frozenset([*names, *words] if len(words) == 1 else names)
