"""HTML to read: safe, its links lead somewhere, its headings have levels, no word is lost."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree, html

from fonds.record import Record
from fonds.renditions.html import Html
from fonds.renditions.model import Material
from fonds.renditions.tei import Tei
from fonds.renditions.tex import with_mathml
from fonds.sources.xml import Element
from tests.renditions.corpora import documents
from tests.renditions.making import article

TEI = "http://www.tei-c.org/ns/1.0"
MATHML = "http://www.w3.org/1998/Math/MathML"


def text(body: str, back: str = "") -> Element:
    """Return a TEI text."""
    return etree.fromstring(f'<text xmlns="{TEI}"><body>{body}</body>{back}</text>')


def parsed(markup: str) -> Element:
    """Parse HTML as a browser would."""
    tree = html.fromstring(markup)
    assert isinstance(tree, etree._Element)
    return tree


def words(element: Element | None) -> str:
    """Return the text of an element."""
    assert element is not None
    return "".join(map(str, element.itertext()))


def found_in(tree: Element, path: str) -> list[Element]:
    """Return the elements of an XPath."""
    found = tree.xpath(path)
    assert isinstance(found, list)
    return [one for one in found if isinstance(one, etree._Element)]


def page(body: str, back: str = "") -> Element:
    """Return the HTML of a text as a tree."""
    made = Html().make(Material(Record(title="A & <b>"), text(body, back)))
    assert made is not None
    return parsed(made.decode())


def shown(body: str) -> str:
    """Return the HTML of a text without the page around it."""
    found = Html().reading(Material(Record(), text(body)))
    assert found is not None
    return found.text.removeprefix('<div class="text">').removesuffix("</div>")


@pytest.mark.parametrize(
    ("tei", "wanted"),
    [
        ("<p>a <hi rend='italic'>b</hi></p>", "<p>a <em>b</em></p>"),
        ("<p>H<hi rend='subscript'>2</hi>O</p>", "<p>H<sub>2</sub>O</p>"),
        (
            "<p>a<list><item>b</item></list></p>",
            '<div class="p">a<ul><li>b</li></ul></div>',
        ),
        ("<p><quote>said</quote></p>", "<p><q>said</q></p>"),
        ("<p>a<lb/>b</p>", "<p>a<br>b</p>"),
        (
            "<p><ref target='http://x.org/?a=1&amp;b' type='url'>x</ref></p>",
            '<p><a href="http://x.org/?a=1&amp;b" rel="external nofollow noopener">x</a></p>',
        ),
        ("<p><ref target='javascript:alert(1)'>x</ref></p>", "<p>x</p>"),
        ("<p><ref target='data:text/html,x'>x</ref></p>", "<p>x</p>"),
        ("<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
         "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"),
        ("<script xmlns='urn:x'>x</script><p onclick='y'>z</p>", "x<p>z</p>"),
        (
            "<p><formula notation='tex'>x^2</formula></p>",
            "<p><math><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></math></p>",
        ),
        ("<p><formula notation='tex'>\\own</formula></p>", '<p><code class="tex">\\own</code></p>'),
    ],
)  # fmt: skip
def test_pieces(tei: str, wanted: str) -> None:
    """Each piece of TEI becomes its piece of HTML, and nothing else comes through."""
    assert shown(tei) == wanted


def test_mathml_is_kept_without_what_runs() -> None:
    """Formulas stay MathML; links, scripts, annotations and styles in them go."""
    tree = page(
        f'<p><formula notation="mathml" rend="display"><m:math xmlns:m="{MATHML}" '
        'style="x:y" onclick="z"><m:semantics><m:mrow href="javascript:1"><m:mi>x</m:mi>'
        '<m:mspace width="1em"/></m:mrow><m:annotation-xml encoding="text/html">'
        "<script>alert(1)</script></m:annotation-xml></m:semantics></m:math></formula></p>"
    )
    (math,) = tree.iter("math")
    made = etree.tostring(math, encoding="unicode", method="html", with_tail=False)
    assert made == (
        '<math display="block"><mrow><mi>x</mi><mspace width="1em"></mspace></mrow></math>'
    )


def test_headings_and_contents() -> None:
    """Headings go down one level at a time, and the table of contents leads to them."""
    tree = page(
        '<div xml:id="a"><head>A</head><div><head>B</head><div><div><head>C</head><p>c</p></div>'
        "</div></div></div><div><head>D</head><p>d</p></div>"
    )
    levels = [(e.tag, words(e)) for e in tree.iter("h1", "h2", "h3", "h4")]
    assert levels == [("h1", "A & <b>"), ("h2", "A"), ("h3", "B"), ("h4", "C"), ("h2", "D")]
    links = {words(a): a.get("href", "") for a in found_in(tree, "//nav//a")}
    assert list(links) == ["A", "B", "D"]
    for said, address in links.items():
        (section,) = found_in(tree, f"//*[@id='{address[1:]}']")
        assert words(section).startswith(said)


def test_notes_go_to_the_end_and_back() -> None:
    """A foot note is a number that leads to the note, which leads back."""
    tree = page("<p>a<note place='foot'><p>first</p></note> b<note place='foot'>second</note></p>")
    numbers = [words(sup) for sup in tree.iter("sup")]
    assert numbers == ["1", "2"]
    notes = found_in(tree, "//section[@id='t-notes']//li")
    assert [words(n).replace("↩", "").strip() for n in notes] == ["first", "second"]
    assert [a.get("href") for a in notes[1].iter("a")] == ["#t-noteref-2"]


def test_tables_and_figures() -> None:
    """Tables have captions above, heads, spans; figures captions and the images we have."""
    body = (
        '<figure type="table" xml:id="t1"><head>Table 1</head><table><row role="label">'
        '<cell>h</cell><cell/></row><row><cell cols="2">x</cell></row></table>'
        "<p>legend</p></figure>"
        '<figure><head>Fig. 1</head><p>A bee.</p><graphic url="img/Bee-1"/></figure>'
    )
    found = Html().reading(Material(Record(), text(body)), images={"bee-1": "/bee.jpg"})
    assert found is not None
    assert found.graphics == ("img/Bee-1",)
    tree = parsed(found.text)
    assert [words(th) for th in tree.iter("th")] == ["h"]
    assert [td.get("colspan") for td in tree.iter("td")] == [None, "2"]
    table, bee = tree.iter("figure")
    assert [child.tag for child in table] == ["figcaption", "div", "p"]
    (image,) = bee.iter("img")
    assert (image.get("src"), image.get("alt")) == ("/bee.jpg", "Fig. 1 A bee.")


def test_references() -> None:
    """Citations lead to the entries of the bibliography, which name their DOI."""
    made = Tei().make(
        Material(article(), text('<p>See <ref type="bibr" target="#b1">1</ref>.</p>'))
    )
    assert made is not None
    found = Html().reading(Material(article(), etree.fromstring(made).find("{*}text")))
    assert found is not None
    tree = parsed(found.text)
    assert [a.get("href") for a in found_in(tree, "//p/a")] == ["#t-b1"]
    (entry,) = found_in(tree, "//li[@id='t-b1']")
    assert " ".join(words(entry).split()) == (
        "Cited F.. A cited paper. Science, 316, 1153-1158, 1999. 10.1000/ref"
    )


@pytest.mark.parametrize("body", ["", "<p/>", "<p> </p>"])
def test_nothing_to_read(body: str) -> None:
    """Without words there is no page."""
    assert Html().make(Material(Record(), text(body))) is None
    assert Html().make(Material(Record())) is None


def test_words_of_the_page() -> None:
    """The names of the parts are given, whatever quotes they hold."""
    body = "<p>a<note place='foot'>b</note></p>"
    for word in ('L\'"autre"', "l'un", 'the "one"'):
        found = Html().reading(Material(Record(), text(body)), {"notes": word})
        assert found is not None
        assert word.replace("'", "\u2019" if '"' in word else "'") in words(parsed(found.text))


def test_umlauts_of_old_print() -> None:
    """An e above its letter is shown as the umlaut it is; the text itself keeps it."""
    old = text("<p>Die Lampe fu\u0364r Haͤuſer.</p>")
    found = Html().reading(Material(Record(), old))
    assert found is not None
    assert "für Häuſer" in found.text
    assert "\u0364" in words(old)


def test_corpora(shared: Path) -> None:
    """In every fifth file no word is lost, no id comes twice, no link is blind, nothing runs."""
    for name, material in documents(shared, every=5):
        made = Tei().make(material)
        assert made is not None
        tei = etree.fromstring(made).find("{*}text")
        data = Html().make(Material(material.record, tei))
        if data is None:
            continue
        tree = parsed(data.decode())
        ids = [element.get("id") for element in tree.iterfind(".//*[@id]")]
        assert len(ids) == len(set(ids)), name
        targets = {str(a.get("href")) for a in tree.iter("a")}
        assert {t[1:] for t in targets if t.startswith("#")} <= set(ids), name
        assert all(t.startswith(("#", "http", "ftp", "HTTP")) for t in targets), name
        assert not list(tree.iter("script", "style", "iframe", "object", "form")), name
        assert not [
            a for e in tree.iter(etree.Element) for a in e.attrib if str(a).startswith("on")
        ]
        levels = [int(h.tag[1]) for h in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert tei is not None
        said = re.sub(r"\s+", "", words(tree))
        body = with_mathml(tei).find("{*}body")
        assert body is not None
        for piece in body.itertext():
            assert re.sub(r"\s+", "", str(piece)) in said, (name, piece)
