"""The indexes that CQL may name, and the fields each means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from fonds.search.fields import find
from fonds.web.harvest.sru.diagnostics import Diagnostic

CONTEXT_SETS: Mapping[str, str] = MappingProxyType(
    {
        "cql": "info:srw/cql-context-set/1/cql-v1.2",
        "dc": "info:srw/cql-context-set/1/dc-v1.1",
        "bath": "http://zing.z3950.org/cql/bath/2.0/",
        "rec": "info:srw/cql-context-set/2/rec-1.1",
        "fonds": "info:srw/cql-context-set/0/fonds",
    }
)
EVERYTHING = "cql.allrecords"


class Index(msgspec.Struct, frozen=True):
    """An index: its name, what it means, the fields (none: every searchable field)."""

    name: str
    title: str
    fields: tuple[str, ...]
    whole: bool = False  # compared as a whole, as identifiers are


_ISSN = ("host.issn", "host.eissn", "serie.issn", "serie.eissn")
_ISBN = ("host.isbn", "host.eisbn")
_ANY_ID = ("doi", "pmid", "pii", "arkIstex", "ark", "id")
INDEXES: Mapping[str, Index] = MappingProxyType(
    {
        one.name.lower(): one
        for one in (
            Index("cql.serverChoice", "anywhere", ()),
            Index("cql.anywhere", "anywhere", ()),
            Index("cql.keywords", "anywhere", ()),
            Index("cql.allRecords", "every record", ()),
            Index("dc.title", "title", ("title", "translatedTitle.value")),
            Index("dc.creator", "author", ("author.name",)),
            Index("dc.contributor", "editor", ("editor.name", "host.editor.name")),
            Index("dc.subject", "keyword", ("subject.value",)),
            Index("dc.description", "abstract", ("abstract", "otherAbstract.value")),
            Index("dc.publisher", "publisher", ("host.publisher",)),
            Index("dc.date", "year of publication", ("publicationDate",)),
            Index("dc.type", "type of document", ("genre",)),
            Index("dc.language", "language", ("language",)),
            Index("dc.identifier", "any identifier", _ANY_ID, whole=True),
            Index("dc.source", "journal or book", ("host.title",)),
            Index("dc.rights", "licence", ("accessCondition.value",)),
            Index("bath.title", "title", ("title", "translatedTitle.value")),
            Index("bath.name", "author or editor", ("author.name", "editor.name")),
            Index("bath.author", "author", ("author.name",)),
            Index("bath.subject", "keyword", ("subject.value",)),
            Index("bath.issn", "ISSN", _ISSN, whole=True),
            Index("bath.isbn", "ISBN", _ISBN, whole=True),
            Index("rec.identifier", "ARK or id", ("arkIstex", "ark", "id"), whole=True),
            Index("rec.collectionName", "collection", ("corpusName",), whole=True),
            Index("fonds.doi", "DOI", ("doi",), whole=True),
            Index("fonds.pmid", "PubMed number", ("pmid",), whole=True),
            Index("fonds.pii", "publisher's item identifier", ("pii",), whole=True),
            Index("fonds.ark", "ARK", ("arkIstex", "ark"), whole=True),
            Index("fonds.journal", "journal or book", ("host.title",)),
            Index("fonds.volume", "volume", ("host.volume",), whole=True),
            Index("fonds.issue", "issue", ("host.issue",), whole=True),
            Index("fonds.page", "first page", ("host.pages.first",), whole=True),
        )
    }
)


def index_of(name: str, prefixes: Mapping[str, str]) -> Index:
    """Return an index by its name; raises Diagnostic 15 and 16.

    Without a set, a name is of Dublin Core, else our own; `fonds.` may stand before any field.
    """
    prefix, dot, plain = name.partition(".")
    known = {uri: short for short, uri in CONTEXT_SETS.items()}
    if dot and prefix in prefixes:
        if prefixes[prefix] not in known:
            raise Diagnostic(15, prefixes[prefix])
        name = f"{known[prefixes[prefix]]}.{plain}"
    if not dot:
        candidates = [f"{kind}.{name}" for kind in (known.get(prefixes.get("", "")), "dc", "cql",
                                                    "bath", "fonds") if kind]  # fmt: skip
    else:
        candidates = [name]
    for candidate in candidates:
        found = INDEXES.get(candidate.lower())
        if found is None and candidate.lower().startswith("fonds."):
            found = _field(candidate)
        if found is not None:
            return found
    if dot and prefix.lower() not in CONTEXT_SETS and prefix not in prefixes:
        raise Diagnostic(15, prefix[:80])
    raise Diagnostic(16, name[:80])


def _field(name: str) -> Index | None:
    field = find(name.partition(".")[2])
    return Index(name, field.english, (field.name,)) if field is not None else None
