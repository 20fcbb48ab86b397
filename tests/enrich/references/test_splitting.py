"""Several works in one entry are several references, where the signs are sure; else one."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from fonds.enrich.door import load_enrichments
from fonds.enrich.references.refbibs import RefBibs, References
from fonds.enrich.references.splitting import parted
from fonds.record import Reference
from fonds.settings import EnrichSettings
from tests.enrich.making import material

ACS = (
    "Trost, B. M. Science 1991, 254, 1471-1477",
    "Sheldon, R. A. Green Chem. 2007, 9, 1273–1283",
    "Anastas, P.; Eghbali, N. Chem. Soc. Rev. 2010, 39, 301-312",
)
SEVERAL = {
    f"(a) {ACS[0]}; (b) {ACS[1]}; (c) {ACS[2]}": ACS,
    f"12. a) {ACS[0]}. b) {ACS[1]}.": (f"{ACS[0]}.", f"{ACS[1]}."),
    f"[3] 1) {ACS[0]}; 2) {ACS[2]}": (ACS[0], ACS[2]),
    f"{ACS[0]}; {ACS[1]}; {ACS[2]}.": (ACS[0], ACS[1], f"{ACS[2]}."),
    "M. Born, R. Oppenheimer, Ann. Phys. 84 (1927) 457; W. Kolos, L. Wolniewicz, J. Chem. Phys. 41 "
    "(1964) 3663": ("M. Born, R. Oppenheimer, Ann. Phys. 84 (1927) 457",
                    "W. Kolos, L. Wolniewicz, J. Chem. Phys. 41 (1964) 3663"),
}  # fmt: skip
ONE = (
    ACS[2],
    "Griffiths-Jones S, Hui JH. MicroRNA evolution by arm switching. EMBO Rep. 2011;12(2):172-7. "
    "10.1038/embor.2010.191 ; PubMed Central PMCID: PMC3049427.2011",
    "International Labour Organization. Work place Stress: A Collective Challenge. 2016; Available "
    "from: https://www.ilo.org/index.htm. [cited 20 Apr 2018]",
    "Boevé LMS, Hulshof MCCM, Vis AN. Data from the HORRAD trial, 1999 to 2004. Eur Urol "
    "2019;75:410-8.",
    "Office CSM. CGIAR Principles. 2012 [cited April 24, 2018]; Available from: https://x.org",
    "Smith, J.; Doe, R.; Roe, P. (a) first and (b) second methods. J. Things 2001, 4, 5-9; 2002.",
    "Proust, M. (1913) Du côté de chez Swann (vol. 1) Paris; Grasset 1914",
    "",
)


@pytest.mark.parametrize("text", SEVERAL)
def test_several_works(text: str) -> None:
    """By letters, by numbers, by semicolons."""
    assert parted(text) == SEVERAL[text]


@pytest.mark.parametrize("text", ONE)
def test_one_work(text: str) -> None:
    """Authors, identifiers, addresses and lists within a title stay where they are."""
    assert parted(text) == (text,)


@given(st.text(st.sampled_from("ab12()[]; .,AZé\n19 2001") | st.characters(), max_size=200))
def test_nothing_is_lost(text: str) -> None:
    """Letters of every piece stand in the entry, in their order."""
    at = 0
    plain = " ".join(text.split())
    pieces = parted(text)
    for piece in pieces if len(pieces) > 1 else ():
        at = plain.index(piece, at) + len(piece)


def test_publishers_entries_are_one_work(shared: Path) -> None:
    """Of the JATS corpus, at most one entry in a thousand that is one work is parted."""
    folder = shared / "corpora" / "jats"
    seen = wrong = 0
    for path in sorted(folder.rglob("*.xml"))[::6]:
        for one in etree.parse(path, etree.XMLParser(recover=True)).iter("mixed-citation"):
            if len(one.findall(".//year")) == 1 and len(one.findall(".//article-title")) == 1:
                seen += 1
                wrong += len(parted(re.sub(r"\s+", " ", "".join(map(str, one.itertext()))))) > 1
    assert seen > 500
    assert wrong <= seen / 1000


def test_each_is_a_reference() -> None:
    """An entry in words becomes as many references; one that is told of more stays one."""
    whole = f"(a) {ACS[0]}; (b) {ACS[1]}"
    entries = (Reference(text=whole, key="b1"), Reference(text=whole, doi="10.1000/1"))
    (made,) = (one for one in load_enrichments(EnrichSettings()) if isinstance(one, RefBibs))
    asked = material()
    asked.record = msgspec.structs.replace(asked.record, ref_bibs=entries)
    found = made.enrich(asked)
    assert found is not None
    assert isinstance(found.result, References)
    said = [(one.reference.key, one.reference.publication_date, one.reference.text)
            for one in found.result.references]  # fmt: skip
    assert said[:2] == [("b1", "1991", ACS[0]), ("", "2007", ACS[1])]
    assert len(said) == 3
