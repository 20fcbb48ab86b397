"""References as the styles want them, checked against what their manuals print."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fonds.record import Contributor, Host, Pages, Record
from fonds.renditions.citations.styled import STYLES, Locale, Style, styled

ARTICLE = Record(
    title="The evolution of water & plants: a study",
    author=(
        Contributor(name="Élise Dupont", surname="Dupont", forename="Élise"),
        Contributor(name="Jan van der Berg", surname="van der Berg", forename="Jan M."),
    ),
    host=Host(
        genre=("journal",),
        title="Journal of Things",
        volume="3",
        issue="2",
        pages=Pages(first="101", last="119"),
    ),
    publication_date="2009",
    online_date="2009-03-02",
    doi=("10.1000/xyz",),
    language=("eng",),
)
EXPECTED: tuple[tuple[Style, Locale, str], ...] = (
    ("apa", "en-US", "Dupont, É., & van der Berg, J. M. (2009). The evolution of water & plants: "
     "a study. Journal of Things, 3(2), 101–119. https://doi.org/10.1000/xyz"),
    ("mla", "en-US", "Dupont, Élise, and Jan M. van der Berg. “The Evolution of Water & Plants: "
     "A Study”. Journal of Things, vol. 3, no. 2, Mar. 2009, pp. 101–19, "
     "https://doi.org/10.1000/xyz."),
    ("chicago", "en-US", "Dupont, Élise, and Jan M. van der Berg. 2009. “The Evolution of Water & "
     "Plants: A Study”. Journal of Things 3 (2): 101–19. https://doi.org/10.1000/xyz."),
    ("ieee", "en-US", "É. Dupont and J. M. van der Berg, “The evolution of water & plants: a "
     "study”, Journal of Things, vol. 3, no. 2, pp. 101–119, Mar. 2009, doi: 10.1000/xyz."),
    ("vancouver", "en-US", "Dupont É, van der Berg JM. The evolution of water & plants: a study. "
     "Journal of Things. 2009 Mar 2;3(2):101–19. doi:10.1000/xyz"),
    ("iso690", "fr-FR", "DUPONT, Élise et VAN DER BERG, Jan M., 2009. The evolution of water & "
     "plants: a study. Journal of Things [en ligne]. 2 mars 2009. Vol. 3, n° 2, pp. 101‑119. "
     "DOI 10.1000/xyz."),
)  # fmt: skip


@pytest.mark.parametrize(("style", "locale", "expected"), EXPECTED, ids=[e[0] for e in EXPECTED])
def test_styles(style: Style, locale: Locale, expected: str) -> None:
    """Each style writes the reference as its manual does."""
    assert styled(ARTICLE, style, locale).text == expected


def test_what_is_in_italics() -> None:
    """The journal is, and nothing that the title says can be."""
    made = styled(ARTICLE, "apa", "en-US")
    assert [made.text[begin:end] for begin, end in made.italics] == ["Journal of Things", "3"]
    hostile = msgspec.structs.replace(ARTICLE, title="A \ue000title\ue001 <i>of</i> ours")
    made = styled(hostile, "apa", "en-US")
    assert "A title <i>of</i> ours" in made.text
    assert [made.text[begin:end] for begin, end in made.italics] == ["Journal of Things", "3"]


@pytest.mark.parametrize("style", STYLES)
def test_an_article_number_is_printed(style: Style) -> None:
    """Articles without pages are found by their number."""
    host = Host(genre=("journal",), title="eLife", volume="5", article_number="e19405")
    made = styled(msgspec.structs.replace(ARTICLE, host=host), style, "fr-FR")
    assert "e19405" in made.text


@settings(max_examples=12, deadline=None)
@given(
    style=st.sampled_from(STYLES),
    title=st.text(max_size=60),
    name=st.text(max_size=20),
    year=st.text(max_size=6),
)
def test_nothing_fails(style: Style, title: str, name: str, year: str) -> None:
    """Whatever a record says, or does not say, no style fails."""
    record = Record(title=title, author=(Contributor(name=name),), publication_date=year)
    assert isinstance(styled(record, style, "fr-FR").text, str)
    assert styled(Record(), style, "en-US").italics == ()
