"""The form that a client prefers is chosen by its weights, its order and the order of the offer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.web.negotiation import choose

OFFERED = ("application/json", "text/html", "application/x-bibtex", "text/x-bibliography")


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "application/json"),
        ("*/*", "application/json"),
        ("image/png", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("application/x-bibtex", "application/x-bibtex"),
        ("APPLICATION/X-BibTeX", "application/x-bibtex"),
        ("text/html;q=0.3, application/x-bibtex;q=0.7", "application/x-bibtex"),
        ("application/x-bibtex, text/html", "application/x-bibtex"),
        ("text/*", "text/html"),
        ("*/*, text/html;q=0", "application/json"),
        ("*/*;q=0.1, application/json;q=0", "text/html"),
        ("text/x-bibliography; style=apa; locale=fr-FR", "text/x-bibliography"),
        ("nonsense, ;;;, q=1, text/html;q=oops", "text/html"),
    ],
)
def test_choice(accept: str, expected: str) -> None:
    """The table of what clients send."""
    assert choose(accept, OFFERED).mimetype == expected


def test_parameters_come_along() -> None:
    """A style and a locale are handed on, quotes and case of names aside."""
    chosen = choose('text/x-bibliography; Style="apa"; locale=fr-FR; q=0.9', OFFERED)
    assert dict(chosen.parameters) == {"style": "apa", "locale": "fr-FR"}


@given(st.text(max_size=200))
def test_nothing_fails(accept: str) -> None:
    """Whatever a client sends, one of the offered forms is chosen."""
    assert choose(accept, OFFERED).mimetype in OFFERED
