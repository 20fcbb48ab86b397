"""TEI is valid, its references lead somewhere, and it says what record and text say."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import etree

from fonds.record import Record, Reference
from fonds.renditions.model import Material
from fonds.renditions.tei import Tei
from fonds.sources.stylesheet import TEI
from fonds.sources.xml import Element
from tests.renditions.corpora import documents
from tests.renditions.making import ARK, ID, MISCHIEF, article, chapter, mischief

NS = {"t": "http://www.tei-c.org/ns/1.0"}
_ID = "{http://www.w3.org/XML/1998/namespace}id"


def tei(record: Record, body: str = "", back: str = "") -> Element:
    """Return the TEI of a record with a text of these parts."""
    xml = f'<text xmlns="{NS["t"]}"><body>{body}</body>{back}</text>'
    made = Tei().make(Material(record, parsed(xml) if body else None))
    assert made is not None
    return etree.fromstring(made)


def parsed(xml: str) -> Element:
    """Parse a text whose ids may be no names, as a stylesheet may make it."""
    return etree.fromstring(xml, etree.XMLParser(recover=True))


def texts(tree: Element, path: str) -> list[str]:
    """Return the texts of the elements of a path."""
    return ["".join(map(str, element.itertext())) for element in tree.iterfind(path, NS)]


def dangling(tree: Element) -> list[str]:
    """Return the targets that lead to nothing in the document."""
    ids = {element.get(_ID) for element in tree.iter(etree.Element)}
    targets = (element.get("target", "") for element in tree.iter(f"{TEI}ref"))
    return [
        part
        for target in targets
        if target.startswith("#")
        for part in target.split()
        if part[1:] not in ids
    ]


@pytest.mark.parametrize("record", [article(), chapter(), mischief(), Record(title="T"), Record()])
@pytest.mark.parametrize("body", ["", "<p>Text</p>"])
def test_valid(record: Record, body: str, tei_schema: etree.RelaxNG) -> None:
    """Full, bare and hostile records give valid TEI, with a text and without."""
    tei_schema.assertValid(tei(record, body))


def test_header() -> None:
    """Identifiers stand where ISTEX's viewer looks for them; genre, licence, imprint too."""
    tree = tei(article())
    source = "t:teiHeader/t:fileDesc/t:sourceDesc/t:biblStruct"
    assert texts(tree, f"{source}/t:analytic/t:idno[@type='istex']") == [ID]
    assert texts(tree, f"{source}/t:analytic/t:idno[@type='ark']") == [ARK]
    assert texts(tree, f"{source}/t:analytic/t:author/t:persName/t:surname") == [
        "Exemple",
        "Müller",
    ]
    assert texts(tree, f"{source}/t:analytic/t:author/t:affiliation") == [
        "Laboratoire Fictif, Nancy"
    ]
    assert texts(tree, f"{source}/t:analytic/t:author/t:email") == ["ada@example.org"]
    assert texts(tree, f"{source}/t:monogr/t:imprint/t:biblScope") == ["12", "3", "101-119"]
    assert tree.get("type") == "research-article"
    assert tree.get("{http://www.w3.org/XML/1998/namespace}lang") == "en"
    note = tree.find(".//t:note[@type='content-type']", NS)
    assert note is not None
    assert note.get("source") == "https://content-type.data.istex.fr/ark:/67375/XTP-1JC4F85T-7"
    assert texts(tree, ".//t:funder/t:idno") == ["ANR-20-1"]


def test_bibliography() -> None:
    """Entries bear the publisher's ids; one without structure is a bibl."""
    tree = tei(article(), '<p>See <ref type="bibr" target="#b1">1</ref>.</p>')
    assert [one.get(_ID) for one in tree.iterfind(".//t:listBibl/*", NS)] == ["b1", "b2"]
    assert texts(tree, ".//t:listBibl/t:bibl") == ["Anonymous, Letters, 1712."]
    assert texts(tree, ".//t:listBibl/t:biblStruct/t:analytic/t:title") == ["A cited paper"]
    assert not dangling(tree)


