"""`POST /corpora`: the result of a question, or a list of documents, kept under a permanent ARK."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta
from starlette.requests import Request

from fonds.corpora.corpus_file import corpus_of, read_corpus
from fonds.corpora.kept import count_kept, keep_corpus
from fonds.corpora.plan import Plan
from fonds.corpora.planning import EVERYTHING, Wish, list_plan, make_plan
from fonds.corpora.resolving import resolve
from fonds.errors import (
    CorpusInvalid,
    ExportTooLarge,
    KeepingRefused,
    ParameterInvalid,
)
from fonds.web.api.answer import within
from fonds.web.api.parameters import NO_JSON
from fonds.web.services import Services
from fonds.web.visitors import narrow, sees_all, visitor_of

MOST_BODY = 16 * 1024 * 1024  # bytes; 100,000 ARKs have 3 MB
_MOST_SHOWN = 1_000  # documents of a list that are said not to be here
_Line = Annotated[str, Meta(max_length=500)]


class Wanted(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """The body of `POST /corpora`: a title, and one of q, ids and corpus."""

    title: Annotated[str, Meta(min_length=1, max_length=500)]
    author: _Line = ""
    q: str = ""
    ids: tuple[_Line, ...] = ()  # all ARKs, all ids, or all DOIs
    corpus: str = ""  # the text of a .corpus file
    size: Annotated[int, Meta(ge=1)] | Literal["*"] = "*"
    offset: Annotated[int, Meta(ge=0)] = msgspec.field(default=0, name="from")
    default_operator: Literal["OR", "AND"] = "OR"
    sort_by: _Line = ""
    rank_by: _Line = ""
    random_seed: int | None = None
    corpus_name: _Line = ""  # only of this collection


class Said(msgspec.Struct, frozen=True, rename="camel"):
    """The answer: where the corpus is, and what of a list is not in this archive."""

    ark: str
    uri: str
    title: str
    documents: int
    missing: int
    not_here: tuple[str, ...]  # the first of the missing


def read_wanted(body: bytes) -> Wanted:
    """Read a body; raises ParameterInvalid with the place in it that is wrong."""
    try:
        wanted = msgspec.json.decode(body, type=Wanted)
    except NO_JSON as error:
        raise ParameterInvalid(name="body", value="", reason=error) from error
    if not wanted.title.strip():
        raise ParameterInvalid(name="title", value=wanted.title, reason="it is empty")
    if sum((bool(wanted.q.strip()), bool(wanted.ids), bool(wanted.corpus))) != 1:
        raise ParameterInvalid(name="body", value="", reason="one of q, ids, corpus was expected")
    return wanted


def check_keeper(request: Request, services: Services) -> None:
    """Raise KeepingRefused unless who asks may keep corpora here."""
    by = services.settings.corpora.kept_by
    visitor = visitor_of(request, services)
    known = bool(visitor.mode) or sees_all(services, visitor)
    if by == "nobody" or (by == "members" and not known):
        raise KeepingRefused(by=by)


def keep(request: Request, services: Services, wanted: Wanted, base: str) -> tuple[Said, bool]:
    """Keep what is wanted; tell whether it is new. Raises what a search and a list raise."""
    plan, missing = _plan(request, services, wanted)
    settings = services.settings
    if not len(plan.ords):
        raise CorpusInvalid(reason="none of its documents is in this archive")
    before = count_kept(services.home)
    if before >= settings.corpora.kept_corpora:
        raise KeepingRefused(by=f"at most {settings.corpora.kept_corpora} corpora")
    kept = keep_corpus(
        services.home, services.archive, plan,
        naan=settings.archive.naan, title=wanted.title.strip(), author=wanted.author.strip(),
    )  # fmt: skip
    said = Said(
        kept.ark, f"{base}/{kept.ark}", kept.title, len(kept.documents),
        len(missing), missing[:_MOST_SHOWN],
    )  # fmt: skip
    return said, count_kept(services.home) > before


def _plan(request: Request, services: Services, wanted: Wanted) -> tuple[Plan, tuple[str, ...]]:
    limit = services.settings.corpora.kept_documents
    if wanted.q:
        return _asked(request, services, wanted, limit), ()
    corpus = read_corpus(wanted.corpus) if wanted.corpus else corpus_of(wanted.ids)
    if not corpus.values:
        raise CorpusInvalid(reason="it lists no documents; a query goes into q")
    if len(corpus.values) > limit:
        raise ExportTooLarge(asked=len(corpus.values), limit=limit)
    found = resolve(services.archive, services.engine, services.search, corpus)
    wish = Wish(corpus.query)
    return list_plan(services.archive, services.engine, found.ords, wish), found.missing


def _asked(request: Request, services: Services, wanted: Wanted, limit: int) -> Plan:
    asked = services.search.ask(
        wanted.q,
        default_operator=wanted.default_operator,
        sort_by=wanted.sort_by,
        rank_by=wanted.rank_by,
        seed=wanted.random_seed,
    )
    asked = narrow(services, visitor_of(request, services), within(asked, wanted.corpus_name))
    given = {
        "q": wanted.q,
        "size": str(wanted.size),
        "from": str(wanted.offset),
        "sortBy": wanted.sort_by,
        "rankBy": wanted.rank_by,
        "defaultOperator": wanted.default_operator,
        "corpus": wanted.corpus_name,
    }
    size = EVERYTHING if wanted.size == "*" else wanted.size
    wish = Wish(wanted.q, size=size, offset=wanted.offset,
                parameters={name: value for name, value in given.items() if value})  # fmt: skip
    return make_plan(services.archive, services.engine, asked, wish, limit=limit)
