"""The analysis `concordance`: keywords in context (KWIC) over the texts of a corpus.

Without words it offers the corpus' best terms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

import msgspec

from fonds.analyses.concordance.kwic import KWIC
from fonds.analyses.concordance.lines import Line, Lines, Sort, find_lines
from fonds.analyses.concordance.model import Concordance, Quoted
from fonds.analyses.corpus import Corpus
from fonds.analyses.model import Column, Form, Found, Parameter, Table, Value
from fonds.analyses.reading.texts import Passage, Places, passages
from fonds.analyses.reading.words import read_phrases
from fonds.analyses.terminology.analysis import ranking

_OFFERED = 12  # terms


class ConcordanceOfCorpus:
    """Makes `concordance`."""

    name = "concordance"
    version = 1
    provenance = "places found by the rules of the search (case, accents, elisions fold); no model"
    parameters: tuple[Parameter, ...] = (
        Parameter("words", "", "words or phrases, with commas between",
                  "mots ou expressions, séparés par des virgules"),
        Parameter("sort", "left", "order", "ordre", choices=get_args(Sort)),
        Parameter("lines", 100, "lines", "lignes", low=1, high=20_000),
        Parameter("start", 0, "lines before", "lignes avant", low=0, high=200_000),
        Parameter("width", 50, "characters on each side", "caractères de chaque côté",
                  low=10, high=300),
        Parameter("documents", 2_000, "documents read at most", "documents lus au plus",
                  low=1, high=20_000),
    )  # fmt: skip
    forms: tuple[Form, ...] = (KWIC,)

    def analyse(self, corpus: Corpus, given: Mapping[str, Value]) -> Found:
        """Return the lines asked for and exact totals; raises ParameterInvalid."""
        phrases = read_phrases(str(given["words"]))
        if not phrases:
            offered = [one.forms[0] for one in ranking(corpus, _OFFERED)[0]]
            return Found(Concordance((), 0, (), 0, 0, 0, 0, 0, (), tuple(offered)))
        sort = msgspec.convert(given["sort"], Sort)
        found = find_lines(corpus, phrases, sort, int(given["documents"]))
        start, stop = int(given["start"]), int(given["start"]) + int(given["lines"])
        quoted = _quoted(corpus, found.lines[start:stop], int(given["width"]))
        result = Concordance(
            words=tuple(one.text for one in phrases),
            total=len(found.lines),
            per_word=found.per_phrase,
            documents=len(found.found),
            read=found.read,
            closed=found.closed,
            left_out=found.left_out,
            start=start,
            lines=tuple(quoted),
        )
        without = (
            ("not-found", len(corpus.digests) - len(found.found)),
            ("closed", found.closed),
            ("left-out", found.left_out),
        )
        return Found(
            result,
            (_table(result), _by_document(corpus, found)),
            (),
            found.read,
            tuple(one for one in without if one[1]),
        )


def _quoted(corpus: Corpus, lines: Sequence[Line], width: int) -> list[Quoted]:
    texts: dict[int, tuple[list[Passage], Places]] = {}
    quoted = []
    for line in lines:
        digest = corpus.digests[line.document]
        if line.document not in texts:
            texts[line.document] = list(passages(corpus, digest)), Places(corpus, digest)
        read, places = texts[line.document]
        passage = read[line.passage]
        text, begin, end = passage.text, line.begin, line.end
        quoted.append(
            Quoted(
                left=_cut(text[max(0, begin - 2 * width) : begin])[-width:],
                match=" ".join(text[begin:end].split()),
                right=_cut(text[end : end + 2 * width])[:width],
                year=digest.year,
                title=digest.title,
                ark=digest.ark,
                place=places.place(passage, begin, end),
            )
        )
    return quoted


def _cut(text: str) -> str:
    """Return a stretch in one line; blanks at its ends stay, as one."""
    said = " ".join(text.split())
    return f"{' ' * text[:1].isspace()}{said}{' ' * text[-1:].isspace()}" if said else ""


def _table(found: Concordance) -> Table:
    rows = tuple(
        (one.left, one.match, one.right, one.year or None, one.place.page or None,
         one.place.section or one.place.part, one.title, one.ark)
        for one in found.lines
    )  # fmt: skip
    columns = (
        Column("left"), Column("match"), Column("right"), Column("year", "integer"),
        Column("page", "integer"), Column("section"), Column("title"),
        Column("document", "document"),
    )  # fmt: skip
    return Table("lines", columns, rows, max(0, found.total - found.start - len(rows)))


def _by_document(corpus: Corpus, found: Lines) -> Table:
    """Return how many lines each document has; those without are closed or were left out."""
    counts: dict[int, int] = {}
    for line in found.lines:
        counts[line.document] = counts.get(line.document, 0) + 1
    rows = tuple(
        (corpus.digests[at].title, corpus.digests[at].year or None, count, corpus.digests[at].ark)
        for at, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
    columns = (
        Column("title"), Column("year", "integer"), Column("lines", "integer"),
        Column("document", "document"),
    )  # fmt: skip
    return Table("documents", columns, rows)
