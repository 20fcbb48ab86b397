"""PubMed's citations become records."""

from __future__ import annotations

from pathlib import Path

import pytest

from fonds.record import Record
from tests.sources.formats.reading import read, read_folder

_CITATION = """<PubmedArticle><MedlineCitation><PMID>7</PMID><Article PubModel="Print"><Journal>
<ISSN IssnType="Print">0022-3875</ISSN><JournalIssue CitedMedium="Print"><Volume>53</Volume>
<PubDate>{date}</PubDate></JournalIssue><Title>J</Title></Journal><ArticleTitle>{title}
</ArticleTitle><Pagination><MedlinePgn>{pages}</MedlinePgn></Pagination><Language>fre</Language>
<PublicationTypeList><PublicationType>Journal Article</PublicationType><PublicationType>Review
</PublicationType></PublicationTypeList><VernacularTitle>Les abeilles.</VernacularTitle></Article>
</MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pmc">PMC1</ArticleId>
</ArticleIdList><ReferenceList><Reference><Citation>Curie, 1903.</Citation><ArticleIdList>
<ArticleId IdType="doi">10.1000/r</ArticleId></ArticleIdList></Reference></ReferenceList>
</PubmedData></PubmedArticle>"""


def citation(
    date: str = "<Year>1999</Year><Month>Jan</Month>",
    title: str = "[Bees].",
    pages: str = "22-8",
) -> Record:
    """Return the record of a citation."""
    (reading,) = read(_CITATION.format(date=date, title=title, pages=pages))
    return reading.record


def test_a_translated_title_is_kept_beside() -> None:
    """PubMed's title in brackets is its own translation; the publisher's is the title."""
    record = citation()
    assert record.title == "Les abeilles"
    assert [(t.lang, t.value) for t in record.translated_title] == [("eng", "Bees")]


def test_the_references_identifiers_are_not_the_articles() -> None:
    """A DOI in the bibliography belongs to its reference."""
    record = citation()
    assert (record.doi, record.pmid, record.pmcid) == ((), ("7",), ("PMC1",))
    assert record.ref_bibs[0].doi == "10.1000/r"
    assert record.genre == ("review-article",)
    assert record.fulltext_url == "https://pubmed.ncbi.nlm.nih.gov/7/"


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ("<Year>1999</Year><Month>Jan</Month><Day>7</Day>", "1999-01-07"),
        ("<MedlineDate>1998 Dec-1999 Jan</MedlineDate>", "1998-12"),
        ("<MedlineDate>1944-1945</MedlineDate>", "1944"),
        ("<Year>1999</Year><Season>Spring</Season>", "1999"),
    ],
)
def test_dates(date: str, day: str) -> None:
    """Names of months, and MEDLINE's phrases, give the day as far as it is told."""
    record = citation(date=date)
    assert (record.print_date, record.publication_date) == (day, day[:4])


@pytest.mark.parametrize(
    ("pages", "first", "last"),
    [("22-8", "22", "28"), ("e7", "e7", ""), ("1825-34, 1839", "1825", "1834")],
)
def test_pages(pages: str, first: str, last: str) -> None:
    """A shortened last page is written whole."""
    host = citation(pages=pages).host
    assert host is not None
    assert host.pages is not None
    assert (host.pages.first, host.pages.last) == (first, last)


def test_real_files(shared: Path) -> None:
    """Every citation of the sample is a record of its own, with journal and PMID."""
    found = [reading for _, reading in read_folder(shared / "corpora" / "pubmed", "*.xml")]
    assert len(found) == 180
    assert all(r.record.pmid and r.record.title and r.record.host for r in found)
    assert all(r.record.publication_date for r in found)
    many = [r for r in found if r.piece is not None]
    assert len(many) > 170
    assert many[0].piece is not None
    (again,) = read(many[0].piece.data)
    assert again.record == many[0].record


def test_orcid_without_hyphens(shared: Path) -> None:
    """PubMed writes some ORCIDs as sixteen digits."""
    data = (shared / "corpora" / "pubmed" / "pubmedsample_2019.xml").read_bytes()
    people = [person for reading in read(data) for person in reading.record.author]
    assert "0000-0001-7984-1889" in {person.orcid for person in people}


def test_an_agency_pays_once(shared: Path) -> None:
    """Grants of one agency are its numbers, not as many funders."""
    (reading, *_) = read((shared / "corpora" / "pubmed" / "pubmed4.xml").read_bytes())
    names = [funder.name for funder in reading.record.funder]
    assert names == ["NCATS NIH HHS", "WHI NIH HHS", "NCI NIH HHS", "NHLBI NIH HHS"]
    assert reading.record.funder[0].award == ("KL2 TR001100", "UL1 TR001863")
