"""Tokens that signed-in readers take out for their programs.

The list of tokens holds a digest of the session's number, to count those of one session; it says
nothing of a person.
"""

from __future__ import annotations

import hashlib

from fonds.access.sessions import Session
from fonds.access.tokens import Tokens
from fonds.errors import TokensTooMany

MOST_TOKENS = 10  # of one session
NOTE = "taken out after login"


def take_out(
    tokens: Tokens,
    session: Session,
    institution: str,
    *,
    days: int,
    collections: tuple[str, ...] = (),
) -> str:
    """Return a new token of an institution of the session.

    Raises TokensTooMany and HomeNotWritable.
    """
    mark = hashlib.sha256(session.number.encode()).hexdigest()[:16] if session.number else ""
    taken = sum(1 for one in tokens.issued() if mark and one.session == mark)
    if taken >= MOST_TOKENS:
        raise TokensTooMany(count=taken)
    return tokens.create(institution, days=days, collections=collections, note=NOTE, session=mark)
