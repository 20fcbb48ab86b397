"""A home that has something for every line of the checklist: one document has everything."""

from __future__ import annotations

from pathlib import Path

import msgspec

from fonds.archive.archive import Archive
from fonds.archive.identifiers import expected
from fonds.archive.prepared import PreparedDocument
from fonds.record import (
    AccessCondition,
    Categories,
    Conference,
    Contributor,
    Host,
    Keywords,
    Pages,
    QualityIndicators,
    Record,
    Reference,
    ReferenceHost,
    ReferenceSerie,
    Serie,
    Subject,
)
from fonds.renditions.model import Material
from fonds.renditions.mods import Mods
from fonds.search.engine import IndexDocument
from fonds.search.engines import open_engine
from fonds.settings import ArchiveSettings, Settings
from tests.web.conftest import FULL_TEI, PDF, TEI, load, prepared_file, stand_off

DOI = "10.1002/xyz.12345"
NAAN = "67375"
SETTINGS = Settings(
    archive=ArchiveSettings(naan=NAAN, publishers={"first": "6H6", "second": "1BB", "wiley": "WNG"})
)
_SOURCE = "w.xml"
ENRICHMENTS = ("multicat", "nb", "refBibs", "teeft", "unitex", "grobidFulltext")

# istex-api.md 4.1, with something in every field
RECORD = Record(
    title="Slow magma ascent beneath a fictional volcano",
    abstract="Abstract: Petrological clocks constrain the ascent, même en été.",
    author=(
        Contributor(
            name="Ada Exemple",
            affiliations=("Laboratoire Fictif, 54000 Nancy, France", "E-mail: ada@example.org"),
        ),
        Contributor(name="B. Sample"),
    ),
    editor=(Contributor(name="C. Editor", affiliations=("Nancy",)),),
    subject=(Subject(lang=("eng",), value="magma"), Subject(value="volcanology")),
    language=("eng",),
    genre=("research-article",),
    original_genre=("article",),
    publication_date="2009",
    copyright_date="2009",
    doi=(DOI,),
    pii=("S0143080798907747",),
    pmid=("19000001",),
    article_id=("XYZ12345",),
    chapter_id=("chapter-1",),
    erratum_of=("10.1002/xyz.1",),
    sici=("0143-0807(199811)19:6<1:X>2.0",),
    host=Host(
        title="Journal of Imaginary Geology of Fires",
        language=("unknown",),
        publication_date="2009",
        copyright_date="2009",
        issn=("1234-5679",),
        eissn=("2345-6789",),
        isbn=("9783161484100",),
        eisbn=("9783161484117",),
        doi=("10.1002/(ISSN)1234-5679",),
        pii=("S0143-0807",),
        book_id=("book-1",),
        publisher_id=("XYZ",),
        journal_id=("xyz",),
        volume="12",
        issue="3",
        pages=Pages(first="101", last="119", total="19"),
        genre=("journal",),
        author=(Contributor(name="H. Author", affiliations=("Nancy",)),),
        editor=(Contributor(name="D. Chief", affiliations=("Nancy",)),),
        conference=(Conference(name="Fictional Congress"),),
        subject=(Subject(lang=("eng",), value="Earth sciences"),),
    ),
    serie=Serie(
        title="Lecture Notes in Nothing",
        issn=("0302-9743",),
        eissn=("1611-3349",),
        isbn=("9783161484100",),
        doi=("10.1002/serie",),
        volume="4",
        issue="1",
        publication_date="2009",
        copyright_date="2009",
        language=("eng",),
        pages=Pages(first="1", last="300"),
        author=(Contributor(name="S. Author", affiliations=("Nancy",)),),
        editor=(Contributor(name="E. Series", affiliations=("Nancy",)),),
        conference=(Conference(name="Fictional Congress"),),
    ),
    ref_bibs=(
        Reference(
            title="A cited paper",
            author=(Contributor(name="F. Cited"),),
            publication_date="1999",
            doi="10.1000/ref",
            host=ReferenceHost(
                title="Science",
                author=(Contributor(name="G. Host"),),
                volume="316",
                issue="5828",
                isbn=("9783161484100",),
                publication_date="1999",
                pages=Pages(first="1153", last="1158"),
            ),
            serie=ReferenceSerie(title="Some series"),
        ),
    ),
    categories=Categories(
        wos=("1 - science", "2 - geosciences, multidisciplinary"),
        science_metrix=("1 - natural sciences",),
        scopus=("1 - Physical Sciences",),
        inist=("1 - sciences appliquees, technologies et medecines",),
    ),
    keywords=Keywords(teeft=("magma ascent", "olivine")),
    quality_indicators=QualityIndicators(
        score=8.35, pdf_version=1.4, pdf_page_size="595 x 842 pts (A4)", ref_bibs_native=True,
        keyword_count=2, abstract_char_count=64, abstract_word_count=9, pdf_word_count=9120,
        pdf_char_count=60210, pdf_page_count=19, pdf_words_per_page=480, pdf_text=True,
        tdm_ready=True, tei_source="pub2tei",
    ),
    has_formula=False,
    figure=("A figure",),
    table=("A table",),
    access_condition=AccessCondition(content_type="isNotOpenAccess", value="https://example.org/l"),
    fulltext_url="https://publisher.example/xyz.12345",
)  # fmt: skip


def whole() -> PreparedDocument:
    """Return the document that has every kind of file."""
    names = expected(RECORD, _SOURCE, "wiley", SETTINGS.archive)
    named = msgspec.structs.replace(RECORD, id=names.id, ark_istex=names.ark, ark=(names.ark,))
    mods = Mods().make(Material(named))
    assert mods is not None
    made = [
        prepared_file("metadata", "mods", "application/mods+xml", mods),
        prepared_file("fulltext", "pdf", "application/pdf", PDF, original=True),
        prepared_file("metadata", "xml", "application/xml", b"<article/>", original=True),
        prepared_file("fulltext", "tei", TEI, FULL_TEI),
        prepared_file("fulltext", "txt", "text/plain", b"Slow magma."),
        prepared_file("fulltext", "cleaned", "text/cleaned", b"Slow magma."),
        prepared_file("fulltext", "ocr", "text/ocr", b"S1ow magma."),
        prepared_file("covers", "gif", "image/gif", b"GIF89a cover", original=True),
        prepared_file("annexes", "jpeg", "image/jpeg", b"\xff\xd8\xff one", original=True),
        *(
            prepared_file("annexes", "gif", "image/gif", content, original=True)
            for content in (b"GIF89a first", b"GIF89a second")
        ),
        *(prepared_file("enrichments", name, TEI, stand_off(name)) for name in ENRICHMENTS),
    ]
    return PreparedDocument(
        collection="wiley", record=RECORD, files=tuple(made), source=_SOURCE, reader="wiley"
    )


def make_home(home: Path, numbers: range) -> None:
    """Load the small documents of the other tests, and the whole one."""
    load(home, numbers, SETTINGS)
    with Archive.open(home, SETTINGS, writable=True) as archive:
        engine = open_engine(home, SETTINGS, writable=True)
        with archive.batch("wiley") as batch:
            batch.add(whole())
            batch.commit()
        for stored in archive.documents(engine.last_ord()):
            text = archive.index_text(stored)
            engine.add([IndexDocument(stored.ord, stored.id, stored.record, text)])
        engine.commit(archive.last_ord())
        engine.close()