@pytest.mark.parametrize("back", ["", "<back/>", "<back><div><p>Thanks</p></div></back>"])
def test_the_back(back: str, tei_schema: etree.RelaxNG) -> None:
    """The bibliography comes last, whatever back matter there is."""
    tree = tei(article(), "<p>x</p>", back)
    tei_schema.assertValid(tree)
    assert texts(tree, "t:text/t:back/t:div[last()]/t:listBibl/t:bibl")


def test_ids(tei_schema: etree.RelaxNG) -> None:
    """Ids become names that come once; references follow them, or are text where nothing is."""
    record = Record(title="T", ref_bibs=tuple(Reference(key=k, title=k) for k in ("1", "a b", "s")))
    body = (
        '<p xml:id="s">1 <ref type="bibr" target="#1 #a">x</ref> <ref target="#gone">y</ref> '
        '<ref type="section" target="#s">z</ref> <ref type="bibr" target="#s">w</ref></p>'
        '<p xml:id="s">2 <ref type="url" target="http://x.org/a[1] b">u</ref></p>'
    )
    tree = tei(record, body)
    tei_schema.assertValid(tree)
    assert [one.get(_ID) for one in tree.iterfind(".//t:listBibl/*", NS)] == ["id_1", "a_b", "s-3"]
    assert [one.get(_ID) for one in tree.iterfind(".//t:body/t:p", NS)] == ["s", "s-2"]
    targets = [one.get("target") for one in tree.iterfind(".//t:body//t:ref", NS)]
    assert targets == ["#id_1", None, "#s", "#s-3", "http://x.org/a%5B1%5D%20b"]
    assert texts(tree, ".//t:body/t:p") == ["1 x y z w", "2 u"]


@pytest.mark.parametrize(
    "body",
    [
        "<div><p>a</p><head>B</head><p>b</p><head>C</head><p>c</p></div>",
        "<div><div><p>a</p></div><p>b</p><list><item>c</item></list><div><p>d</p></div></div>",
        "<div><div><p>a</p></div>tail</div>",
        "<div>words <hi rend='bold'>loose</hi> more<p>b</p> and <ref>again</ref></div>",
        "<p>a<p>b</p>c</p>",
        "<list><item><p>a</p><div><head>H</head><p>b</p></div></item></list>",
        "<figure><head>F</head><table><row><cell>a</cell></row></table>note <hi>x</hi> y</figure>",
        "<figure><graphic url='a.png'/></figure>",
        "<div><figure><p>a</p></figure></div>",
        "<p>He: <sp><speaker>A</speaker>words</sp></p>",
        "<div><sp><speaker>A</speaker></sp><list/><table/><lg/></div>",
        "<figure><figDesc>a<note><p>b</p></note></figDesc></figure>",
        "<floatingText><body><figure><p>x</p></figure></body></floatingText>",
        "<div/>",
    ],
)  # fmt: skip
def test_shapes(body: str, tei_schema: etree.RelaxNG) -> None:
    """What a publisher puts where TEI does not finds its place, and no word is lost."""
    tree = tei(Record(title="T"), body)
    tei_schema.assertValid(tree)
    wanted = "".join(map(str, etree.fromstring(f"<x>{body}</x>").itertext()))
    assert "".join(texts(tree, "t:text")).split() == wanted.split()


def test_nothing_changes_the_material() -> None:
    """The text that the other renditions are made from stays as it is."""
    xml = f'<text xmlns="{NS["t"]}"><body><div>loose<p xml:id="1">x</p></div></body></text>'
    text = parsed(xml)
    Tei().make(Material(Record(), text))
    assert etree.tostring(text).decode() == xml


def test_text_survives() -> None:
    """Special characters come back as they went in; what XML forbids is left out."""
    wanted = MISCHIEF.replace("\x0b", "").replace("\ufffe", "")
    assert texts(tei(mischief()), ".//t:analytic/t:title") == [wanted]


def test_corpora(shared: Path, tei_schema: etree.RelaxNG) -> None:
    """The TEI of every document of the shared corpora is valid and leads nowhere wrong."""
    failed: list[str] = []
    for name, material in documents(shared):
        made = Tei().make(material)
        assert made is not None
        tree = etree.fromstring(made)
        if not tei_schema.validate(tree):
            failed.append(f"{name}: {tei_schema.error_log}")
        if lost := dangling(tree):
            failed.append(f"{name}: dangling {lost}")
    assert not failed
