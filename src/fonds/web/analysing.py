"""From a request to an analysis: which documents, which parameters, and who asks."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request

from fonds.analyses.corpus import Asker
from fonds.analyses.door import load_analysis, read_values
from fonds.analyses.job import Job
from fonds.analyses.model import Answer
from fonds.corpora.kept import plan_of, read_kept
from fonds.corpora.plan import Plan
from fonds.web.api.exporting import planned
from fonds.web.services import Services
from fonds.web.visitors import closed_texts, visitor_of
from fonds.web.withheld import withholding_of

KEPT, BESIDE, BESIDE_KEPT = "kept", "beside", "besideKept"
_WHICH = ("q", "q_id", "corpus", "size", "from", "sortBy", "rankBy", "randomSeed",
          "defaultOperator")  # fmt: skip


def analysed(request: Request, services: Services, name: str, params: Mapping[str, str]) -> Answer:
    """Answer with an analysis of what a request names; raises what a search and a job raise."""
    return services.analyses.answer(job_of(request, services, name, params))


def job_of(request: Request, services: Services, name: str, params: Mapping[str, str]) -> Job:
    """Return what a request asks for: an analysis of a result, or of a kept corpus."""
    values = read_values(load_analysis(name), params)
    visitor = visitor_of(request, services)
    asker = Asker(visitor, closed_texts(services, visitor))
    title = ""
    ark = params.get(KEPT, "")
    if ark:
        kept = read_kept(services.home, ark)
        ark, title = kept.ark, kept.title
        rights = withholding_of(request, services).key
        plan = plan_of(kept, "metadata[json]", "zip", rights)
    else:
        plan = _found(request, services, params)
    beside = _beside(request, services, params)
    return Job(name, values, plan, asker, services.settings.web.name, ark, title, beside)


def _beside(request: Request, services: Services, params: Mapping[str, str]) -> Plan | None:
    second = params.get(BESIDE_KEPT) or params.get(BESIDE, "").strip()
    if params.get(BESIDE_KEPT) or second.startswith("ark:"):
        kept = read_kept(services.home, second)
        return plan_of(kept, "metadata[json]", "zip", withholding_of(request, services).key)
    if second:
        return _found(request, services, {"q": second})
    return None


def _found(request: Request, services: Services, params: Mapping[str, str]) -> Plan:
    named = {name: params[name] for name in _WHICH if params.get(name)}
    asked = {"size": "*", **named, "extract": "metadata[json]"}
    return planned(services, request, asked, withholding_of(request, services))
