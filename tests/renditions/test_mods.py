"""MODS is valid whatever the record holds, and follows ISTEX's conventions."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from fonds.record import Record
from fonds.renditions.model import Material
from fonds.renditions.mods import Mods
from fonds.sources.xml import Element
from tests.renditions.corpora import documents
from tests.renditions.making import ARK, ID, MISCHIEF, article, chapter, mischief

NS = {"m": "http://www.loc.gov/mods/v3"}


def mods(record: Record) -> Element:
    """Return the MODS of a record as a tree."""
    made = Mods().make(Material(record))
    assert made is not None
    return etree.fromstring(made)


def texts(tree: Element, path: str) -> list[str]:
    """Return the texts of the elements of a path."""
    return ["".join(map(str, element.itertext())) for element in tree.iterfind(path, NS)]


@pytest.mark.parametrize("record", [article(), chapter(), mischief(), Record(title="T"), Record()])
def test_valid(record: Record, mods_schema: etree.XMLSchema) -> None:
    """Full, bare and hostile records give valid MODS."""
    mods_schema.assertValid(mods(record))


def test_conventions() -> None:
    """Identifiers, host with its part, genre with authority, names with roles and affiliations."""
    tree = mods(article())
    assert texts(tree, "m:identifier[@type='istex']") == [ID]
    assert texts(tree, "m:identifier[@type='ark']") == [ARK]
    assert texts(tree, "m:identifier[@type='DOI']") == list(article().doi)
    host = "m:relatedItem[@type='host']"
    assert texts(tree, f"{host}/m:titleInfo/m:title") == ["Journal of Imaginary Geology"]
    assert texts(tree, f"{host}/m:part/m:detail[@type='volume']/m:number") == ["12"]
    assert texts(tree, f"{host}/m:part/m:detail[@type='issue']/m:number") == ["3"]
    assert texts(tree, f"{host}/m:part/m:extent[@unit='pages']/*") == ["101", "119", "19"]
    assert texts(tree, f"{host}/m:identifier[@type='ISSN']") == ["1234-5679"]
    genre = tree.find("m:genre", NS)
    assert genre is not None
    assert genre.get("valueURI") == "https://content-type.data.istex.fr/ark:/67375/XTP-1JC4F85T-7"
    first = "m:name[@type='personal'][1]"
    assert texts(tree, f"{first}/m:namePart") == ["Ada", "Exemple"]
    assert texts(tree, f"{first}/m:affiliation")[1] == "E-mail: ada@example.org"
    assert texts(tree, f"{first}/m:role/m:roleTerm") == ["author", "aut"]
    order = [etree.QName(child).localname for child in tree]
    assert order.index("relatedItem") < order.index("identifier") < order.index("accessCondition")
    assert order[-1] == "recordInfo"


def test_series() -> None:
    """The series of a book is a related item of its own."""
    tree = mods(chapter())
    assert texts(tree, "m:relatedItem[@type='series']/m:titleInfo") == ["Lecture Notes in Nothing"]


def test_text_survives() -> None:
    """Special characters come back as they went in; what XML forbids is left out."""
    wanted = MISCHIEF.replace("\x0b", "").replace("\ufffe", "")
    assert texts(mods(mischief()), "m:titleInfo/m:title") == [wanted]


def test_corpora(shared: Path, mods_schema: etree.XMLSchema) -> None:
    """Every record of the shared corpora is valid as MODS."""
    failed = [
        f"{name}: {mods_schema.error_log}"
        for name, material in documents(shared)
        if not mods_schema.validate(mods(material.record))
    ]
    assert not failed
