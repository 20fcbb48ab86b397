"""The whole report of an answer: its title, its scope, and the blocks laid out before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from fonds.analyses.model import Answer
from fonds.analyses.synthesis.model import Synthesis
from fonds.analyses.synthesis.report import Block, Heading, Items, Paragraph, Report, Span
from fonds.analyses.synthesis.wording import Wording, wording

_TITLE = 120  # characters of a query


def synthesis_of(answer: Answer) -> Synthesis:
    """Return what an answer of this analysis holds."""
    assert isinstance(answer.result, Synthesis)
    return answer.result


def whole(answer: Answer) -> Report:
    """Return the report with its title and scope; those are known of the answer only."""
    found = synthesis_of(answer)
    say = wording(found.language)
    title = _title(answer, found, say)
    blocks: list[Block] = [Heading(1, title), Heading(2, say("scope"), "scope")]
    blocks += _scope(answer, found, say)
    blocks += found.report.blocks
    blocks.append(Paragraph((Span(say("made_by", method=say("method"))),), note=True))
    return msgspec.structs.replace(found.report, title=title, blocks=tuple(blocks))


def _title(answer: Answer, found: Synthesis, say: Wording) -> str:
    if found.report.title:
        return say("title_one", title=found.report.title)
    query = answer.corpus.query.strip()
    said = query if len(query) <= _TITLE else query[: _TITLE - 1] + "…"
    return say("title", query=say("everything") if said in ("", "*", "*:*") else said)


def _scope(answer: Answer, found: Synthesis, say: Wording) -> Iterator[Block]:
    corpus, coverage = answer.corpus, answer.coverage
    key = "scope_documents_one" if coverage.looked == 1 else "scope_documents"
    first = say(key, count=coverage.looked, archive=corpus.archive or "Fonds")
    if coverage.looked != coverage.asked:
        first += " " + say("scope_sample", total=coverage.asked, seed=str(coverage.seed))
    yield Paragraph((Span(first),))
    day = datetime.fromtimestamp(corpus.last_load, UTC).date().isoformat()
    rows = [say("scope_kept", ark=corpus.ark)] if corpus.ark else []
    rows += [say("scope_query", tree=corpus.tree)] if corpus.tree else []
    rows.append(say("scope_state", date=day, documents=corpus.documents, key=corpus.key))
    yield Items(tuple((Span(row),) for row in rows))
    yield Paragraph((Span(say("scope_method")),))
    key = "scope_read_one" if coverage.looked == 1 else "scope_read"
    read = say(key, read=found.read) if found.read else say("scope_read_none")
    yield Paragraph((Span(read),))
    if found.model is not None and found.model.wrote:
        yield Paragraph((Span(say("model_wrote", name=found.model.name)),))
    if found.model is not None and found.model.failed:
        said = say("model_failed", name=found.model.name, reason=found.model.failed)
        yield Paragraph((Span(said),))
