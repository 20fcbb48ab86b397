"""A list of identifiers or a `.corpus` file as the question of a corpus."""

from __future__ import annotations

import msgspec

from fonds.corpora.corpus_file import read_corpus
from fonds.search.stored_queries import name_of
from fonds.web.portal.asking import Asked
from fonds.web.portal.identifier_lists import ListResult, look_up, query_of
from fonds.web.services import Services

_MARK = "[ISTEX]"


class Given(msgspec.Struct, frozen=True):
    """What a list asks for."""

    asked: Asked  # nothing, when none of it is here
    result: ListResult | None = None  # None: the file held a query only
    title: str = ""  # of a .corpus file


def read_list(services: Services, text: str) -> Given:
    """Find what a list or a `.corpus` file names; raises CorpusInvalid and HomeNotWritable."""
    title = ""
    if any(line.strip().upper() == _MARK for line in text.splitlines()):
        corpus = read_corpus(text.strip() + "\n")
        title = corpus.head.get("title", "")
        if not corpus.values:
            return Given(Asked(q=corpus.query), title=title)
        text = "\n".join(corpus.values)
    result = look_up(services, text)
    if not result.ids:
        return Given(Asked(), result, title)
    query = query_of(result.ids)
    services.queries.store(query)
    return Given(Asked(listed=name_of(query)), result, title)
