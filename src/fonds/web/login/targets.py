"""Where a login may lead afterwards: to this archive, and to origins that the operator names."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from fonds.errors import TargetRefused

_LONGEST = 2_000  # characters


def safe_target(target: str, base: str, origins: Sequence[str] = ()) -> str:
    """Return a target that is safe to send a browser to; `/` when none is named.

    Raises TargetRefused. Browsers read a backslash as a slash and drop tabs and line ends, so
    `/\\evil.example` and the like are refused, and whatever is not plain ASCII.
    """
    if not target:
        return "/"
    plain = target.isascii() and target.isprintable() and not set(target) & set(' \\"<>')
    if not plain or len(target) > _LONGEST:
        raise TargetRefused(target=target[:200])
    if target.startswith("/") and not target.startswith("//"):
        return target
    allowed = {origin_of(one) for one in (base, *origins)}
    if origin_of(target) not in allowed:
        raise TargetRefused(target=target[:200])
    return target


def origin_of(address: str) -> str:
    """Return scheme, host and port of a web address; empty where it names a user or is none."""
    try:
        parts = urlsplit(address)
        port = parts.port or {"https": 443, "http": 80}.get(parts.scheme)
    except ValueError:
        return ""
    if parts.scheme not in ("https", "http") or not parts.hostname or "@" in parts.netloc:
        return ""
    return f"{parts.scheme}://{parts.hostname}:{port}"
