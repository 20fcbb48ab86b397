"""Moments as SAML writes them."""

from __future__ import annotations

from datetime import UTC, datetime

LEEWAY = 120.0  # seconds that clocks may differ


def moment(text: str | None, default: float) -> float:
    """Return a moment in seconds since 1970, or the default where none is named.

    Raises ValueError.
    """
    if text is None:
        return default
    found = datetime.fromisoformat(text)
    return (found if found.tzinfo is not None else found.replace(tzinfo=UTC)).timestamp()
