"""One analysis of one corpus: what is asked, and doing it over an open home."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec
import numpy as np

from fonds.analyses.corpus import Archived, Asker, Corpus
from fonds.analyses.digests import Digests
from fonds.analyses.door import load_analysis
from fonds.analyses.errors import CorpusEmpty
from fonds.analyses.model import Answer, Cited, Coverage, Table, Value
from fonds.corpora.plan import Plan
from fonds.search.engine import Ords

_EVERYTHING = "*:*"


class Job(msgspec.Struct, frozen=True):
    """What is asked."""

    analysis: str
    values: Mapping[str, Value]
    plan: Plan  # the documents
    asker: Asker
    archive: str = ""  # name of the installation
    ark: str = ""  # of a kept corpus
    title: str = ""  # ... and its title
    beside: Plan | None = None  # a second corpus, for a comparison; None: the whole archive

    @property
    def key(self) -> str:
        """Return what tells answers apart."""
        visitor = self.asker.visitor
        who = [sorted(visitor.institutions), visitor.scope, visitor.mode]
        what = [self.analysis, sorted(self.values.items()), self.plan.key, self.ark, self.title]
        beside = self.beside.key if self.beside is not None else ""
        said = [what, beside, who, self.asker.closed, self.archive]
        return hashlib.sha256(msgspec.json.encode(said)).hexdigest()[:32]


def run(job: Job, archived: Archived, digests: Digests, most: int) -> Answer:
    """Analyse a corpus; of more than `most` documents, a sample that is always the same.

    Raises CorpusEmpty.
    """
    if not len(job.plan.ords):
        raise CorpusEmpty(query=job.plan.asked.query[:200])
    analysis = load_analysis(job.analysis)
    digests.refresh()
    corpus, seed = _read(job.plan, archived, digests, job.asker, most)
    corpus.name = job.title or job.plan.asked.query
    if job.beside is not None:
        if not len(job.beside.ords):
            raise CorpusEmpty(query=job.beside.asked.query[:200])
        corpus.beside = _read(job.beside, archived, digests, job.asker, most)[0]
    found = analysis.analyse(corpus, job.values)
    looked = len(corpus.digests)
    return Answer(
        analysis=analysis.name,
        version=analysis.version,
        provenance=analysis.provenance,
        parameters=dict(job.values),
        corpus=_cited(job),
        coverage=Coverage(
            asked=len(job.plan.ords),
            looked=looked,
            seed=seed,
            used=found.used if found.used is not None else looked,
            without=found.without,
        ),
        result=found.result,
        tables=tuple(_narrowed(table, corpus) for table in found.tables),
        pictures=found.pictures,
    )


def _read(
    plan: Plan, archived: Archived, digests: Digests, asker: Asker, most: int
) -> tuple[Corpus, int]:
    ords, seed = sample(plan, most)
    corpus = Corpus(archived, list(digests.read(ords.tolist())), asker, digests.read)
    corpus.question, corpus.name, corpus.whole = _question(plan), plan.asked.query, plan.ords
    return corpus, seed


def _question(plan: Plan) -> str:
    asked = plan.asked
    whole = asked.tree in ("", _EVERYTHING) or asked.total != len(plan.ords)
    return "" if whole else asked.tree


def _narrowed(table: Table, corpus: Corpus) -> Table:
    """Return a table whose queries find documents of the corpus alone."""
    places = [at for at, column in enumerate(table.columns) if column.name == "query"]
    if not places or not corpus.question:
        return table
    rows = []
    for row in table.rows:
        cells = list(row)
        for at in places:
            if cells[at]:
                cells[at] = corpus.narrowed(str(cells[at]))
        rows.append(tuple(cells))
    return msgspec.structs.replace(table, rows=tuple(rows))


def sample(plan: Plan, most: int) -> tuple[Ords, int]:
    """Return at most so many documents of a plan, in its order, and the seed they were drawn by."""
    if len(plan.ords) <= most:
        return plan.ords, 0
    seed = int(plan.key[:8], 16) or 1
    chosen = np.random.default_rng(seed).choice(len(plan.ords), most, replace=False)
    return plan.ords[np.sort(chosen)], seed


def _cited(job: Job) -> Cited:
    asked, snapshot = job.plan.asked, job.plan.snapshot
    return Cited(
        archive=job.archive,
        query=job.title or asked.query,
        ark=job.ark,
        tree=asked.tree,
        total=asked.total,
        key=job.plan.key,
        last_load=snapshot.time,
        last_ord=snapshot.last_ord,
        turn=snapshot.turn,
        documents=snapshot.documents,
    )
