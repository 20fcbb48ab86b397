"""What a corpus lacks, so that nobody concludes from what is not there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from fonds.analyses.corpus import Corpus
from fonds.analyses.digest import Digest
from fonds.analyses.synthesis.model import Gap, ThemePart

_UNREADABLE = ("poor", "unreadable")
_ONE_LANGUAGE = 0.8  # share of one language above which others are hardly there
_LITTLE = 0.04  # share of documents of a theme that is hardly there
_STILL = 5  # years without a document after which a theme has gone quiet
_NAMED = 6  # years, themes


def gaps(corpus: Corpus, themes: Sequence[ThemePart], left: int) -> tuple[Gap, ...]:
    """Return what is lacking; `left` counts documents in no theme."""
    found = [*_of_years(corpus), *_of_languages(corpus.digests), *_of_documents(corpus)]
    if left:
        found.append(Gap("in-no-theme", left))
    return (*found, *_of_themes(corpus, themes))


def _of_years(corpus: Corpus) -> Iterator[Gap]:
    counts = Counter(one.year for one in corpus.digests)
    missing = [year for year in corpus.years if not counts[year]]
    if missing:
        yield Gap("years", len(missing), ", ".join(_stretches(missing)))
    if counts[0]:
        yield Gap("no-year", counts[0])


def _stretches(years: Sequence[int]) -> list[str]:
    """Return years as "2006–2009", the longest stretches first when there are many."""
    found: list[list[int]] = []
    for year in years:
        if found and found[-1][-1] == year - 1:
            found[-1].append(year)
        else:
            found.append([year])
    if len(found) > _NAMED:
        longest = sorted(found, key=lambda one: (-len(one), one[0]))[:_NAMED]
        said = [_stretch(one) for one in sorted(longest)]
        return [*said, "…"]
    return [_stretch(one) for one in found]


def _stretch(years: Sequence[int]) -> str:
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])


def _of_languages(digests: Sequence[Digest]) -> Iterator[Gap]:
    counts = Counter(one.language for one in digests)
    unknown = counts.pop("unknown", 0) + counts.pop("", 0)
    if counts:
        language, most = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if len(digests) > 1 and most >= _ONE_LANGUAGE * counts.total():
            yield Gap("one-language", counts.total() - most, language)
    if unknown:
        yield Gap("no-language", unknown)


def _of_documents(corpus: Corpus) -> Iterator[Gap]:
    digests = corpus.digests
    kinds = (
        ("no-abstract", sum(not one.abstract for one in digests)),
        ("no-text", sum(not one.words for one in digests)),
        ("unreadable", sum(one.readable in _UNREADABLE for one in digests)),
        ("withheld", sum(bool(one.words) and not corpus.may_read(one) for one in digests)),
        ("no-terms", sum(bool(one.words) and not one.terms for one in digests)),
        ("no-references", sum(not one.reference_count for one in digests)),
    )
    for kind, count in kinds:
        if count:
            yield Gap(kind, count)


def _of_themes(corpus: Corpus, themes: Sequence[ThemePart]) -> Iterator[Gap]:
    if len(themes) < 2:
        return
    kinds = (
        ("little", [one for one in themes if one.share < _LITTLE]),
        ("no-quote", [one for one in themes if not one.quotes]),
        ("quiet", [one for one in themes
                   if one.last_year and one.last_year + _STILL <= corpus.years[-1]]),
    )  # fmt: skip
    for kind, found in kinds:
        if found:
            names = "; ".join(f"{one.number}. {one.label}" for one in found[:_NAMED])
            yield Gap(kind, len(found), names + ("; …" if len(found) > _NAMED else ""))
