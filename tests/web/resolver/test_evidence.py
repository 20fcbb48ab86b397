"""Sure or silent: what agrees and what does not decide whether a document is what was meant."""

from __future__ import annotations

import pytest

from fonds.record import Contributor, Host, Pages, Record
from fonds.web.resolver.citation import Citation
from fonds.web.resolver.evidence import title_likeness, weigh

RECORD = Record(
    title="The substantia nigra of the human brain: II. Patterns of loss",
    author=(Contributor(name="P. Damier"), Contributor(name="Etienne Hirsch")),
    publication_date="1999",
    doi=("10.1093/brain/122.8.1437",),
    pii=("S0143080798907747",),
    host=Host(
        genre=("journal",),
        title="Brain",
        issn=("0006-8950",),
        volume="122",
        issue="8",
        pages=Pages(first="1437", last="1448"),
    ),
)
TITLE = "The substantia nigra of the human brain"


@pytest.mark.parametrize(
    ("citation", "sure"),
    [
        (Citation(doi=("10.1093/BRAIN/122.8.1437",)), True),
        (Citation(pii=("S0143-0807(98)90774-7",)), True),
        (Citation(issn=("0006-8950",), volume="122", first_page="1437"), True),
        (Citation(host_title="Brain", first_page="1437", year="1999"), True),
        (Citation(host_title="De la nature", title=TITLE, author="Damier"), True),
        (Citation(title=TITLE, author="Hirsch, E", year="1998"), True),
        (Citation(title=TITLE, author="Curie"), False),
        (Citation(title="Another thing entirely", issn=("0006-8950",), volume="122"), False),
        (Citation(issn=("0006-8950",), volume="121", first_page="1437"), False),
        (Citation(author="Damier"), False),
        (Citation(title="The brain"), False),
        (Citation(title=TITLE, author="Curie", year="1911", doi=()), False),
    ],
)
def test_sure_or_silent(citation: Citation, sure: bool) -> None:
    """Identifiers, a place in a journal, or a title that nothing contradicts."""
    assert weigh(citation, RECORD).is_sure is sure


def test_titles() -> None:
    """Case, accents and punctuation do not count; a title may be cut at its colon."""
    assert title_likeness("Évolution, des ESPÈCES", "evolution des especes") == 1.0
    assert title_likeness(TITLE, RECORD.title) >= 0.85
    assert title_likeness("", "x") == 0.0
