"""Renders the portal's pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib import resources
from urllib.parse import urlencode

import jinja2
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from fonds.search.passages import Passage
from fonds.web.portal.notice import reference_line, safe_address
from fonds.web.portal.texts import COOKIE, chosen, texts
from fonds.web.services import Services

# nothing from elsewhere, nothing inline; the PDF opens in the browser's own viewer
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_YEAR_SECONDS = 365 * 24 * 3600


def render(
    request: Request,
    services: Services,
    template: str,
    values: Mapping[str, object],
    status: int = 200,
) -> HTMLResponse:
    """Return a page in the reader's language."""
    language = chosen(request)
    said = texts(language)
    query = [(key, value) for key, value in request.query_params.multi_items() if key != "lang"]
    other = "?" + urlencode([*query, ("lang", said.other)])
    page = (
        _templates()
        .get_template(template)
        .render(
            t=said,
            name=services.settings.web.name,
            static=_static_version(),
            other_language=other,
            **values,
        )
    )
    response = HTMLResponse(page, status_code=status)
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    response.headers["Vary"] = "Accept-Language, Cookie"
    response.headers["Content-Language"] = language
    if request.query_params.get("lang") == language:
        response.set_cookie(COOKIE, language, max_age=_YEAR_SECONDS, samesite="lax", httponly=True)
    return response


def marked(passage: Passage) -> Markup:
    """Return a passage as HTML: all of it escaped, the words found in <mark>."""
    pieces: list[Markup] = []
    at = 0
    for begin, end in passage.marks:
        pieces += [escape(passage.text[at:begin]), Markup("<mark>")]
        pieces += [escape(passage.text[begin:end]), Markup("</mark>")]
        at = end
    return Markup("").join([*pieces, escape(passage.text[at:])])


def size(count: int) -> str:
    """Return a file's size for people."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} kB"
    return f"{count / 1e6:.1f} MB"


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("fonds.web.portal"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters.update(marked=marked, size=size, reference=reference_line, web=safe_address)
    return environment


@cache
def _static_version() -> str:
    """Return a stamp of the static files, so that browsers may keep them for ever."""
    digest = sha256()
    for name in ("style.css", "portal.js"):
        digest.update(resources.files("fonds.web.portal").joinpath("static", name).read_bytes())
    return digest.hexdigest()[:10]
