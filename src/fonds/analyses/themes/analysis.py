"""The analysis `themes`: what the documents of a corpus speak of, and when."""

from __future__ import annotations

from collections.abc import Mapping

from fonds.analyses.corpus import Corpus
from fonds.analyses.model import Form, Found, Parameter, Picture, Value
from fonds.analyses.themes.tables import (
    documents_table,
    themes_table,
    typical_table,
    years_drawn,
    years_table,
)

_LEAST_YEARS = 2  # between which shares are drawn


class ThemesOfCorpus:
    """Makes `themes`."""

    name = "themes"
    version = 2
    provenance = (
        "tf-idf of titles, abstracts, keywords and terms, LSA, k-means within each language "
        "(scikit-learn, BSD), names by c-TF-IDF; stop words of ezs/teeft and stopwords-iso (MIT)"
    )
    parameters: tuple[Parameter, ...] = (
        Parameter(
            "count",
            0,
            "themes (0: by the size of the corpus)",
            "thèmes (0 : selon la taille du corpus)",
            low=0,
            high=60,
        ),
        Parameter(
            "documents",
            5,
            "typical documents of each",
            "documents typiques de chacun",
            low=1,
            high=50,
        ),
    )
    forms: tuple[Form, ...] = ()

    def analyse(self, corpus: Corpus, given: Mapping[str, Value]) -> Found:
        """Return themes, their typical documents, all documents, shares of years, and a map."""
        from fonds.analyses.themes.finding import find, mapped, result_of  # noqa: PLC0415  # scikit-learn

        found = find(corpus.digests, int(given["count"]))
        themes = result_of(corpus.digests, found, int(given["count"]), int(given["documents"]))
        tables = [
            themes_table(themes),
            typical_table(themes),
            documents_table(themes, corpus.digests),
        ]
        pictures = []
        if themes.themes:
            pictures.append(Picture("map", mapped(corpus.digests, found), "themes"))
        years = years_table(corpus, themes)
        if years.rows:
            tables.insert(2, years)
            if len(corpus.years) >= _LEAST_YEARS:
                pictures.append(Picture("theme_years", years_drawn(corpus.years, years, themes),
                                        "theme_years"))  # fmt: skip
        without = (("notices", found.notices),
                   ("no-words", len(found.clustering.no_words) - found.notices),
                   ("few-of-language", len(found.clustering.few_of_language)))  # fmt: skip
        return Found(
            themes,
            tuple(tables),
            tuple(pictures),
            used=sum(one.documents for one in themes.themes),
            without=tuple((reason, count) for reason, count in without if count),
        )
