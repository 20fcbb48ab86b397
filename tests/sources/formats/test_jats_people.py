"""Who wrote and paid for JATS articles: names, addresses, funders."""

from __future__ import annotations

from pathlib import Path

import pytest

from fonds.record import Funder
from tests.sources.formats.jats_making import record
from tests.sources.formats.reading import read as read_any

_ORCID = "0000-0002-1825-0097"


def test_people() -> None:
    """Names, groups, affiliations by reference, ORCIDs and editors."""
    found = record(
        f"""<contrib-group>
        <contrib contrib-type="author"><contrib-id contrib-id-type="orcid">https://orcid.org/{_ORCID}
          </contrib-id><name><surname>Exemple</surname><given-names>Ada</given-names></name>
          <xref ref-type="aff" rid="a1 a2"/></contrib>
        <contrib contrib-type="author"><collab>The Bee Consortium<contrib-group><contrib><name>
          <surname>Member</surname></name></contrib></contrib-group></collab></contrib>
        <contrib contrib-type="author"><name-alternatives><name name-style="eastern">
          <surname>李</surname><given-names>明</given-names></name><name name-style="western">
          <surname>Li</surname>
          <given-names>Ming</given-names></name></name-alternatives></contrib>
        <contrib contrib-type="Corresponding author"><string-name>Plain Name</string-name></contrib>
        <contrib contrib-type="editor"><name><surname>Chief</surname></name></contrib>
        </contrib-group><aff id="a1"><label>1</label>Nancy, France</aff>
        <aff id="a2"><sup>2</sup> Lyon</aff>"""
    )
    ada, group, li, plain = found.author
    assert (ada.name, ada.orcid, ada.affiliations) == (
        "Ada Exemple",
        _ORCID,
        ("Nancy, France", "Lyon"),
    )
    assert (group.name, group.surname) == ("The Bee Consortium", "")
    assert (li.name, plain.name) == ("Ming Li", "Plain Name")
    assert [editor.name for editor in found.editor] == ["Chief"]


_SEVERAL = {
    "BMJ": (
        "<contrib contrib-type='author'><name><surname>A</surname></name>"
        "<xref ref-type='aff'><sup>b</sup></xref></contrib></contrib-group>"
        "<aff><sup>a</sup>One, London, <sup>b</sup>Two, <italic>Paris</italic></aff>"
    ),
    "OUP": (
        "<contrib contrib-type='author'><name><surname>A</surname></name><xref rid='A2'>2</xref>"
        "</contrib><aff><target target-type='aff' id='A1'/><label>1</label>One, London and "
        "<target target-type='aff' id='A2'/><label>2</label>Two, Paris</aff></contrib-group>"
    ),
}


@pytest.mark.parametrize("publisher", sorted(_SEVERAL))
def test_several_addresses_in_one_element(publisher: str) -> None:
    """An author has the address whose mark or target is pointed to, not all of them."""
    (author,) = record(f"<contrib-group>{_SEVERAL[publisher]}").author
    assert author.affiliations == ("Two, Paris",)


def test_mail_of_the_corresponding_author() -> None:
    """The e-mail of the note on correspondence belongs to the author who points to it."""
    people = (
        "<contrib-group><contrib contrib-type='author'><name><surname>A</surname></name></contrib>"
        "<contrib contrib-type='author'><name><surname>B</surname></name>"
        "<xref ref-type='corresp' rid='c1'>*</xref></contrib></contrib-group><author-notes>"
        "<corresp id='c1'>E-mail: <email>b@x.org</email></corresp></author-notes>"
    )
    first, second = record(people).author
    assert first.affiliations == ()
    assert second.affiliations == ("E-mail: b@x.org",)


def test_orcid_in_the_note_on_correspondence(shared: Path) -> None:
    """Frontiers writes the ORCIDs of corresponding authors there, one in each note."""
    path = shared / "corpora" / "jats" / "frontiers" / "PMC8042130.xml"
    (reading,) = read_any(path.read_bytes())
    known = {person.name: person.orcid for person in reading.record.author if person.orcid}
    assert known == {"Ke Peng": "0000-0003-2879-1759", "Fu-hai Ji": "0000-0001-6649-665X"}


def test_address_named_by_the_contributor_itself() -> None:
    """NLM 2's books point to an address by an attribute of the contributor."""
    people = (
        "<contrib-group><contrib contrib-type='author' rid='a1'><name><surname>A</surname></name>"
        "</contrib><contrib contrib-type='author' rid='a2'><name><surname>B</surname></name>"
        "</contrib></contrib-group><aff id='a1'>One</aff><aff id='a2'>Two</aff>"
    )
    assert [one.affiliations for one in record(people).author] == [("One",), ("Two",)]


def test_funders() -> None:
    """Funders have their identifier and awards, in the words of every version."""
    new = (
        "<funding-group><award-group><funding-source><institution-wrap><institution>ANR"
        "</institution><institution-id>10.13039/501100001665</institution-id></institution-wrap>"
        "</funding-source><award-id>A-1</award-id><award-id>A-2</award-id></award-group>"
        "</funding-group>"
    )
    funder = Funder(name="ANR", id="10.13039/501100001665", award=("A-1", "A-2"))
    assert record(new).funder == (funder,)
    old = '<contract-sponsor id="s1">NIH</contract-sponsor><contract-num rid="s1">N1</contract-num>'
    assert record(old).funder == (Funder(name="NIH", award=("N1",)),)


@pytest.mark.parametrize(
    ("markup", "shown", "surname"),
    [
        ("<given-names>Glen H.</given-names> <surname>Elder,</surname> <suffix>Jr.</suffix>",
         "Glen H. Elder Jr.", "Elder"),
        ("<given-names>Roger</given-names> <given-names>(Rongxin)</given-names> "
         "<surname>Chen</surname>", "Roger (Rongxin) Chen", "Chen"),
        ("<prefix>M.</prefix> <surname>van BOCKSTAELE</surname>",
         "M. van BOCKSTAELE", "van BOCKSTAELE"),
        (" Michèle de la Pradelle ", "Michèle de la Pradelle", ""),
    ],
)  # fmt: skip
def test_jstor_names(markup: str, shown: str, surname: str) -> None:
    """All parts of a loosely marked name are shown, in their order."""
    people = record(
        f"<contrib-group><contrib><string-name>{markup}</string-name></contrib></contrib-group>"
    ).author
    assert [(one.name, one.surname) for one in people] == [(shown, surname)]
