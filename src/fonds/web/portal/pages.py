"""Renders the portal's pages."""

from __future__ import annotations

import gzip
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from importlib import resources
from urllib.parse import urlencode

import jinja2
import msgspec
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from fonds.renditions.citations.styled import Styled
from fonds.search.passages import Passage
from fonds.search.query.printer import quote
from fonds.web.api.content import accepts_gzip
from fonds.web.portal.accessibility import declaration
from fonds.web.portal.notice import reference_line
from fonds.web.portal.texts import COOKIE, chosen, texts
from fonds.web.portal.ways import safe_address
from fonds.web.services import Services
from fonds.web.visitors import login_of

# nothing from elsewhere, nothing inline; the PDF opens in the browser's own viewer
_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# pdf.js: its worker, scans decoded by WebAssembly, fonts and images of the document itself
VIEWER_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self' 'wasm-unsafe-eval'; "
    "worker-src 'self'; img-src 'self' data: blob:; font-src 'self' data: blob:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_SMALL = 1_500  # bytes; a smaller page gains nothing by compression
_LEVEL = 1  # of compression: higher ones save a tenth more, in twice the time
_NO_TARGETS = ("/login", "/logout", "/saml", "/account/token/")  # steps of a login lead home
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
            accessibility=declaration(services.settings).state,
            **{**_account(request, services), **values},
        )
    )
    response = _answer(request, page, status)
    response.headers["Content-Security-Policy"] = _POLICY
    response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
    response.headers["Vary"] = "Accept-Language, Cookie, Accept-Encoding"
    response.headers["Content-Language"] = language
    if request.query_params.get("lang") == language:
        response.set_cookie(COOKIE, language, max_age=_YEAR_SECONDS, samesite="lax", httponly=True)
    return response


def _account(request: Request, services: Services) -> dict[str, object]:
    """Return what the head of a page says of logins."""
    rights = services.gate.rights
    session = login_of(request, services)
    names = [
        rights.institutions[key].name or key
        for key in (session.institutions if session is not None else ())
        if key in rights.institutions
    ]
    offered = rights.federation.offers_login and bool(services.settings.web.base_url)
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    target = here if not here.startswith(_NO_TARGETS) else "/"
    return {
        "offers_login": offered,
        "login": "/login?" + urlencode({"target": target}),
        "signed_in": ", ".join(names) if session is not None else None,
        "at_proxy": session is not None and session.way == "proxy",
    }


def marked(passage: Passage) -> Markup:
    """Return a passage as HTML: all of it escaped, the words found in <mark>."""
    return _within(passage.text, passage.marks, "mark")


def italics(reference: Styled) -> Markup:
    """Return a reference as HTML: all of it escaped, what its style wants in <i>."""
    return _within(reference.text, reference.italics, "i")


def _within(text: str, places: Sequence[tuple[int, int]], tag: str) -> Markup:
    pieces: list[Markup] = []
    opening, closing = Markup(f"<{tag}>"), Markup(f"</{tag}>")  # noqa: S704  # tags of ours
    at = 0
    for begin, end in places:
        pieces += [escape(text[at:begin]), opening, escape(text[begin:end]), closing]
        at = end
    return Markup("").join([*pieces, escape(text[at:])])


def data(value: object) -> Markup:
    """Return JSON to stand in a page: no `<` in it, so it cannot end its element."""
    text = msgspec.json.encode(value).decode()
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704  # nothing in it could be markup


def day(seconds: float) -> str:
    """Return the day of a time."""
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _answer(request: Request, page: str, status: int) -> HTMLResponse:
    """Return a page, compressed for who accepts it."""
    body = page.encode("utf-8", "replace")
    if len(body) < _SMALL or not accepts_gzip(request.headers.get("accept-encoding", "")):
        return HTMLResponse(body, status)
    return HTMLResponse(gzip.compress(body, _LEVEL, mtime=0), status, {"Content-Encoding": "gzip"})


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("fonds.web.portal"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,  # the files of an installed server do not change
    )
    environment.filters.update(
        marked=marked,
        italics=italics,
        data=data,
        day=day,
        reference=reference_line,
        web=safe_address,
        quoted=quote,
    )
    return environment


@cache
def _static_version() -> str:
    """Return a stamp of the static files, so that browsers may keep them for ever."""
    digest = sha256()
    folder = resources.files("fonds.web.portal").joinpath("static")
    for file in sorted(
        (one for one in folder.iterdir() if one.is_file()), key=lambda one: one.name
    ):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:10]
