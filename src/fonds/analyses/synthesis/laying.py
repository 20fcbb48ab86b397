"""Laying out a synthesis: from facts and quotations to the blocks of a report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from fonds.analyses.counting import counted, quoted
from fonds.analyses.digest import Digest
from fonds.analyses.drawing.svg import shortened
from fonds.analyses.synthesis.model import Gap, Quote, Source, Synthesis, ThemePart
from fonds.analyses.synthesis.report import (
    Block,
    Drawn,
    Figures,
    Heading,
    Items,
    Machine,
    Paragraph,
    Quotation,
    Span,
    Spans,
)
from fonds.analyses.synthesis.wording import Wording

_HOSTS, _LANGUAGES = 5, 6  # named
_FIGURES = ("words", "with_abstract", "with_text", "with_references", "with_terms")
_SHORT_TITLE = 40  # characters, where there is no author


class Layout:
    """Lays out one synthesis; sources are numbered in the order of their first quotation."""

    def __init__(self, found: Synthesis, digests: Sequence[Digest], say: Wording) -> None:
        self._found = found
        self._digests = digests
        self._say = say
        self._numbers: dict[str, int] = {}
        self._sources: list[Source] = []

    def blocks(self) -> Iterator[Block]:
        """Give the blocks, from the figures to the list of documents quoted."""
        yield from self._figures()
        if len(self._digests) == 1:
            yield from self._extract()
        else:
            yield from self._themes()
            yield from self._papers()
        yield from self._cited()
        yield from self._vocabulary()
        yield from self._gaps()
        yield from self._quoted()

    def _heading(self, key: str) -> Heading:
        return Heading(2, self._say(key), key)

    def _figures(self) -> Iterator[Block]:
        say, found = self._say, self._found.profile
        yield self._heading("figures")
        rows = [("f_documents", say.number(found.documents))]
        if found.first_year:
            years = (found.first_year, found.last_year)
            rows.append(("f_years", "–".join(map(str, dict.fromkeys(years)))))
        one = len(self._digests) == 1
        named = ("words",) if one else _FIGURES
        rows += [(f"f_{name}", say.number(getattr(found, name))) for name in named]
        yield Figures(tuple((say(key), value) for key, value in rows))
        if len(self._digests) > 1:
            if found.first_year:
                yield Drawn("years", say("years_caption"))
            languages = counted(self._digests, lambda one: (one.language or "unknown",))
            said = [f"{say.language_name(name)} ({say.number(n)})" for name, n in languages]
            yield _paragraph(say("languages", list=", ".join(said[:_LANGUAGES])))
            hosts = counted(self._digests, lambda one: (one.host,))[:_HOSTS]
            if hosts:
                said = [f"{name} ({say.number(n)})" for name, n in hosts]
                yield _paragraph(say("hosts", list=", ".join(said)))

    def _extract(self) -> Iterator[Block]:
        yield self._heading("extract")
        if not self._found.extract:
            yield _paragraph(self._say("extract_none"))
        for quote in self._found.extract:
            yield self._quotation(quote)

    def _themes(self) -> Iterator[Block]:
        found, say = self._found, self._say
        yield self._heading("themes")
        if found.few:
            yield _paragraph(say("themes_few"))
        elif found.themes:
            yield _paragraph(say("themes_intro", count=len(found.themes)))
        if found.themes and not found.few:
            yield Drawn("map", say("map_caption"))
        for one in found.themes:
            yield from self._theme(one)

    def _theme(self, one: ThemePart) -> Iterator[Block]:
        say = self._say
        yield Heading(3, f"{one.number}. {one.label}", f"theme-{one.number}")
        said = say("theme_documents", count=one.documents, share=say.share(one.share))
        if one.first_year:
            years = say("theme_years", first=str(one.first_year), last=str(one.last_year))
            said += f", {years if one.first_year != one.last_year else one.first_year}"
        terms = ", ".join(one.terms)
        yield _paragraph(f"{said}. " + (say("theme_terms", list=terms) if terms else ""))
        if one.written and self._found.model is not None:
            yield Machine(one.written, say("machine", name=self._found.model.name))
        for quote in one.quotes:
            yield self._quotation(quote)
        if not one.quotes:
            yield _paragraph(say("theme_no_quote"))
        yield _paragraph(say("theme_typical"))
        yield Items(tuple(self._named(source) for source in one.typical))

    def _papers(self) -> Iterator[Block]:
        found, say = self._found, self._say
        if found.central:
            yield self._heading("central")
            yield _paragraph(say("central_about"))
            rows = []
            for one in found.central:
                key = "central_cited_one" if one.cited_by == 1 else "central_cited"
                why = (say(key, count=one.cited_by) if one.cited_by
                       else say("central_theme", number=one.theme))  # fmt: skip
                rows.append((*self._named(one.source), Span(f" – {why}")))
            yield Items(tuple(rows))
        if found.recent:
            yield self._heading("recent")
            yield Items(tuple(map(self._named, found.recent)))

    def _cited(self) -> Iterator[Block]:
        if not self._found.cited:
            return
        say = self._say
        yield self._heading("cited")
        yield _paragraph(say("cited_about"))
        rows = []
        for one in self._found.cited:
            title = _of_work(one.name, one.title)
            said = say("cited_by", count=one.documents)
            held = f", {say('cited_held')}" if one.ark else ""
            doi = f", doi:{one.doi}" if one.doi and one.doi != one.name else ""
            rows.append((Span(title, ark=one.ark), Span(f"{doi} – {said}{held}")))
        yield Items(tuple(rows))

    def _vocabulary(self) -> Iterator[Block]:
        terms = self._found.vocabulary
        if not terms:
            return
        yield self._heading("vocabulary")
        single = len(self._digests) == 1
        yield _paragraph(self._say("vocabulary_one" if single else "vocabulary_about"))
        spans: list[Span] = []
        for at, one in enumerate(terms):
            spans.append(Span(one.term, query=quoted("keywords.teeft", one.term)))
            comma = ", " if at + 1 < len(terms) else "."
            count = "" if single else f" ({self._say.number(one.documents)})"
            spans.append(Span(f"{count}{comma}"))
        yield Paragraph(tuple(spans))

    def _gaps(self) -> Iterator[Block]:
        yield self._heading("gaps")
        if not self._found.gaps:
            yield _paragraph(self._say("gaps_none"))
            return
        yield _paragraph(self._say("gaps_about"))
        yield Items(tuple((Span(self._gap(one)),) for one in self._found.gaps))

    def _gap(self, one: Gap) -> str:
        key = f"g_{one.kind}"
        if not one.count and self._say.has(f"{key}_none"):
            key = f"{key}_none"
        of = self._say.language_name(one.of) if one.kind == "one-language" else one.of
        return self._say(key, count=one.count, of=of)

    def _quoted(self) -> Iterator[Block]:
        if self._sources:
            yield self._heading("sources")
            yield Items(tuple(map(self._named, self._sources)), numbered=True)

    def _quotation(self, quote: Quote) -> Quotation:
        source, say = quote.source, self._say
        number = self._numbers.setdefault(source.ark, len(self._numbers) + 1)
        if number > len(self._sources):
            self._sources.append(source)
        name = source.authors or shortened(source.title, _SHORT_TITLE)
        who = f"{name}, {source.year or say('no_year')}"
        where = [say("in_abstract")] if quote.place.kind == "abstract" else []
        if quote.place.section:
            where.append(say("in_section", section=quote.place.section))
        if quote.place.page:
            where.append(say("in_page", page=str(quote.place.page)))
        after = f", {', '.join(where)}" if where else ""
        said = (Span(f"{who} [{number}]", ark=source.ark), Span(after))
        return Quotation(quote.text, quote.language, said)

    def _named(self, source: Source) -> Spans:
        who = f"{source.authors.rstrip('.')}. " if source.authors else ""
        year = str(source.year or self._say("no_year"))
        host = f" {source.host}," if source.host else ""
        return Span(who), Span(source.title, ark=source.ark), Span(f".{host} {year}")


def _paragraph(text: str) -> Paragraph:
    return Paragraph((Span(text),))


def with_report(found: Synthesis, blocks: Sequence[Block]) -> Synthesis:
    """Return a synthesis with its report laid out."""
    report = msgspec.structs.replace(found.report, blocks=tuple(blocks))
    return msgspec.structs.replace(found, report=report)


def _of_work(name: str, title: str) -> str:
    """Return a cited work in words; where no author is known, its name is its title, cut."""
    title = title.rstrip(" .")
    if not title or title.startswith(name.rstrip("… .")):
        return title or name
    return f"{name}. {title}"
