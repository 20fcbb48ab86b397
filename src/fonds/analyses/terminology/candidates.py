"""What may be a term of a corpus: the candidates of its documents, added up by their stems.

Hyphens do not part spellings: "p-value" and "p value" are one candidate.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain, repeat

import msgspec
import numpy as np
import numpy.typing as npt

from fonds.analyses.digest import Digest
from fonds.analyses.names import names_of

Ints = npt.NDArray[np.int64]


class Counted(msgspec.Struct, frozen=True):
    """The candidates of one language, one row each, by their stems in order."""

    language: str  # ISO 639-2/B
    documents: int  # that have candidates
    words: int  # of their texts
    stems: list[str]
    held: Ints  # documents whose list has it
    times: Ints  # its occurrences in them


def languages_of(digests: Iterable[Digest]) -> list[str]:
    """Return the languages in which terms were looked for; most documents first."""
    found = Counter(one.terms_language for one in digests if one.terms_language)
    return sorted(found, key=lambda one: (-found[one], one))


def count(digests: Sequence[Digest], language: str, least: int) -> Counted:
    """Add up the candidates that at least so many documents of a language have."""
    chosen = [one for one in digests if one.terms_language == language and one.candidates.counts]
    of_document = [stems_of(one) for one in chosen]
    held = Counter(chain.from_iterable(map(dict.fromkeys, of_document)))
    stems = sorted(stem for stem, number in held.items() if number >= least)
    rows = dict(zip(stems, range(len(stems)), strict=True))
    places = np.array(list(map(rows.get, chain.from_iterable(of_document), repeat(-1))), np.int64)
    times = np.array([number for one in chosen for number in one.candidates.counts], np.int64)
    there = places >= 0
    total = np.bincount(places[there], weights=times[there], minlength=len(stems))
    return Counted(
        language=language,
        documents=len(chosen),
        words=sum(one.words for one in chosen),
        stems=stems,
        held=np.array([held[stem] for stem in stems], np.int64),
        times=total.astype(np.int64),
    )


def stems_of(digest: Digest) -> list[str]:
    """Return the stems of a document's candidates, in the order of its counts."""
    return digest.candidates.stems.replace("-", " ").split("\n") if digest.candidates.counts else []


def shared(wanted: Collection[str], stems: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Give the stems of a document that are wanted, each with its first place, in order."""
    for stem in sorted({stem for stem in stems if stem in wanted}):
        yield stem, stems.index(stem)


def forms(digests: Sequence[Digest], language: str, stems: Sequence[str]) -> dict[str, list[str]]:
    """Return how documents write candidates, each spelling once; the most usual first.

    Capitals do not make a spelling: the most usual of those that differ by them stands for all.
    What is a name of people or of the journal in half of its documents is left out.
    """
    found: dict[str, Counter[str]] = {stem: Counter() for stem in stems}
    held: Counter[str] = Counter()
    as_name: Counter[str] = Counter()
    for one in digests:
        if one.terms_language != language or not one.candidates.counts:
            continue
        spelled = one.candidates.forms.split("\n")
        names = names_of(one)
        for stem, at in shared(found, stems_of(one)):
            found[stem][spelled[at]] += 1
            held[stem] += 1
            as_name[stem] += names.hold(spelled[at])
        for term in one.terms:  # written most often, where candidates are written first
            stem = term.stems.replace("-", " ")
            if stem in found:
                found[stem][term.term] += 1
    return {
        stem: _distinct(counts) for stem, counts in found.items() if 2 * as_name[stem] < held[stem]
    }


def _distinct(counts: Counter[str]) -> list[str]:
    usual: dict[str, str] = {}
    total: Counter[str] = Counter()
    for form, number in sorted(counts.items(), key=lambda item: (-item[1], item[0].swapcase())):
        usual.setdefault(form.casefold(), form)
        total[form.casefold()] += number
    return [usual[one] for one in sorted(total, key=lambda one: (-total[one], one))]
