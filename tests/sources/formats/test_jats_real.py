"""What real JATS articles write in ways of their own reads as it should."""

from __future__ import annotations

from pathlib import Path

from fonds.record import Funder, Record, Reference
from fonds.sources.xml import strings
from tests.sources.formats.reading import read, said


def record(shared: Path, name: str) -> Record:
    """Read an article of the corpora."""
    return read((shared / "corpora/jats" / name).read_bytes())[0].record


def entry(read_from: Record, key: str) -> Reference:
    """Return an entry of the bibliography."""
    return next(one for one in read_from.ref_bibs if one.key == key)


def test_names_without_blanks(shared: Path) -> None:
    """PubMed Central writes names as elements side by side; in words they stand apart."""
    bears = record(shared, "royal-society/PMC4632522/PMC4632522.xml")
    assert entry(bears, "RSOS150395C54").text == (
        "Lintzenich BA, Ward AM, Edwards MS, Griffin ME, Robbins CT 2006 Polar bear nutrition "
        "guidelines. American Zoological Association Bear Taxon Advisory Group."
    )
    plants = record(shared, "pensoft/10-3897-phytokeys-96-20097.xml")
    texts = " ".join(one.text for one in plants.ref_bibs)
    assert "Pennington TD, Sarukhán J (1968) Manual para" in texts


def test_pages_of_a_range(shared: Path) -> None:
    """The American Physical Society gives pages as a range, even when it is one."""
    sigma = record(shared, "aps/10-1103-physrevd-97-025001/10-1103-physrevd-97-025001.xml")
    host = sigma.ref_bibs[0].host
    assert host is not None
    assert host.pages is not None
    assert (host.title, host.volume, host.pages.first) == ("Phys. Lett.", "59B", "79")


def test_funder_with_its_number(shared: Path) -> None:
    """A funder's number beside its name is not its name."""
    bears = record(shared, "royal-society/PMC4632522/PMC4632522.xml")
    assert bears.funder[0] == Funder(
        name="Wellcome Trust", id="http://dx.doi.org/10.13039/100004440", award=("to SK",)
    )


def test_address_of_the_licence(shared: Path) -> None:
    """Of the links in a licence's words the one to a licence counts, not the publisher's."""
    cosmology = record(shared, "edp-sciences/10-1051-0004-6361-202037512.xml")
    assert cosmology.access_condition is not None
    assert cosmology.access_condition.value == "https://creativecommons.org/licenses/by/4.0"


def test_funder_by_kinds_of_names(shared: Path) -> None:
    """Pensoft gives a funder's name and its numbers side by side."""
    hoya = record(shared, "pensoft/10-3897-phytokeys-73-10055.xml")
    assert hoya.funder[0].name == "University of the Philippines"
    assert hoya.funder[0].id == "http://doi.org/10.13039/501100007421"


def test_address_with_glued_commas(shared: Path) -> None:
    """A comma at the end of an institution's name is followed by a blank."""
    hip = record(shared, "biomed-central/PMC5910573.xml")
    addresses = {address for author in hip.author for address in author.affiliations}
    assert (
        "Department of Orthopaedic Surgery, Martini Hospital, Groningen, the Netherlands"
        in addresses
    )


def test_terms_without_their_codes(shared: Path) -> None:
    """Of a term of a vocabulary the words are the keyword, not its address and number."""
    planets = record(shared, "iop/10-3847-1538-3881-ad9b1d.xml")
    values = [subject.value for subject in planets.subject]
    assert "Exoplanets" in values
    assert not [value for value in values if value.isdigit() or value.startswith("http")]


def test_signs_around_values(shared: Path) -> None:
    """A full stop after the last keyword and "Vol." before a number are no part of them."""
    cuff = record(shared, "edp-sciences/PMC6294008.xml")
    assert cuff.subject[-1].value == "Clinical outcome"
    crystal = record(shared, "mdpi/PMC5452258.xml")
    volumes = [one.host.volume for one in crystal.ref_bibs if one.host is not None]
    assert not [volume for volume in volumes if volume.lower().startswith("vol")]


def test_bodies_of_html_in_text(shared: Path) -> None:
    """SciELO's articles before XML hold their body as HTML, escaped: it is paragraphs."""
    folder = shared / "corpora/jats/scielo"
    for number in ("1", "2"):
        data = (folder / f"10-1590-s0036-3634199700010000{number}.xml").read_bytes()
        text = read(data)[0].text
        assert text is not None
        assert not [piece for piece in strings(text) if "</" in piece or "<p" in piece]
        assert len(said(text, "p")) > 5
    editorial = read((folder / "10-1590-s0036-36341997000100001.xml").read_bytes())[0].text
    assert "Salud Pública de México" in said(editorial, "hi")
    assert "Jaime Sepúlveda*" in said(editorial, "p")


def test_html_of_any_kind() -> None:
    """Scripts say nothing, tags crossed or unknown lose no word, a sign "<" alone is no HTML."""
    body = (
        "&lt;p&gt;&lt;b&gt;One&lt;p&gt;two&lt;/b&gt; &lt;font&gt;three&lt;/p&gt;&lt;script&gt;x"
        "&lt;/script&gt;&lt;table&gt;&lt;tr&gt;&lt;td&gt;a&lt;/td&gt;&lt;td&gt;b&lt;/td&gt;"
        "&lt;/tr&gt;&lt;/table&gt;&lt;/p&gt;"
    )
    article = (
        "<article><front><article-meta><title-group><article-title>T</article-title></title-group>"
        "</article-meta></front><body><p>{}</p></body></article>"
    )
    assert said(read(article.format(body))[0].text, "p") == ["One", "two three", "a b"]
    assert said(read(article.format("a &lt;p b &lt; c"))[0].text, "p") == ["a <p b < c"]
