"""`/limits`: what clients must keep to, so that they need not find out."""

from __future__ import annotations

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from fonds.web.api.validators import fixed
from fonds.web.limit_table import LIMITS
from fonds.web.services import Services


class Limits:
    """The endpoint of limits."""

    def __init__(self, services: Services) -> None:
        settings = services.settings
        self._body = msgspec.json.encode(
            {
                one.name: {
                    "value": one.value(settings) or None,
                    "unit": one.unit,
                    "beyond": one.beyond,
                    "english": one.english,
                    "french": one.french,
                }
                for one in LIMITS
            }
        )

    def answer(self, request: Request) -> Response:
        """Answer with every limit; null where there is none."""
        return fixed(request, self._body)
