"""Making a synthesis: themes, quotations, papers, vocabulary, gaps, then the report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain
from math import sqrt

from fonds.analyses.corpus import Corpus
from fonds.analyses.digest import Digest
from fonds.analyses.networks.works import bibliographies
from fonds.analyses.profile import profile_of
from fonds.analyses.synthesis.extract import Vector
from fonds.analyses.synthesis.gaps import gaps
from fonds.analyses.synthesis.laying import Layout, with_report
from fonds.analyses.synthesis.linking import LanguageModel
from fonds.analyses.synthesis.model import Model, Quote, Synthesis, ThemePart
from fonds.analyses.synthesis.papers import central, cited, recent, vocabulary
from fonds.analyses.synthesis.quoting import Quoter, source_of
from fonds.analyses.synthesis.report import Report
from fonds.analyses.synthesis.wording import wording
from fonds.analyses.themes.finding import FoundThemes, find, mapped, result_of
from fonds.analyses.themes.model import Theme, Themes

_TYPICAL = 3  # documents named with each theme
_EXTRACT = 10  # sentences of one document
_FOCUS = 40  # stems of a theme


def make(corpus: Corpus, language: str, count: int, sentences: int) -> tuple[Synthesis, str]:
    """Return the synthesis of a corpus, and the map of its themes; empty without one."""
    digests = corpus.digests
    found = find(digests, count)
    themes = result_of(digests, found, count, _TYPICAL)
    quoter = Quoter(corpus, len(themes.themes))
    single = len(digests) == 1
    parts = () if single else _parts(digests, found, themes, quoter, sentences)
    extract = quoter.extract(digests[0], _EXTRACT) if single else ()
    parts, model = _linked(corpus, parts, language)
    works = bibliographies(digests)
    settings = corpus.settings.web
    base, resolver = settings.base_url.rstrip("/"), settings.ark_resolver.rstrip("/")
    left = len(digests) - sum(one.documents for one in themes.themes)
    made = Synthesis(
        language=language,
        profile=profile_of(corpus),
        themes=parts,
        few=themes.few,
        extract=extract,
        central=() if single else central(corpus, works, themes.themes),
        recent=() if single else recent(corpus, themes.themes),
        cited=() if single else cited(corpus, works),
        vocabulary=vocabulary(digests),
        gaps=gaps(corpus, parts, 0 if single else left),
        read=len(quoter.read),
        model=model,
        report=Report(language, digests[0].title if single else "", base, resolver, ()),
    )
    blocks = Layout(made, digests, wording(language)).blocks()
    return with_report(made, tuple(blocks)), "" if themes.few else mapped(digests, found)


def _parts(
    digests: Sequence[Digest], found: FoundThemes, themes: Themes, quoter: Quoter, most: int
) -> tuple[ThemePart, ...]:
    parts = []
    for one, cluster in zip(themes.themes, found.clustering.clusters, strict=True):
        members = [digests[at] for at in cluster.members]
        quotes = quoter.of_theme(members, _focus(found, cluster.members), most)
        parts.append(_part(one, members, quotes))
    return tuple(parts)


def _part(theme: Theme, members: Sequence[Digest], quotes: tuple[Quote, ...]) -> ThemePart:
    years = [one.year for one in members if one.year]
    return ThemePart(
        number=theme.number,
        label=theme.label,
        terms=theme.terms,
        documents=theme.documents,
        share=theme.share,
        first_year=min(years, default=0),
        last_year=max(years, default=0),
        quotes=quotes,
        typical=tuple(map(source_of, members[:_TYPICAL])),
    )


def _focus(found: FoundThemes, members: Sequence[int]) -> Vector:
    """Return the stems that most documents of a theme say, more than others do."""
    inside = Counter(chain.from_iterable(found.said[at].stems for at in members))
    whole = found.frequency
    weights = {stem: n * n / whole[stem] for stem, n in inside.items() if " " not in stem}
    best = sorted(weights, key=lambda stem: (-weights[stem], stem))[:_FOCUS]
    length = sqrt(sum(weights[stem] ** 2 for stem in best)) or 1.0
    return {stem: weights[stem] / length for stem in best}


def _linked(
    corpus: Corpus, parts: tuple[ThemePart, ...], language: str
) -> tuple[tuple[ThemePart, ...], Model | None]:
    settings = corpus.settings.analyses.language_model
    if not settings.address or not any(one.quotes for one in parts):
        return parts, None
    return LanguageModel(settings).link(parts, language)
