"""The addresses of analyses, as `table.py` wants them."""

from __future__ import annotations

from fonds.web.api.endpoints import Endpoint
from fonds.web.api.parameter_table import SEARCH, Parameter, path_part

_WHICH = frozenset({"q", "q_id", "size", "from", "sortBy", "rankBy", "randomSeed",
                    "defaultOperator"})  # fmt: skip
ANALYSES: tuple[Endpoint, ...] = (
    Endpoint(
        "/analyses",
        "analyses.listing",
        "The analyses of corpora, with the parameters and forms of each.",
        "Les analyses de corpus, avec les paramètres et les formats de chacune.",
        "json",
        example="/analyses",
    ),
    Endpoint(
        "/analyses/{name}",
        "analyses.one",
        "An analysis of all documents a query finds (of very many, of a sample that is always the "
        "same), with the documents it rests upon. What each can be asked for stands in /analyses.",
        "Une analyse de tous les documents d'une requête (d'un échantillon, toujours le même, "
        "s'ils sont très nombreux), avec ce sur quoi elle repose. Paramètres : voir /analyses.",
        "file",
        (
            path_part("name", "name of the analysis", "nom de l'analyse", "profile"),
            *(one for one in SEARCH if one.name in _WHICH),
            Parameter("kept", "a kept corpus (ARK), in place of q", "un corpus conservé (ARK)", ""),
            Parameter("beside", "query of a second corpus", "requête d'un second corpus", ""),
            Parameter("besideKept", "a kept second corpus", "un second corpus conservé", ""),
            Parameter(
                "format",
                "json (default), csv, jsonl, parquet, svg, or a form of the analysis",
                "json (par défaut), csv, jsonl, parquet, svg ou un format propre à l'analyse",
                "csv",
            ),
            Parameter("table", "which table; the first", "quel tableau ; le premier", "years"),
            Parameter("picture", "which picture; the first", "quelle image ; la première", ""),
        ),
        example="/analyses/profile?q=brain&format=csv&table=years",
    ),
)
