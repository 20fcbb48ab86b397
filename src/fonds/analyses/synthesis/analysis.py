"""The analysis `synthesis`: what a corpus says and lacks, as a report to read."""

from __future__ import annotations

from collections.abc import Mapping

from fonds.analyses.corpus import Corpus
from fonds.analyses.counting import by_year
from fonds.analyses.drawing.columns import columns
from fonds.analyses.model import Column, Form, Found, Parameter, Picture, Table, Value
from fonds.analyses.synthesis.forms import html, markdown, pdf
from fonds.analyses.synthesis.model import Synthesis

_PARAMETERS = (
    Parameter(
        "language", "en", "language of the report", "langue du rapport", choices=("en", "fr")
    ),
    Parameter(
        "count",
        0,
        "themes (0: by the size of the corpus)",
        "thèmes (0 : selon la taille du corpus)",
        low=0,
        high=60,
    ),
    Parameter(
        "sentences",
        3,
        "key sentences of each theme",
        "phrases clés par thème",
        low=1,
        high=10,
    ),
)


class SynthesisOfCorpus:
    """Makes `synthesis`."""

    name = "synthesis"
    version = 2
    provenance = (
        "extracts only: sentences chosen by tf-idf, place and cue phrases, quoted as they stand; "
        "themes, citations and terms as in the analyses of these names"
    )
    parameters: tuple[Parameter, ...] = _PARAMETERS
    forms: tuple[Form, ...] = (
        Form("html", "text/html; charset=utf-8", "html", html.write),
        Form("pdf", "application/pdf", "pdf", pdf.write),
        Form("md", "text/markdown; charset=utf-8", "md", markdown.write),
    )

    def analyse(self, corpus: Corpus, given: Mapping[str, Value]) -> Found:
        """Return the report, the sentences it quotes, and what is missing."""
        from fonds.analyses.synthesis.making import make  # noqa: PLC0415  # scikit-learn

        found, map_ = make(
            corpus, str(given["language"]), int(given["count"]), int(given["sentences"])
        )
        pictures = []
        if corpus.years and len(corpus.digests) > 1:
            drawn = columns(corpus.years, by_year(corpus.digests, corpus.years))
            pictures.append(Picture("years", drawn, "gaps"))
        if map_:
            pictures.append(Picture("map", map_, "quotes"))
        used = sum(bool(one.abstract or one.words) for one in corpus.digests)
        lacking = len(corpus.digests) - used
        return Found(
            found,
            (_quotes(found), _gaps(found)),
            tuple(pictures),
            used=used,
            without=(("nothing-to-read", lacking),) if lacking else (),
        )


def _quotes(found: Synthesis) -> Table:
    said = (Column("sentence"), Column("language"), Column("theme"), Column("source"),
            Column("year", "integer"), Column("section"), Column("page", "integer"),
            Column("document", "document"))  # fmt: skip
    quotes = [("", one) for one in found.extract]
    quotes += [(theme.label, one) for theme in found.themes for one in theme.quotes]
    rows = tuple(
        (one.text, one.language, theme, one.source.title, one.source.year or None,
         one.place.section or one.place.kind, one.place.page or None, one.source.ark)
        for theme, one in quotes
    )  # fmt: skip
    return Table("quotes", said, rows)


def _gaps(found: Synthesis) -> Table:
    said = (Column("gap"), Column("count", "integer"), Column("which"))
    return Table("gaps", said, tuple((one.kind, one.count, one.of) for one in found.gaps))
