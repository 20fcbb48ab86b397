"""The pages that show what a corpus says as a whole: one for each analysis."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import resources
from urllib.parse import urlencode

import msgspec
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from fonds.analyses.door import analysis_names, load_analysis, read_values
from fonds.analyses.forms import forms_of
from fonds.analyses.model import Answer
from fonds.analyses.synthesis.forms.html import article_of
from fonds.analyses.synthesis.model import Synthesis
from fonds.analyses.synthesis.report import Span
from fonds.analyses.terminology.model import Terminology
from fonds.errors import FondsError
from fonds.web.analysing import job_of
from fonds.web.api.parameters import read_pairs
from fonds.web.api.problems import status_of
from fonds.web.api.searching import base_url
from fonds.web.portal.asking import Asked
from fonds.web.portal.early import SEAM, early_picture, in_two_pieces
from fonds.web.portal.pages import render
from fonds.web.portal.texts import Texts, chosen, texts
from fonds.web.services import Services

ORDER = ("profile", "terminology", "concordance", "trends", "themes", "networks", "comparison",
         "synthesis")  # fmt: skip
_WHICH = ("q", "kept", "beside", "besideKept")
_LANGUAGE = "language"  # a parameter that is the page's own unless another is asked for
_SHOWN = 50  # rows of a table on a page


class Shown(msgspec.Struct, frozen=True):
    """An answer on its page."""

    answer: Answer
    forms: tuple[str, ...]
    pictures: Mapping[str, Markup]  # by the table whose numbers they draw
    api_call: str
    command: str
    article: Markup  # of a report; empty where the answer has none


def explore_routes(services: Services) -> list[BaseRoute]:
    """Return the routes of the pages."""
    pages = _Pages(services)
    return [
        Route("/explore", pages.start, name="explore"),
        Route("/explore/{name}", pages.one, name="exploring"),
    ]


class _Pages:
    def __init__(self, services: Services) -> None:
        self._services = services

    def start(self, request: Request) -> Response:
        """Go to the first analysis of what is asked for."""
        return RedirectResponse(f"/explore/profile?{request.url.query}", 303)

    def one(self, request: Request) -> Response:
        """Show an analysis."""
        name: str = request.path_params["name"]
        if name not in analysis_names():
            return render(request, self._services, "missing.html", {"asked": Asked()}, 404)
        params = read_pairs(request.scope["query_string"])
        given = {key: value for key, value in params.items() if key != "lang"}
        which = {key: given[key] for key in _WHICH if given.get(key)}
        analysis = load_analysis(name)
        spoken = chosen(request)
        if which and any(
            one.name == _LANGUAGE and spoken in one.choices for one in analysis.parameters
        ):
            given.setdefault(_LANGUAGE, spoken)
        shown: dict[str, object] = {
            "asked": Asked(q=given.get("q", "")),
            "given": given,
            "analysis": analysis,
            "analyses": _ordered(),
            "which": urlencode(which),
            "address": urlencode(given),
            "shown": None,
            "early": None,
            "seam": SEAM,
            "error": None,
            "rows": _SHOWN,
            "values": {one.name: given.get(one.name, one.default) for one in analysis.parameters},
        }
        template = _template(name)
        if not which:
            return render(request, self._services, template, shown)
        try:
            shown["values"] = read_values(analysis, given)
            job = job_of(request, self._services, name, given)
            shown["early"] = early_picture(self._services, job)
        except FondsError as error:
            shown["error"] = error
            return render(request, self._services, template, shown, status_of(error))

        def made() -> Response:
            try:
                answer = self._services.analyses.answer(job)
            except FondsError as error:
                failed = {**shown, "error": error}
                return render(request, self._services, template, failed, status_of(error))
            base = base_url(request, self._services)
            there = _shown(answer, base, given, texts(chosen(request)))
            return render(request, self._services, template, {**shown, "shown": there})

        if shown["early"] is None:
            return made()
        return in_two_pieces(request, render(request, self._services, template, shown), made)


def _shown(answer: Answer, base: str, given: Mapping[str, str], said: Texts) -> Shown:
    pictures = {
        one.of: Markup(said.named(one.of, one.svg))  # noqa: S704  # drawn by us
        for one in answer.pictures
    }
    query = urlencode(given)
    return Shown(
        answer=answer,
        forms=tuple(one for one in forms_of(answer) if one != "tbx" or _has_terms(answer)),
        pictures=pictures,
        api_call=f"{base}/analyses/{answer.analysis}?{query}",
        command=_command(answer.analysis, given),
        article=_article(answer),
    )


def _has_terms(answer: Answer) -> bool:
    return isinstance(answer.result, Terminology) and bool(answer.result.terms)


def _article(answer: Answer) -> Markup:
    if not isinstance(answer.result, Synthesis):
        return Markup()
    return Markup(article_of(answer, _page_of))  # noqa: S704  # escaped there


def _page_of(span: Span) -> str:
    """Return the page that words of a report lead to."""
    if span.ark:
        return f"/notice/{span.ark}"
    return f"/?{urlencode({'q': span.query})}" if span.query else ""


def _command(name: str, given: Mapping[str, str]) -> str:
    said = given.get("kept") or given.get("q", "")
    options = "".join(
        f" --set {key}={_quoted(value)}"
        for key, value in given.items()
        if value and key not in ("q", "kept", "beside", "besideKept")
    )
    beside = given.get("besideKept") or given.get("beside")
    second = f" --beside {_quoted(beside)}" if beside else ""
    return f"fonds corpus {name} {_quoted(said)}{second}{options}"


def _quoted(said: str) -> str:
    return "'" + said.replace("'", "'\\''") + "'"


def _ordered() -> tuple[str, ...]:
    """Return the names of analyses as the page lists them; those of plug-ins come last."""
    names = analysis_names()
    return (*(one for one in ORDER if one in names), *(one for one in names if one not in ORDER))


def _template(name: str) -> str:
    """Return the template of an analysis; without one of its own, the general one."""
    folder = resources.files("fonds.web.portal").joinpath("templates")
    own = f"explore_{name}.html"
    return own if folder.joinpath(own).is_file() else "explore.html"
