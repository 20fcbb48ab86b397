"""From many references at once to the documents that are surely meant: sure or silent.

For icons beside references on other sites, where a wrong one is worse than none. An identifier must
be the document's own, and the title, where one is given, must not speak against it. A title alone
never suffices: it must be the whole title, with the year and the first author.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from fonds.errors import FondsError
from fonds.record import AccessCondition, Contributor, FileDescriptor
from fonds.search.service import SearchService
from fonds.sources import values
from fonds.web.resolver.citation import plain, plain_number
from fonds.web.resolver.evidence import title_likeness

_MOST_HITS = 400  # of all identifiers of one call
_MOST_TITLES = 20  # documents looked at for one title
_WORDS = 12  # of a title in its question
_LEAST_WORDS = 3  # a shorter title says too little
_OTHER_TITLE = 0.35
_FIELDS = ("doi", "pmid", "pii", "ark")


class Reference(msgspec.Struct, frozen=True):
    """What a page says of an article. Identifiers in any notation."""

    id: str = ""  # the caller's own name for it
    doi: str = ""
    pmid: str = ""
    pii: str = ""
    ark: str = ""
    title: str = ""
    year: str = ""
    author: str = ""  # the first one: family name, or whole


class _Host(msgspec.Struct, frozen=True):
    title: str = ""


class Found(msgspec.Struct, frozen=True, rename="camel"):
    """As much of a record as an answer needs."""

    id: str
    ark_istex: str
    corpus_name: str = ""
    title: str = ""
    publication_date: str = ""
    doi: tuple[str, ...] = ()
    pmid: tuple[str, ...] = ()
    pii: tuple[str, ...] = ()
    author: tuple[Contributor, ...] = ()
    host: _Host = _Host()
    access_condition: AccessCondition = AccessCondition()
    fulltext: tuple[FileDescriptor, ...] = ()


_decode = msgspec.json.Decoder(Found).decode
_Key = tuple[str, str]  # kind and plain value of an identifier


def look_up(references: Sequence[Reference], search: SearchService) -> list[tuple[Found, ...]]:
    """Return for each reference the documents that it surely means: one work, or nothing."""
    by_key = _by_identifier({key for one in references for key in _keys(one)}, search)
    answers = []
    for one in references:
        keys = _keys(one)
        found = _unique(document for key in keys for document in by_key.get(key, ()))
        if found:
            answers.append(_agreeing(one, found))
        elif keys and not one.title:
            answers.append(())
        else:
            answers.append(_by_title(one, search))
    return answers


def _keys(reference: Reference) -> tuple[_Key, ...]:
    ark = reference.ark.partition("ark:")[2].lstrip("/")
    doi = (values.doi(reference.doi) or "").lower()
    read = (doi, reference.pmid.strip(), plain_number(reference.pii), ark and f"ark:/{ark}")
    return tuple((kind, value) for kind, value in zip(_FIELDS, read, strict=True) if value)


def _by_identifier(keys: Iterable[_Key], search: SearchService) -> dict[_Key, list[Found]]:
    """Ask for all identifiers at once."""
    asked = [part for key in sorted(keys) for part in _asked(*key)]
    found: dict[_Key, list[Found]] = {}
    for document in _ask(" OR ".join(asked), search, _MOST_HITS) if asked else ():
        own = [("doi", doi.lower()) for doi in document.doi]
        own += [("pmid", pmid) for pmid in document.pmid]
        own += [("pii", plain_number(pii)) for pii in document.pii]
        for key in (*own, ("ark", document.ark_istex)):
            found.setdefault(key, []).append(document)
    return found


def _asked(kind: str, value: str) -> tuple[str, ...]:
    quoted = _quoted(value)
    if kind == "doi":  # analysed: publishers write either case
        return (f"doi:{quoted}",)
    if kind == "pii":
        return (f"pii.raw:{_quoted(value.upper())}", f"pii:{quoted}")
    return (f"{'arkIstex' if kind == 'ark' else kind}.raw:{quoted}",)


def _by_title(reference: Reference, search: SearchService) -> tuple[Found, ...]:
    """Return the documents with exactly this title, year and first author, if they are one work."""
    title = plain(reference.title)
    words = title.split()
    author = _family(reference.author)
    if len(words) < _LEAST_WORDS or not author or len(reference.year) != 4:
        return ()
    asked = f"title:{_quoted(' '.join(words[:_WORDS]))}"
    found = tuple(
        document
        for document in _ask(asked, search, _MOST_TITLES)
        if plain(document.title) == title
        and document.publication_date == reference.year
        and document.author
        and author <= set(plain(document.author[0].name).split())
    )
    return found if _one_work(found) else ()


def _family(author: str) -> set[str]:
    """Return the words of a family name: "Smith, J" and "J Smith" alike, without initials."""
    words = plain(author.partition(",")[0]).split()
    return {word for word in words if len(word) > 1} if any(len(w) > 1 for w in words) else set()


def _agreeing(reference: Reference, found: tuple[Found, ...]) -> tuple[Found, ...]:
    """Leave out what has the identifier and another title; refuse what is several works."""
    kept = tuple(
        one
        for one in found
        if not (plain(reference.title) and plain(one.title))
        or title_likeness(reference.title, one.title) >= _OTHER_TITLE
    )
    return kept if _one_work(kept) else ()


def _one_work(found: tuple[Found, ...]) -> bool:
    """Tell whether documents are copies of one work: the same title, no two different DOIs."""
    titles = {plain(one.title) for one in found if one.title}
    dois = {one.doi[0].lower() for one in found if one.doi}
    return len(titles) <= 1 and len(dois) <= 1


def _unique(found: Iterable[Found]) -> tuple[Found, ...]:
    return tuple({one.id: one for one in found}.values())


def _ask(question: str, search: SearchService, size: int) -> list[Found]:
    """Return the documents of a query; what a caller made unsearchable finds nothing."""
    try:
        result = search.search(search.ask(question, size=size))
    except FondsError:
        return []
    return [_decode(hit.source) for hit in result.hits]


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
