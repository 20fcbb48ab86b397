"""From many references at once to the documents that are surely meant: sure or silent.

For icons beside references on other sites, where a wrong one is worse than none. An identifier must
be the document's own, and the title, where one is given, must not speak against it. A title alone
never suffices: it must be the whole title, with the year and the first author.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from fonds.archive.archive import Archive
from fonds.archive.works import work_keys
from fonds.holdings.describing import plain
from fonds.holdings.holdings import Holdings
from fonds.record import AccessCondition, Contributor, FileDescriptor, Record
from fonds.sources import values
from fonds.web.resolver.evidence import title_likeness

_MOST_FOUND = 400  # documents looked at for all titles of one call
_LEAST_WORDS = 3  # a shorter title says too little
_OTHER_TITLE = 0.35


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


def look_up(
    references: Sequence[Reference], archive: Archive, holdings: Holdings
) -> list[tuple[Found, ...]]:
    """Return for each reference the documents that it surely means: one work, or nothing."""
    named = _by_identifier(references, archive)
    titled = [one for one, found in zip(references, named, strict=True) if not found]
    by_title = _by_title([one for one in titled if _is_described(one)], archive, holdings)
    return [
        _agreeing(one, found) if found else _same_title(one, by_title)
        for one, found in zip(references, named, strict=True)
    ]


def _by_identifier(references: Sequence[Reference], archive: Archive) -> list[tuple[Found, ...]]:
    """Ask the catalogue for all identifiers at once: no index, no ranking, either case."""
    keys = [_keys(one) for one in references]
    known = archive.sharing(list(dict.fromkeys(key for each in keys for key in each)))
    located = archive.located(list({place for places in known.values() for place in places}))
    found = []
    for reference, each in zip(references, keys, strict=True):
        places = dict.fromkeys(place for key in each for place in known.get(key, ()))
        records = [archive.read(located[one].files[0]) for one in places if one in located]
        ark = reference.ark.partition("ark:")[2].lstrip("/")
        document = archive.by_ark(f"ark:/{ark}") if ark else None
        if document is not None:
            records.append(document.record)
        found.append(tuple({one.id: one for one in map(_decode, records)}.values()))
    return found


def _keys(reference: Reference) -> tuple[str, ...]:
    doi, pmid, pii = values.doi(reference.doi), reference.pmid.strip(), reference.pii.strip()
    said = Record(
        doi=(doi,) if doi else (),
        pmid=(pmid,) if pmid else (),
        pii=(pii,) if plain(pii) else (),
    )
    return work_keys(said)


def _is_described(reference: Reference) -> bool:
    """Tell whether a title is enough: long enough, with its year and author."""
    enough = len(plain(reference.title).split()) >= _LEAST_WORDS
    return enough and len(reference.year) == 4 and bool(_family(reference.author))


def _by_title(
    references: Sequence[Reference], archive: Archive, holdings: Holdings
) -> dict[str, list[Found]]:
    """Return documents by their plain titles, all asked for at once."""
    ords = holdings.titled(one.title for one in references)[:_MOST_FOUND]
    found: dict[str, list[Found]] = {}
    for document in map(_decode, archive.records(ords)):
        found.setdefault(plain(document.title), []).append(document)
    return found


def _same_title(reference: Reference, by_title: Mapping[str, Sequence[Found]]) -> tuple[Found, ...]:
    """Return the documents with exactly this title, year and first author, if they are one work."""
    if not _is_described(reference):
        return ()
    author = _family(reference.author)
    found = tuple(
        one
        for one in by_title.get(plain(reference.title), ())
        if one.publication_date == reference.year
        and one.author
        and author <= set(plain(one.author[0].name).split())
        and not _other_doi(reference, one)
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


def _other_doi(reference: Reference, found: Found) -> bool:
    """Tell whether both have a DOI, and not the same: a preprint is another work."""
    doi = (values.doi(reference.doi) or "").lower()
    return bool(doi and found.doi) and doi not in {one.lower() for one in found.doi}


def _one_work(found: tuple[Found, ...]) -> bool:
    """Tell whether documents are copies of one work: the same title, no two different DOIs."""
    titles = {plain(one.title) for one in found if one.title}
    dois = {one.doi[0].lower() for one in found if one.doi}
    return len(titles) <= 1 and len(dois) <= 1
