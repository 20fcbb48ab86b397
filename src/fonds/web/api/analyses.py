"""`/analyses`: what a corpus says as a whole, as JSON, tables, pictures and further forms."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from fonds.analyses.door import load_analyses
from fonds.analyses.forms import write
from fonds.analyses.model import Analysis
from fonds.web.analysing import analysed
from fonds.web.api.door import JSON
from fonds.web.api.parameters import read_pairs
from fonds.web.services import Services

_encode = msgspec.json.Encoder().encode


class Analyses:
    """The endpoints of analyses."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def listing(self, request: Request) -> Response:
        """List the analyses with their parameters and forms."""
        return Response(_encode(list(map(_described, load_analyses()))), media_type=JSON)

    def one(self, request: Request) -> Response:
        """Answer with an analysis of what a query finds, or of a kept corpus."""
        name: str = request.path_params["name"]
        params = read_pairs(request.scope["query_string"])
        answer = analysed(request, self._services, name, params)
        form = params.get("format", "")
        part = params.get("table", "") or params.get("picture", "")
        written = write(answer, form, part)
        stem = "-".join(filter(None, ("fonds", answer.analysis, part)))
        headers = {"Cache-Control": "no-cache"}
        if form not in ("", "json"):
            file = f"{stem}-{answer.corpus.key[:8]}.{written.extension}"
            headers["Content-Disposition"] = f'attachment; filename="{file}"'
        return Response(written.data, headers=headers, media_type=written.mimetype)


def _described(analysis: Analysis) -> dict[str, Any]:
    return {
        "name": analysis.name,
        "version": analysis.version,
        "provenance": analysis.provenance,
        "parameters": analysis.parameters,
        "forms": [form.name for form in analysis.forms],
    }
