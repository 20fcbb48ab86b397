"""The addresses of the COUNTER API, as `table.py` wants them."""

from __future__ import annotations

from fonds.web.api.endpoints import Endpoint
from fonds.web.api.parameter_table import Parameter, path_part

_WHO = (
    Parameter(
        "customer_id",
        "institution (its key in access.toml), or 0000000000000000: everybody",
        "établissement (sa clé dans access.toml), ou 0000000000000000 : tout le monde",
        "lorraine",
    ),
    Parameter(
        "requestor_id",
        "the key, where a harvester has no field for api_key",
        "la clé, si le moissonneur ne connaît pas api_key",
        "",
    ),
    Parameter("api_key", "key that fonds usage key made", "clé créée par fonds usage key", ""),
    Parameter("platform", "name of this platform", "nom de cette plateforme", ""),
)
_WHEN = (
    Parameter("begin_date", "first month, yyyy-mm[-dd]", "premier mois, aaaa-mm[-jj]", "2026-01"),
    Parameter("end_date", "last month, yyyy-mm[-dd]", "dernier mois, aaaa-mm[-jj]", "2026-03"),
)
_MASTER = (
    Parameter(
        "metric_type", "only these metrics, with |", "seulement ces mesures, séparées par |", ""
    ),
    Parameter("data_type", "only these types, with |", "seulement ces types, séparés par |", ""),
    Parameter("access_type", "Controlled|Open|Free_To_Read", "Controlled|Open|Free_To_Read", ""),
    Parameter("access_method", "Regular|TDM", "Regular|TDM", ""),
    Parameter("yop", "years of publication: 2010|2015-2020", "années : 2010|2015-2020", ""),
    Parameter("item_id", "one title or item: DOI:10.…", "un titre ou un article : DOI:10.…", ""),
    Parameter("author", "one author: ORCID:… (IR)", "un auteur : ORCID:… (IR)", ""),
    Parameter("attributes_to_show", "split rows by these", "ventiler selon ces attributs", "YOP"),
    Parameter("granularity", "Month (default) or Total", "Month (par défaut) ou Total", ""),
    Parameter(
        "include_parent_details", "True: with titles (IR)", "True : avec les titres (IR)", ""
    ),
)
COUNTER: tuple[Endpoint, ...] = (
    Endpoint(
        "/r51/status",
        "counter.status",
        "Whether the COUNTER API works. For everyone.",
        "État de l'API COUNTER. Pour tous.",
        "json",
        example="/r51/status",
    ),
    Endpoint(
        "/r51/members",
        "counter.members",
        "The institutions whose usage the key opens.",
        "Les établissements dont la clé ouvre les statistiques.",
        "json",
        _WHO,
    ),
    Endpoint(
        "/r51/reports",
        "counter.reports",
        "The usage reports, with the months there are.",
        "Les rapports d'usage, avec les mois disponibles.",
        "json",
        _WHO,
    ),
    Endpoint(
        "/r51/reports/{report}",
        "counter.report",
        "A usage report (COUNTER R5.1): pr, pr_p1, tr, tr_j1-4, tr_b1-3, ir, ir_a1. "
        "Its exceptions have the codes and messages of the standard.",
        "Un rapport d'usage (COUNTER R5.1) : pr, pr_p1, tr, tr_j1-4, tr_b1-3, ir, ir_a1. "
        "Ses exceptions ont les codes et messages de la norme.",
        "json",
        (
            path_part("report", "id of the report", "nom du rapport", "tr_j1"),
            *_WHO,
            *_WHEN,
            *_MASTER,
        ),
    ),
)
