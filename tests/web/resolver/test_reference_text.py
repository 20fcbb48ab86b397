"""A pasted reference gives its identifiers and numbers; nothing that is pasted fails."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fonds.record import Contributor, Host, Record
from fonds.web.resolver.citation import Citation
from fonds.web.resolver.reference_text import read_reference, recognised

VANCOUVER = (
    "Nauta WJH. Hippocampal projections and related neural pathways to the mid-brain in the cat."
    " Brain. 1958;81(3):319-340. doi: 10.1093/brain/81.3.319. PMID: 13596467."
)
APA = (
    "Kleinmanns, J., & Exemple, A. (1999). Die Öfen der Eifel. Journal of Stoves, 12(3), 45–67."
    " https://doi.org/10.1002/1531-8249(199902)45:2<265::AID-ANA21>3.0.CO;2-3"
)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            VANCOUVER,
            Citation(doi=("10.1093/brain/81.3.319",), pmid=("13596467",), year="1958",
                     volume="81", issue="3", first_page="319", last_page="340"),
        ),
        (
            APA,
            Citation(doi=("10.1002/1531-8249(199902)45:2<265::AID-ANA21>3.0.CO;2-3",), year="1999",
                     volume="12", issue="3", first_page="45", last_page="67"),
        ),
        ("13596467", Citation(pmid=("13596467",))),
        ("  10.1000/182.", Citation(doi=("10.1000/182",))),
        ("ark:67375/GT4-FJLCPBW9-Q", Citation(ark=("ark:/67375/GT4-FJLCPBW9-Q",))),
        ("Nature 227, 680 (1970)", Citation(year="1970", volume="227", first_page="680")),
        ("J. Test vol. 12, no. 3, pp. 45-67, 2001, 0028-0836",
         Citation(issn=("0028-0836",), year="2001", volume="12", issue="3", first_page="45",
                  last_page="67")),
        ("", Citation()),
        ("whales and dolphins", Citation()),
    ],
)  # fmt: skip
def test_styles(text: str, wanted: Citation) -> None:
    """Vancouver, APA, physicists' and librarians' ways, bare identifiers."""
    assert read_reference(text) == wanted


def test_what_stands_in_the_text() -> None:
    """Title, journal and first author of a document are recognised word by word."""
    record = Record(
        title="Hippocampal projections, and related neural pathways to the midbrain in the cat",
        author=(Contributor(name="Walle J. H. Nauta", surname="Nauta"),),
        host=Host(genre=("journal",), title="Brain"),
    )
    said = recognised(VANCOUVER, read_reference(VANCOUVER), record)
    assert (said.author, said.host_title, said.title) == ("Nauta", "Brain", "")
    right = Record(title="Hippocampal Projections and related neural pathways to the mid-brain")
    assert recognised(VANCOUVER, Citation(), right).title == right.title
    assert recognised(VANCOUVER, Citation(), Record(title="Brain")).title == ""  # too short a title


@given(st.text(max_size=300))
def test_anything(text: str) -> None:
    """Any text is read."""
    read_reference(text)
