"""Whether a form was sent by a page of another site."""

from __future__ import annotations

from starlette.requests import Request

from fonds.web.login.targets import origin_of
from fonds.web.services import Services


def is_foreign(request: Request, services: Services) -> bool:
    """Tell whether another site made a browser send a form."""
    origin = request.headers.get("origin", "")
    ours = {f"{scheme}://{request.headers.get('host', '')}" for scheme in ("http", "https")}
    allowed = {origin_of(one) for one in (services.settings.web.base_url, *ours)} - {""}
    return bool(origin) and origin_of(origin) not in allowed
