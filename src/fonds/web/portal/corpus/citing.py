"""How to cite a corpus that is kept for good."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from fonds.corpora.kept import KeptCorpus
from fonds.renditions.citations.bibtex import escaped


class Citation(msgspec.Struct, frozen=True):
    """A corpus as a reference names it."""

    day: str  # on which it was kept
    text: str
    bibtex: str


def citation_of(kept: KeptCorpus, publisher: str, address: str) -> Citation:
    """Return the citation of a corpus; `address` is its permanent one."""
    when = datetime.fromtimestamp(kept.kept, UTC).date().isoformat()
    author = f"{kept.author.rstrip('.')}. " if kept.author else ""
    count = len(kept.documents)
    text = f"{author}{kept.title} [corpus, {count} documents]. {publisher}, {when}. {address}"
    fields = {
        "author": kept.author,
        "title": kept.title,
        "year": when[:4],
        "publisher": publisher,
        "howpublished": f"Corpus of {count} documents",
    }
    key = kept.ark.rpartition("/")[2].lower()
    lines = [f"@misc{{{key},"]
    lines += [f"  {name} = {{{escaped(value)}}}," for name, value in fields.items() if value]
    return Citation(when, text, "\n".join([*lines, f"  url = {{{address}}},", "}"]))
