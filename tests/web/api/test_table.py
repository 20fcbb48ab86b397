"""The table of the API, the errors and the guide agree with each other."""

from __future__ import annotations

from pathlib import Path

import pytest

from fonds.errors import (
    CommandError,
    FondsError,
    NotThere,
    ParameterInvalid,
    QueryInvalid,
    RequestTooLarge,
)
from fonds.web.api.parameter_table import SEARCH
from fonds.web.api.problems import PROBLEMS, body_of, status_of
from fonds.web.api.table import ENDPOINTS

GUIDE = Path(__file__).resolve().parents[3] / "docs" / "api.md"


def errors(kind: type[FondsError] = FondsError) -> set[str]:
    """Return the codes of all errors that a request can meet."""
    below = [one for one in kind.__subclasses__() if one is not CommandError]
    return {kind.code}.union(*map(errors, below))


def test_every_error_a_request_can_meet_has_a_status_and_a_french_sentence() -> None:
    """A new error needs a line in the table of problems."""
    assert errors() - {FondsError.code} == set(PROBLEMS)


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (QueryInvalid(position=3, reason="x"), 400),
        (ParameterInvalid(name="size", value="x", reason="y"), 400),
        (NotThere(what="file", name="x"), 404),
        (RequestTooLarge(part="address", limit=1), 414),
        (RequestTooLarge(part="body", limit=1), 413),
        (FondsError(detail="x"), 500),
    ],
)
def test_statuses(error: FondsError, status: int) -> None:
    """Each error has its status, and its data fits its French sentence."""
    assert status_of(error) == status
    assert b'"_error":' in body_of(error)


def test_the_guide_names_what_a_search_can_be_asked() -> None:
    """Parameters that are not in the guide would not be found."""
    text = GUIDE.read_text("utf-8")
    assert [p.name for p in SEARCH if f"`{p.name}`" not in text] == []


def test_handlers_are_named_once_per_address() -> None:
    """No address stands twice in the table."""
    paths = [endpoint.path for endpoint in ENDPOINTS]
    assert len(paths) == len(set(paths))
