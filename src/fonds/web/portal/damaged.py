"""What a reader sees where the archive has lost a pack: a page that says what can be done."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from fonds.errors import ArchiveDamaged
from fonds.web.api.door import error_answer
from fonds.web.portal.asking import Asked
from fonds.web.portal.pages import render
from fonds.web.services import Services

_PAGES = "/notice/"


def on_damage(services: Services) -> Callable[[Request, Exception], Response]:
    """Return what answers when a file of the archive cannot be read: 503, on pages as a page."""

    def answer(request: Request, error: Exception) -> Response:
        if request.url.path.startswith(_PAGES):
            return render(request, services, "damaged.html", {"asked": Asked()}, 503)
        assert isinstance(error, ArchiveDamaged)
        return error_answer(error)

    return answer
