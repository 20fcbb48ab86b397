"""Sentences that show what a term means: those that define it first, each from another document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from fonds.analyses.corpus import Corpus
from fonds.analyses.digest import Digest
from fonds.analyses.reading.texts import Passage, Place, Places, passages
from fonds.analyses.reading.words import Phrase

EACH = 3  # contexts of a term
_CHANCES = 4  # documents that are read for each
_MOST_READ = 250  # documents read for all: about a second
_MOST_PLACES = 12  # looked at for one term in one document
_SHORTEST, _LONGEST = 40, 420  # characters of a sentence
_BREAK = re.compile(r"(?<=[.!?…])[\"'»)\]]*\s+(?=[^a-zà-ÿ\W]|[«(\"'])|\n\s*\n|\f")
_LEAST_LETTERS = 0.75  # of the characters
# no sentence ends there
_SHORTENED = re.compile(
    r"(?:\b(?:al|[Ff]igs?|[Tt]ab|e\.g|i\.e|cf|vs|[Ee]qs?|[Rr]efs?|[Nn]os?|spp?|subsp|var|ca|approx|Dr"
    r"|Prof|St|éd|vol|pp?|[A-Z]))\.$"
)
_ARTICLE = re.compile(
    r"\W*(?:(?:an?|the|les?|la|une?|el|los|las|o|a|os|as|il|lo|i|gli|der|die|das|eine?)\s+|l['’])?",
    re.I,
)
# what follows a term that is being defined, by language
_DEFINES = {
    "eng": r"(?:is|are|was) (?:an?|the|one|any|defined|considered|known)\b|refers? to\b|means\b"
    r"|(?:can|may) be (?:defined|described)\b|(?:is|are) (?:commonly |generally |often )?"
    r"(?:defined|described|called|known)\b|denotes?\b",
    "fre": r"(?:est|sont|désignent?|correspond|signifie) (?:une?|l['’]|la|le|les|des|défini\w*)"
    r"|consistent? (?:à|en)\b|se définit\b|(?:est|sont) défini\w*|désignent?\b",
    "spa": r"(?:es|son) (?:una?|el|la|los|las)\b|se define\w*\b|se refieren? a\b|consiste en\b",
    "por": r"(?:é|são) (?:uma?|o|a|os|as)\b|define-se\b|refere-se\b|consiste em\b",
    "ita": r"(?:è|sono) (?:un[ao']?|il|la|lo|i|le|l')|si definisce\b|consiste in\b",
    "ger": r"(?:ist|sind) (?:eine?|der|die|das)\b|bezeichnet\b|bedeutet\b",
}  # fmt: skip
_ASIDE = r"\s*(?:\([^()]{1,60}\)\s*)?,?\s*"


class Context(msgspec.Struct, frozen=True):
    """A sentence with a term; `begin` and `end` are its place in the sentence."""

    text: str
    begin: int
    end: int
    defines: bool
    ark: str
    title: str
    year: int
    place: Place


class Wanted(msgspec.Struct, frozen=True):
    """A term that contexts are looked for, and the documents that have it, most often first."""

    phrases: tuple[Phrase, ...]  # its spellings
    language: str
    documents: tuple[int, ...]  # places in the corpus


class _Sentence(msgspec.Struct, frozen=True):
    rank: tuple[int, int, int]  # defines, in the middle of its length, place: least is best
    begin: int
    end: int
    term: tuple[int, int]
    passage: Passage


def contexts(corpus: Corpus, wanted: Sequence[Wanted]) -> list[tuple[Context, ...]]:
    """Return the contexts of terms, in their order; texts that may not be read give none."""
    chosen = _chosen(wanted)
    found: list[list[tuple[tuple[int, int, int], int, Context]]] = [[] for _ in wanted]
    for number in sorted(chosen):
        digest = corpus.digests[number]
        texts, places = list(passages(corpus, digest, many=True)), Places(corpus, digest)
        for at in chosen[number]:
            best = min(_sentences(wanted[at], texts), key=lambda one: one.rank, default=None)
            if best is not None:
                found[at].append((best.rank, number, _context(digest, best, places)))
    return [
        tuple(context for _, _, context in sorted(one, key=lambda each: each[:2])[:EACH])
        for one in found
    ]


def _chosen(wanted: Sequence[Wanted]) -> Mapping[int, list[int]]:
    """Return which documents are read for which terms: turn by turn, until enough are read."""
    chosen: defaultdict[int, list[int]] = defaultdict(list)
    for turn in range(_CHANCES):
        for at, one in enumerate(wanted):
            if turn < len(one.documents):
                number = one.documents[turn]
                if number in chosen or len(chosen) < _MOST_READ:
                    chosen[number].append(at)
    return chosen


def _sentences(wanted: Wanted, texts: Iterable[Passage]) -> Iterator[_Sentence]:
    pattern = _DEFINES.get(wanted.language)
    defines = re.compile(_ASIDE + f"(?:{pattern})", re.I) if pattern else None
    for passage in texts:
        if passage.part == "title":
            continue
        for phrase in wanted.phrases:
            for count, (begin, end) in enumerate(phrase.places(passage)):
                if count >= _MOST_PLACES:
                    break
                found = _sentence(passage.text, begin, end)
                if found is None:
                    continue
                start, stop = found
                is_subject = _ARTICLE.fullmatch(passage.text, start, begin)
                is_one = is_subject and defines is not None and defines.match(passage.text, end)
                rank = (0 if is_one else 1, abs(stop - start - 180), start)
                yield _Sentence(rank, start, stop, (begin, end), passage)


def _sentence(text: str, begin: int, end: int) -> tuple[int, int] | None:
    """Return begin and end of the sentence around a place; None where it is none to quote."""
    low, high = max(0, begin - _LONGEST), min(len(text), end + _LONGEST)
    before = [match.end() for match in _BREAK.finditer(text, low, begin) if _ends(text, match)]
    after = [match.start() for match in _BREAK.finditer(text, end, high) if _ends(text, match)]
    if (not before and low) or (not after and high < len(text)):
        return None
    start, stop = before[-1] if before else 0, after[0] if after else len(text)
    said = text[start:stop].strip()
    letters = sum(map(str.isalpha, said)) + said.count(" ")
    whole = said[:1].isupper() and said[-1:] in ".!?…»)"
    good = whole and _SHORTEST <= len(said) <= _LONGEST and letters >= _LEAST_LETTERS * len(said)
    return (start, stop) if good else None


def _ends(text: str, match: re.Match[str]) -> bool:
    """Tell whether a sentence ends at a break: blocks end, a shortened word does not."""
    if "\n" in match.group().strip(" ") or "\f" in match.group():
        return True
    return not _SHORTENED.search(text[max(0, match.start() - 10) : match.start()])


def _context(digest: Digest, found: _Sentence, places: Places) -> Context:
    text = found.passage.text
    begin, end = found.term
    before, said = " ".join(text[found.begin : begin].split()), " ".join(text[begin:end].split())
    gap = " " if before and text[begin - 1].isspace() else ""
    start = len(before) + len(gap)
    whole = " ".join(text[found.begin : found.end].split())
    return Context(
        text=whole,
        begin=start,
        end=start + len(said),
        defines=found.rank[0] == 0,
        ark=digest.ark,
        title=digest.title,
        year=digest.year,
        place=places.place(found.passage, begin, end),
    )
