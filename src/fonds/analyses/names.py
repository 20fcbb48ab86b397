"""What a document's text says of its journal and of people, and is no term of its subject."""

from __future__ import annotations

import re
from collections.abc import Iterator

from fonds.analyses.digest import Digest
from fonds.enrich.terms.names import Names

# titles of notices on other articles; an article on the correction of something goes on otherwise
_NOTICE = re.compile(
    r"\W*(?:(?:(?:author|publisher)(?:['’]?s)? )?corrections?(?: (?:to|notice))?\s*(?:[:.–—]|\Z)"
    r"|errat(?:um|a)\b|corrigend(?:um|a)\b|addend(?:um|a)\b|additions and corrections\b"
    r"|retract(?:ion|ed)(?: (?:note|notice|article))?\s*(?:[:.–—]|\Z)"
    r"|expression of concern\b|rectificatifs?\b|erratas?\b|fe de erratas\b)",
    re.IGNORECASE,
)


def is_notice(digest: Digest) -> bool:
    """Tell whether a document only corrects or takes back another one."""
    return _NOTICE.match(digest.title) is not None


def names_of(digest: Digest) -> Names:
    """Return the names of a document."""

    def surnames() -> Iterator[str]:
        yield from (one.partition(",")[0] for one in digest.authors)
        yield from (one.author for one in digest.references)

    return Names(digest.host, surnames)
