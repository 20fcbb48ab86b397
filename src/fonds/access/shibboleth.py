"""What a Shibboleth service provider in front of the archive says of a person, in headers.

Believed only when the connection itself comes from one of its addresses. Its own attribute policy
has checked scopes. https://shibboleth.atlassian.net/wiki/spaces/SP3 (NativeSPAttributeAccess)
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from fonds.access.federation import ProxyHeaders
from fonds.access.membership import Claims

Headers = Callable[[str], Sequence[str]]  # every value of a header
_PARTS = re.compile(r"(?<!\\);")


def claims_of(names: ProxyHeaders, headers: Headers) -> Claims | None:
    """Read the headers; None when nobody is signed in at the proxy.

    A header that comes twice was added to by somebody on the way, and counts for nothing.
    """
    issuer = _one(headers, names.issuer)
    if not issuer:
        return None
    return Claims(
        issuer,
        _several(headers, names.affiliation),
        _several(headers, names.entitlement),
        _several(headers, names.organization),
        _several(headers, names.person),
    )


def _one(headers: Headers, name: str) -> str:
    values = headers(name)
    return values[0].strip() if len(values) == 1 else ""


def _several(headers: Headers, name: str) -> tuple[str, ...]:
    parts = _PARTS.split(_one(headers, name))
    return tuple(part.replace("\\;", ";").strip() for part in parts if part.strip())
