"""The papers and terms a corpus rests upon."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import sqrt

from fonds.analyses.corpus import Corpus
from fonds.analyses.digest import Digest
from fonds.analyses.names import is_notice, names_of
from fonds.analyses.networks.works import Bibliographies
from fonds.analyses.synthesis.model import Central, CitedMost, Source, Term
from fonds.analyses.synthesis.quoting import source_of
from fonds.analyses.themes.model import Theme
from fonds.analyses.themes.print_words import PRINT

PAPERS = 8  # of each list
TERMS = 30
_LEAST_CITED = 2  # documents that must cite a work
_LEAST_USED = 2  # documents that must use a term, in corpora of four and more
_PHRASE = 1.3  # weight of each further word


def central(corpus: Corpus, found: Bibliographies, themes: Sequence[Theme]) -> tuple[Central, ...]:
    """Return the documents most cited within the corpus, then the most typical of each theme."""
    digests = corpus.digests
    cited = Counter(whom for _, whom in found.citations)
    theme_of = {ark: one.number for one in themes for ark in one.arks}
    order = sorted(cited, key=lambda at: (-cited[at], digests[at].ark))[:PAPERS]
    chosen = [(at, cited[at]) for at in order]
    place = {one.ark: at for at, one in enumerate(digests)}
    for one in themes:
        at = place[one.arks[0]]
        if len(chosen) < PAPERS and at not in dict(chosen):
            chosen.append((at, 0))
    return tuple(
        Central(source_of(digests[at]), count, theme_of.get(digests[at].ark, 0))
        for at, count in chosen
    )


def recent(corpus: Corpus, themes: Sequence[Theme]) -> tuple[Source, ...]:
    """Return the latest documents; of one year, the most typical of their themes first."""
    rank = {ark: at for one in themes for at, ark in enumerate(one.arks)}
    last = len(corpus.digests)
    dated = [one for one in corpus.digests if one.year and not is_notice(one)]
    dated.sort(key=lambda one: (-one.year, rank.get(one.ark, last), one.ark))
    return tuple(map(source_of, dated[:PAPERS]))


def cited(corpus: Corpus, found: Bibliographies) -> tuple[CitedMost, ...]:
    """Return the works that most documents cite, held here or not."""
    return tuple(
        CitedMost(
            one.name, one.title, one.year, one.doi, len(one.cited_by),
            corpus.digests[one.held].ark if one.held >= 0 else "",
        )
        for one in found.works[:PAPERS]
        if len(one.cited_by) >= _LEAST_CITED
    )  # fmt: skip


def vocabulary(digests: Sequence[Digest]) -> tuple[Term, ...]:
    """Return the terms that stand for the corpus, by the ranks their documents give them."""
    weights: defaultdict[str, float] = defaultdict(float)
    counts: Counter[str] = Counter()
    spellings: defaultdict[str, Counter[str]] = defaultdict(Counter)
    lengths: dict[str, float] = {}  # weight of a term by its words; 0 for what print says of itself
    for one in digests:
        if is_notice(one) and len(digests) > 1:
            continue
        names = names_of(one)
        for rank, term in enumerate(one.terms):
            stems = term.stems
            length = lengths.get(stems)
            if length is None:
                length = lengths[stems] = _length(stems)
            if not length or names.hold(term.term):
                continue
            weights[stems] += length / sqrt(rank + 1)
            counts[stems] += 1
            spellings[stems][term.term] += 1
    least = _LEAST_USED if len(digests) >= 2 * _LEAST_USED else 1
    order = sorted(
        (stems for stems, count in counts.items() if count >= least),
        key=lambda stems: (-weights[stems], stems),
    )
    kept: list[tuple[frozenset[str], Term]] = []
    for stems in order:
        words = frozenset(stems.split(" "))
        if len(kept) == TERMS:
            break
        if not any(words <= other or other < words for other, _ in kept):
            spelling = min(spellings[stems].items(), key=lambda pair: (-pair[1], pair[0]))[0]
            kept.append((words, Term(spelling, counts[stems])))
    return tuple(term for _, term in kept)


def _length(stems: str) -> float:
    words = stems.split(" ")
    return _PHRASE ** min(2, len(words) - 1) if PRINT.isdisjoint(words) else 0.0
