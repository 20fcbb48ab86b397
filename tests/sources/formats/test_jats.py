"""JATS articles become records: the quirks of real files, one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from fonds.settings import LimitSettings
from fonds.sources.detect import load_readers, read_bytes
from tests.sources.formats.jats_making import read, record, title
from tests.sources.formats.reading import read_folder, unresolved


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ("The <italic>Apis  mellifera</italic>\n genome", "The Apis mellifera genome"),
        ("H<sub>2</sub>O<sup>+</sup>", "H2O+"),
        ("Bees<xref ref-type='fn' rid='f'>*</xref>", "Bees"),
        ("Bees<fn><p>Funded</p></fn> fly", "Bees fly"),
        (
            "A <tex-math>\\documentclass{m}\\begin{document}$$x^2$$\\end{document}</tex-math>",
            "A x^2",
        ),
        (r"On <tex-math>${B}_{s}^{0}+\frac{1}{2}$</tex-math>", r"On B_s^0+\frac{1}{2}"),
        (
            "On <alternatives><tex-math>$x$</tex-math><mml:math "
            "xmlns:mml='http://www.w3.org/1998/Math/MathML'><mml:mi>y</mml:mi></mml:math>"
            "</alternatives>",
            "On y",
        ),
        ("&OHgr; and &eacute;", "Ω and é"),
        ("<mml:math><mml:mi>z</mml:mi></mml:math>", "z"),
    ],
)
def test_titles(markup: str, wanted: str) -> None:
    """Markup and formulas in titles become readable text."""
    assert title(markup) == wanted


@pytest.mark.parametrize(
    ("dates", "wanted"),
    [
        ('<pub-date pub-type="epub"><year>2019</year></pub-date>'
         '<pub-date pub-type="ppub"><month>2</month><year>2020</year></pub-date>', "2020"),
        ('<pub-date pub-type="pmc-release"><year>2021</year></pub-date>'
         '<pub-date pub-type="collection"><year>2018</year></pub-date>', "2018"),
        ('<pub-date date-type="pub" publication-format="electronic"><year>2017</year></pub-date>',
         "2017"),
        ("<permissions><copyright-year>2016</copyright-year></permissions>", "2016"),
        ("", ""),
    ],
)  # fmt: skip
def test_dates(dates: str, wanted: str) -> None:
    """Of several dates the issue's counts; release to PubMed Central is none."""
    assert record(dates).publication_date == wanted


@pytest.mark.parametrize("year", ["2049", "7998", "0206", "MMXX"])
def test_implausible_years(year: str) -> None:
    """An impossible year is said and another date is used."""
    reading = read(
        f'<pub-date pub-type="ppub"><year>{year}</year></pub-date>'
        '<pub-date pub-type="epub"><year>2016</year></pub-date>'
    )
    assert reading.record.publication_date == "2016"
    assert "date-implausible" in [finding.code for finding in reading.findings]


def test_identifiers() -> None:
    """DOIs given as addresses are cut, PMC numbers get their prefix, a DOI that is none is said."""
    found = record(
        '<article-id pub-id-type="doi">https://doi.org/10.1234/AbC</article-id>'
        '<article-id pub-id-type="pmc">123</article-id>'
        '<article-id pub-id-type="pmid">9</article-id>'
    )
    assert (found.doi, found.pmcid, found.pmid) == (("10.1234/AbC",), ("PMC123",), ("9",))
    bad = read('<article-id pub-id-type="doi">unknown</article-id>')
    assert bad.record.doi == ()
    assert "unknown" in bad.record.article_id
    assert "doi-invalid" in [finding.code for finding in bad.findings]


def test_host() -> None:
    """Journal title in both places, ISSNs of every dialect, supplements, elocation-id."""
    old = record(
        "<volume>3</volume><issue>2</issue><supplement>Suppl 1</supplement>"
        "<fpage>10</fpage><lpage>19</lpage>",
        journal="<journal-title>Old</journal-title><issn>1234-567x</issn>"
        '<issn publication-format="online">2050-084X</issn>',
    ).host
    assert old is not None
    assert (old.title, old.issn, old.eissn) == ("Old", ("1234-567X",), ("2050-084X",))
    assert (old.volume, old.issue) == ("3", "2 Suppl 1")
    assert old.pages is not None
    assert (old.pages.first, old.pages.last, old.pages.total) == ("10", "19", "10")
    new = record(
        "<elocation-id>e7</elocation-id>",
        journal="<journal-title-group><journal-title>New</journal-title></journal-title-group>",
    ).host
    assert new is not None
    assert (new.title, new.article_number, new.volume, new.pages) == ("New", "e7", "", None)


