"""The places of a text that answer a query, with the words found.

A query's leaves are resolved against the words the text really has, so that wildcards, fuzzy
words and expressions are marked like plain words. Only the few stretches that are shown are cut
with exact places; the rest of a long text is scanned in its folded form.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from fonds.search.analysis import fold, spans, tokens
from fonds.search.query.tree import (
    Boolean,
    Boost,
    Fielded,
    Fuzzy,
    Group,
    Node,
    Phrase,
    Regex,
    Term,
    Wildcard,
)
from fonds.search.vocabulary import expression, pieces

_MOST_WORDS = 300  # different words one query may mark in one text
_STRETCH = 1_000  # characters of a text looked at together
_MOST_NEEDLES = 20
_WORD = re.compile(r"[^\W_]+")
_BLOCK = re.compile(r"\s*\n\s*|\f")
_SENTENCE = re.compile(r"[.!?]\s+")


class Passage(msgspec.Struct, frozen=True):
    """A piece of text; `marks` are the places of the words found in it."""

    text: str
    marks: tuple[tuple[int, int], ...]


class _Wanted(msgspec.Struct, frozen=True):
    """What a text is searched for: single words, and words that stand together."""

    words: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]

    @property
    def needles(self) -> tuple[str, ...]:
        """Return words without which a stretch answers nothing, while they are few."""
        if len(self.words) > _MOST_NEEDLES:
            return ("",)
        return (*self.words, *(phrase[0] for phrase in self.phrases))

    @property
    def empty(self) -> bool:
        return not self.words and not self.phrases


def passages(
    node: Node | None, text: str, *, count: int = 3, width: int = 200
) -> tuple[Passage, ...]:
    """Return the stretches of a text that answer a query best, in the order of the text."""
    wanted = _wanted(node, text, "fulltext")
    if wanted.empty:
        return ()
    scored: list[tuple[int, int, str]] = []
    for at, block in enumerate(_stretches(text)):
        score = _score(fold(block), wanted)
        if score:
            scored.append((-score, at, block))
    best = sorted(sorted(scored)[:count], key=lambda one: one[1])
    found = (_cut(block, wanted, width) for _, _, block in best)
    return tuple(passage for passage in found if passage.marks)


def found_words(node: Node | None, text: str) -> tuple[str, ...]:
    """Return the words and phrases of a text that a query finds, in their searched form."""
    wanted = _wanted(node, text, "fulltext")
    return (*(" ".join(phrase) for phrase in wanted.phrases), *sorted(wanted.words))


def finds(node: Node | None, text: str, field: str) -> bool:
    """Tell whether a query finds a word in a text."""
    wanted = _wanted(node, text, field)
    return not wanted.empty and _score(fold(text), wanted) > 0


def highlight(node: Node | None, text: str, field: str) -> Passage:
    """Return a whole text, such as a title, with the words found in it."""
    return Passage(text, _marks(text, _wanted(node, text, field)))


def _wanted(node: Node | None, text: str, field: str) -> _Wanted:
    leaves = list(_leaves(node, field)) if node is not None else []
    if not leaves:
        return _Wanted(frozenset(), ())
    sequences = [_sequence(leaf) for leaf in leaves]
    if all(len(sequence) == 1 for sequence in sequences):  # plain words need no vocabulary
        folded = fold(text)
        return _Wanted(frozenset(one for (one,) in sequences if one in folded), ())
    present = set(tokens(text))
    words: set[str] = set()
    phrases: list[tuple[str, ...]] = []
    for leaf in leaves:
        sequence = _sequence(leaf)
        if len(sequence) > 1 and "*" not in "".join(sequence):
            if present.issuperset(sequence):
                phrases.append(sequence)
        elif len(words) < _MOST_WORDS:
            words.update(_matching(leaf, present))
    return _Wanted(frozenset(words), tuple(phrases))


def _leaves(node: Node, field: str) -> Iterator[Fielded]:
    """Give the leaves that may match in a field; what is excluded is not looked for."""
    match node:
        case Boolean(clauses=clauses):
            for clause in clauses:
                if clause.occur != "must_not":
                    yield from _leaves(clause.node, field)
        case Boost(child=child) | Group(child=child):
            yield from _leaves(child, field)
        case Fielded(field=name):
            if name is None or name.partition(".exact")[0] == field:
                yield node


def _sequence(leaf: Fielded) -> tuple[str, ...]:
    if isinstance(leaf, Term | Phrase):
        return tuple(tokens(leaf.text))
    return ()


def _matching(leaf: Fielded, present: set[str]) -> Iterable[str]:
    """Return the words of the text that a leaf matches."""
    match leaf:
        case Term(text=text) | Phrase(text=text):
            return present.intersection(tokens(text))
        case Wildcard(pattern=pattern):
            return _fitting(expression(pieces(fold(pattern))), present)
        case Regex(pattern=pattern):
            return _fitting(pattern, present)
        case Fuzzy(text=text, distance=distance):
            words = tokens(text)
            near = (w for w in present if abs(len(w) - len(words[0])) <= distance) if words else ()
            return [word for word in near if _distance(word, words[0], distance) <= distance]
    return ()


def _fitting(pattern: str, present: set[str]) -> list[str]:
    try:
        test = re.compile(pattern).fullmatch
    except re.error:  # Lucene's expressions know more than Python's
        return []
    return [word for word in present if test(word)][:_MOST_WORDS]


def _distance(left: str, right: str, most: int) -> int:
    """Return the edits between two words, a swap of neighbours counting one (OSA)."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        older, before, row = before, row, [i]
        for j, b in enumerate(right, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def _stretches(text: str) -> Iterator[str]:
    """Cut a text into paragraphs, long ones at blanks."""
    for block in _BLOCK.split(text):
        start = 0
        while len(block) - start > _STRETCH:
            end = block.rfind(" ", start, start + _STRETCH) + 1
            end = end if end > start else start + _STRETCH
            yield block[start:end]
            start = end
        if start < len(block):
            yield block[start:]


def _score(folded: str, wanted: _Wanted) -> int:
    """Rate a stretch: different words count most, then how often they stand in it."""
    if not any(word in folded for word in wanted.needles):
        return 0
    found = _WORD.findall(folded)
    present = wanted.words.intersection(found)
    score = 10 * len(present) + min(9, sum(found.count(word) for word in present))
    joined = f" {' '.join(found)} "
    return score + sum(20 for phrase in wanted.phrases if f" {' '.join(phrase)} " in joined)


def _cut(block: str, wanted: _Wanted, width: int) -> Passage:
    """Cut a stretch to the width around its first words found."""
    marks = _marks(block, wanted)
    if not marks or len(block) <= width:
        return Passage(block, marks)
    start = _begin(block, marks[0][0], width)
    end = start + width
    if end < len(block):
        end = block.rfind(" ", marks[0][1], end) if " " in block[marks[0][1] : end] else end
    text = block[start:end]
    before = "…" if start else ""
    after = "…" if end < len(block) else ""
    shift = len(before) - start
    kept = tuple((a + shift, b + shift) for a, b in marks if a >= start and b <= end)
    return Passage(before + text + after, kept)


def _begin(block: str, first: int, width: int) -> int:
    """Return where to begin: at a sentence if one begins near, else at a word."""
    earliest = max(0, first - width // 2)
    if earliest == 0:
        return 0
    sentence = [match.end() for match in _SENTENCE.finditer(block, earliest, first)]
    return sentence[0] if sentence else block.find(" ", earliest, first) + 1 or earliest


def _marks(text: str, wanted: _Wanted) -> tuple[tuple[int, int], ...]:
    if wanted.empty:
        return ()
    placed = spans(text)
    words = [word for _, _, word in placed]
    chosen = {at for at, word in enumerate(words) if word in wanted.words}
    for phrase in wanted.phrases:
        size = len(phrase)
        together = [
            at for at in range(len(words) - size + 1) if tuple(words[at : at + size]) == phrase
        ]
        if together:
            chosen.update(at + step for at in together for step in range(size))
        else:  # words of a loose phrase, each where it stands
            chosen.update(at for at, word in enumerate(words) if word in phrase)
    marks: list[tuple[int, int]] = []
    for at in sorted(chosen):
        begin, end, _ = placed[at]
        if marks and begin <= marks[-1][1]:
            marks[-1] = (marks[-1][0], max(end, marks[-1][1]))
        else:
            marks.append((begin, end))
    return tuple(marks)
