"""What a document names is found by mark-up, lists and rules, each with its confidence."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from lxml import etree

from fonds.enrich.entities.unitex import Entities, Unitex
from fonds.enrich.model import Enriched
from fonds.enrich.standoff import stand_off
from fonds.record import Funder
from fonds.settings import EnrichSettings
from tests.enrich.making import material

_TEXT = """Samples were taken near Nancy, France, on 12 March 2004 and in 1998 (Doe et al., 2001).
Charles Darwin would have liked it; nobody was reading in Reading. See https://example.org/data,
doi:10.1000/ABC.1. The University of Michigan lent its telescope.

Acknowledgements. This work was supported by the Wellcome Trust (grant number 204998/Z/16/Z) and
by the Agence nationale de la recherche (ANR-11-ABCD-0001).
"""
_XML = b"""<article><body><p>
<named-content content-type="species">Quercus robur</named-content>
<tp:taxon-name xmlns:tp="http://www.plazi.org/taxpub"><a>Syncalathium</a><b>orbiculariforme</b>
</tp:taxon-name> <italic>Homo sapiens</italic> <italic>et al</italic> <italic>In vitro</italic>
<ext-link ext-link-type="gen">AF123456</ext-link></p></body></article>"""


@pytest.fixture(scope="module")
def unitex() -> Unitex:
    """Return the enrichment as it is installed."""
    return Unitex(EnrichSettings())


def _made(unitex: Unitex, text: str, xml: bytes = b"") -> tuple[Entities, Enriched]:
    files = {("metadata", "xml"): xml} if xml else {}
    made = unitex.enrich(material(texts={"xml": text}, files=files))
    assert made is not None
    assert isinstance(made.result, Entities)
    return made.result, made


def _values(found: Entities, kind: str) -> list[str]:
    return [one.value for one in found.entities if one.kind == kind]


def test_lists_and_rules_find_what_is_named(unitex: Unitex) -> None:
    """Dates, places, persons, organisations, funders, grants, addresses, calls of references."""
    found, made = _made(unitex, _TEXT)
    assert _values(found, "date") == ["12 March 2004", "1998"]
    assert _values(found, "place") == ["Nancy", "France", "Reading"]
    assert _values(found, "person") == ["Charles Darwin"]
    assert _values(found, "organisation") == ["University of Michigan"]
    assert _values(found, "funder") == ["Wellcome Trust", "Agence nationale de la recherche"]
    assert sorted(_values(found, "grant")) == ["204998/Z/16/Z", "ANR-11-ABCD-0001"]
    assert _values(found, "url") == ["https://example.org/data"]
    assert _values(found, "identifier") == ["10.1000/abc.1"]
    assert _values(found, "citation") == ["Doe et al., 2001"]
    fields = made.fields["namedEntities"]
    assert fields["unitex"]["orgName_funder"][0] == "Wellcome Trust"  # type: ignore[index]
    for one in found.mentions:
        assert 0.0 < one.confidence <= 1.0
        if one.kind not in ("identifier", "citation"):
            assert _TEXT[one.begin : one.end].replace("\n", " ") == one.value


def test_markup_goes_first(unitex: Unitex) -> None:
    """Species, accession numbers and funders come as the publisher marked them."""
    whole = material(texts={"xml": ""}, files={("metadata", "xml"): _XML})
    funder = Funder(name="National Science Foundation", award=("DEB-1",))
    whole.record = msgspec.structs.replace(whole.record, funder=(funder,))
    made = unitex.enrich(whole)
    assert made is not None
    assert isinstance(made.result, Entities)
    found = made.result
    assert _values(found, "species") == [
        "Quercus robur",
        "Syncalathium orbiculariforme",
        "Homo sapiens",
    ]
    assert _values(found, "identifier") == ["AF123456"]
    assert (_values(found, "funder"), _values(found, "grant")) == (
        ["National Science Foundation"],
        ["DEB-1"],
    )
    assert {one.method for one in found.entities} == {"markup"}


@pytest.mark.parametrize(
    "name",
    ["<a>Piper</a> <b>kelleyi</b>", "<a>Piper kelleyi</a>", "Piper kelleyi "],
    ids=["parts", "one part", "bare"],
)
def test_the_number_of_a_name_in_a_registry_is_no_part_of_it(unitex: Unitex, name: str) -> None:
    """TaxPub writes it behind the name, within its element."""
    number = "<object-id>urn:lsid:ipni.org:names:77135933-1</object-id>"
    xml = f'<p xmlns:tp="http://www.plazi.org/taxpub"><tp:taxon-name>{name}{number}</tp:taxon-name></p>'
    found, _ = _made(unitex, "", xml.encode())
    assert _values(found, "species") == ["Piper kelleyi"]


def test_a_name_that_is_a_word_needs_its_place(unitex: Unitex) -> None:
    """`Reading` the town is one only where a place would stand."""
    assert "Reading" in _values(_made(unitex, "We lived in Reading for a year. " * 2)[0], "place")
    assert unitex.enrich(material(texts={"xml": "Reading is hard. J. London wrote books."})) is None


@pytest.mark.parametrize(
    "text", ["", "x + y = 12 " * 500, "\x00\ufffd~| " * 2000], ids=["none", "formulas", "garbage"]
)
def test_nothing_named_is_nothing(unitex: Unitex, text: str) -> None:
    """No text, formulas alone and garbage name nothing."""
    assert unitex.enrich(material(texts={"xml": text})) is None


def test_broken_markup_costs_itself_alone(unitex: Unitex) -> None:
    """XML that cannot be read leaves what the text says."""
    found, _ = _made(unitex, _TEXT, b"<article><b")
    assert "France" in _values(found, "place")


def test_a_very_long_text_is_cut(unitex: Unitex) -> None:
    """Beyond a thousand pages nothing is looked at, and this is said."""
    found, _ = _made(unitex, f"In 1998 we met. {'word ' * 700_000}")
    assert found.cut
    assert _values(found, "date") == ["1998"]


def test_istex_reads_the_stand_off(unitex: Unitex) -> None:
    """One list for each kind, named as ISTEX names them, the value in `term` with its count."""
    whole = material(title="A title", texts={"xml": _TEXT})
    made = unitex.enrich(whole)
    assert made is not None
    root = etree.fromstring(stand_off(whole.record, "unitex", 1, "", made.annotations))
    lists = {
        (one.get("type"), one.get("subtype")): one
        for one in root.iter()
        if etree.QName(one).localname == "listAnnotation"
    }
    assert ("orgName", "funder") in lists
    assert ("ref", "url") in lists
    holder = lists["date", None].find("{*}annotationBlock/{*}date")
    assert holder is not None
    assert holder.findtext("{*}term") == "12 March 2004"
    assert holder.get("cert") == "0.95"
    assert holder.find("{*}fs/{*}f/{*}numeric") is not None


def test_vocabularies_are_looked_for(tmp_path: Path) -> None:
    """What a user's vocabulary names becomes concepts, and a parameter."""
    folder = tmp_path / "vocabularies"
    folder.mkdir()
    (folder / "physics.tsv").write_text("http://x/1\tcold atom\tatome froid\n")
    unitex = Unitex(EnrichSettings(models=str(tmp_path)))
    assert str(unitex.parameters["vocabulary physics"]).startswith("home:")
    found, made = _made(unitex, "Un atome froid and two Cold Atom traps.")
    assert _values(found, "concept") == ["cold atom"]
    assert found.entities[0].frequency == 2
    assert found.entities[0].uri == "http://x/1"
    assert made.fields["namedEntities"] == {"concept": ["cold atom"]}


def test_two_runs_are_identical(unitex: Unitex) -> None:
    """Another process finds the same, in the same order."""
    assert _made(Unitex(EnrichSettings()), _TEXT, _XML)[0] == _made(unitex, _TEXT, _XML)[0]