def test_keywords_by_language() -> None:
    """Each keyword knows its language; abbreviations are none."""
    found = record(
        '<kwd-group xml:lang="en"><kwd>bees</kwd></kwd-group>'
        '<kwd-group xml:lang="fr"><kwd>abeilles</kwd></kwd-group>'
        '<kwd-group kwd-group-type="abbreviations"><kwd>DNA</kwd></kwd-group>'
    )
    assert [(s.lang, s.value) for s in found.subject] == [
        (("eng",), "bees"),
        (("fre",), "abeilles"),
    ]


@pytest.mark.parametrize(
    ("licence", "wanted"),
    [
        ('<license xlink:href="http://creativecommons.org/licenses/by/4.0/"><license-p>x</license-p>'
         "</license>", ("isOpenAccess", "http://creativecommons.org/licenses/by/4.0/")),
        ("<license><p>Creative Commons Attribution License</p></license>",
         ("isOpenAccess", "Creative Commons Attribution License")),
        ("<license><p>All rights reserved</p></license>", ("unknown", "All rights reserved")),
    ],
)  # fmt: skip
def test_licences(licence: str, wanted: tuple[str, str]) -> None:
    """Licences by address or in words."""
    access = record(f"<permissions>{licence}</permissions>").access_condition
    assert access is not None
    assert (access.content_type, access.value) == wanted


@pytest.mark.parametrize(
    "wrap",
    [
        "{}",
        "<pmc-articleset>{}</pmc-articleset>",
    ],
)
@pytest.mark.parametrize("namespace", ["", ' xmlns="https://jats.nlm.nih.gov/ns/archiving/1.3/"'])
def test_wrappers_and_namespaces(wrap: str, namespace: str) -> None:
    """A default namespace and a wrapper change nothing."""
    xml = wrap.format(
        f"<article{namespace}><front><article-meta><title-group><article-title>T</article-title>"
        "</title-group></article-meta></front></article>"
    )
    found = read_bytes(xml.encode(), load_readers(), LimitSettings())
    assert isinstance(found, tuple)
    assert [reading.record.title for reading in found] == ["T"]


def test_genres() -> None:
    """ISTEX's genre and the publisher's own stand side by side."""
    found = record(attributes='xml:lang="fr"')
    assert (found.genre, found.original_genre) == (("research-article",), ("research-article",))
    assert found.language == ("fre",)


@pytest.mark.parametrize(
    ("attributes", "meta", "wanted"),
    [
        ('xml:lang="pt"', "", "por"),
        ("", "", "eng"),
        ("", '<trans-abstract xml:lang="en"><p>x</p></trans-abstract>', "unknown"),
        ('xml:lang="zz-none"', "", "unknown"),
    ],
)
def test_languages(attributes: str, meta: str, wanted: str) -> None:
    """The DTD's default holds, unless a translation into English stands beside."""
    assert record(meta, attributes=attributes).language == (wanted,)


def test_jstor_article() -> None:
    """JSTOR's number is the article's, and its own field gives the language."""
    found = record(
        '<article-id pub-id-type="jstor">111039</article-id><custom-meta-group><custom-meta>'
        "<meta-name>lang</meta-name><meta-value>fre</meta-value></custom-meta></custom-meta-group>"
    )
    assert "111039" in found.article_id
    assert found.language == ("fre",)


def test_what_the_publisher_wrote_is_kept() -> None:
    """A date that cannot be, and the publisher's name of the language, stand beside."""
    date = '<pub-date pub-type="ppub"><day>4</day><month>5</month><year>7998</year></pub-date>'
    found = record(date, attributes='xml:lang="EN"')
    assert (found.publication_date, found.original_date) == ("", "7998-5-4")
    assert (found.language, found.original_language) == (("eng",), ("EN",))


def test_a_journal_without_title_has_the_name_pubmed_gives_it() -> None:
    """BMJ and PNAS of old give no title; PubMed's abbreviation stands for it."""
    journal = '<journal-id journal-id-type="pubmed">Proc Natl Acad Sci U S A</journal-id>'
    host = record(journal=journal).host
    assert host is not None
    assert host.title == "Proc Natl Acad Sci U S A"


def test_arxiv_number_without_its_name() -> None:
    """The name of arXiv is not part of the number."""
    assert record('<article-id pub-id-type="arxiv">arXiv:2205.14599</article-id>').arxiv == (
        "2205.14599",
    )


@pytest.mark.parametrize(
    "folder", ["oup-scjats", "pub2tei-dummy/OUP", "pub2tei-dummy/BMJ", "pub2tei-dummy/PNAS"]
)
def test_variants_of_publishers(shared: Path, folder: str) -> None:
    """OUP's Silverchair, BMJ and PNAS write JATS of their own; all of it is read."""
    for path, reading in read_folder(shared / "corpora" / folder):
        found = reading.record
        assert found.title, path
        assert all(author.affiliations for author in found.author if author.surname), path
        assert found.host is not None
        assert found.host.title, path
        assert found.host.volume, path
        assert found.ref_bibs, path
        assert not unresolved(reading), path
