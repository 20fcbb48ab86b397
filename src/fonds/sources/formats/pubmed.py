"""PubMed and MEDLINE citations, articles and books.

Elements: https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html.
"""

from __future__ import annotations

from collections.abc import Iterable

from fonds.errors import Finding
from fonds.record import (
    AccessCondition,
    Contributor,
    Funder,
    Host,
    LocalText,
    Pages,
    Record,
    Reference,
    Subject,
)
from fonds.sources import parts, records, values
from fonds.sources.languages import language
from fonds.sources.markup import readable, words
from fonds.sources.model import Piece, Reading, Source
from fonds.sources.pieces import alone
from fonds.sources.xml import Element, line_of, local

_SETS = frozenset({"PubmedArticleSet", "PubmedBookArticleSet", "MedlineCitationSet"})
_RECORDS = ("PubmedArticle", "PubmedBookArticle", "MedlineCitation")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# MEDLINE's publication types, the telling ones first -> ISTEX's genre
_GENRES = {
    "review": "review-article",
    "systematic review": "review-article",
    "meta-analysis": "review-article",
    "case reports": "case-report",
    "editorial": "editorial",
    "book review": "book-reviews",
    "congress": "conference",
    "consensus development conference": "conference",
    "meeting abstract": "abstract",
    "clinical trial": "research-article",
    "randomized controlled trial": "research-article",
    "journal article": "research-article",
    "letter": "other",
}


class PubmedReader:
    """Reads every citation of a PubMed file."""

    name = "pubmed"
    label = "PubMed / MEDLINE"
    version = 3

    def recognises(self, source: Source) -> bool:
        """Tell by the sets and elements of PubMed's own DTDs."""
        root = source.root
        if root is None:
            return False
        return root.tag in _RECORDS or (local(root.tag) in _SETS and bool(_citations(root)))

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every citation."""
        assert source.root is not None
        found = _citations(source.root)
        return tuple(_read(one, _piece(one, len(found))) for one in found)


def _citations(root: Element) -> list[Element]:
    if root.tag in _RECORDS:
        return [root]
    return [child for child in root if child.tag in _RECORDS]


def _piece(citation: Element, count: int) -> Piece | None:
    if count == 1:
        return None
    return alone(citation, words(citation.find(".//PMID")) or "0")


def _read(citation: Element, piece: Piece | None) -> Reading:
    findings: list[Finding] = []
    if citation.tag == "PubmedBookArticle":
        record = _book(citation, findings)
    else:
        record = _article(citation, findings)
    if not record.title and not record.doi and not record.pmid:
        findings.append(Finding("no-title", "neither title nor PMID", line=line_of(citation)))
    return Reading(record=record, findings=tuple(findings), piece=piece)


def _article(citation: Element, findings: list[Finding]) -> Record:
    medline = citation if citation.tag == "MedlineCitation" else citation.find("MedlineCitation")
    article = medline.find("Article") if medline is not None else None
    if medline is None or article is None:
        return Record()
    issue = article.find("Journal/JournalIssue")
    printed = _date(issue.find("PubDate") if issue is not None else None, findings)
    online = _date(article.find("ArticleDate"), findings)
    ids = _identifiers(citation, article, findings)
    vernacular = readable(article.find("VernacularTitle"))
    title = readable(article.find("ArticleTitle"))
    languages = tuple(dict.fromkeys(filter(None, map(_language, article.findall("Language")))))
    kinds = tuple(words(e) for e in article.iterfind("PublicationTypeList/PublicationType"))
    abstract, others = _abstracts(article, medline)
    pmid = words(medline.find("PMID"))
    return Record(
        title=_title(title, vernacular),
        translated_title=_translated(title, vernacular),
        abstract=abstract,
        other_abstract=others,
        author=_people(article.find("AuthorList")),
        subject=_subjects(medline),
        language=languages or ("unknown",),
        genre=(_genre(kinds),),
        original_genre=kinds,
        publication_date=(printed or online)[:4],
        online_date=online,
        print_date=printed if issue is not None and issue.get("CitedMedium") == "Print" else "",
        doi=ids.get("doi", ()),
        pii=ids.get("pii", ()),
        pmid=(pmid,) if pmid else (),
        pmcid=ids.get("pmc", ()),
        erratum_of=_corrected(medline),
        host=_journal(article, medline, (printed or online)[:4]),
        ref_bibs=tuple(
            _reference(e) for e in citation.iterfind("PubmedData/ReferenceList/Reference")
        ),
        access_condition=AccessCondition(),
        funder=records.funders(_grant(e) for e in article.iterfind("GrantList/Grant")),
        fulltext_url=_address(ids.get("doi", ()), pmid),
    )


def _title(title: str, vernacular: str) -> str:
    """Return the publisher's own title, without PubMed's full stop and brackets."""
    own = vernacular or title
    return own.removesuffix(".").strip("[]") if not own.endswith("..") else own


def _translated(title: str, vernacular: str) -> tuple[LocalText, ...]:
    """Return the English title that PubMed put in brackets beside the publisher's own."""
    if vernacular and title.startswith("["):
        return (LocalText(lang="eng", kind="translated", value=title.strip("[].")),)
    return ()


def _language(element: Element) -> str:
    return language(words(element)) if words(element) != "und" else ""


def _date(element: Element | None, findings: list[Finding]) -> str:
    """Return a day from Year, Month and Day, or the first year of a MedlineDate."""
    if element is None:
        return ""
    text, year = words(element.find("MedlineDate")), words(element.find("Year"))
    if text and not year:
        year, *rest = [records.year(text), *text.split()[1:2]]
        return values.day(year, _month(rest[0]) if rest else "", "") if year else ""
    if year and not values.is_year(year):
        findings.append(values.bad_year(year, line_of(element)))
    month = _month(words(element.find("Month")))
    return values.day(year, month, words(element.find("Day")))


def _month(text: str) -> str:
    name = text.lower()[:3]
    return str(_MONTHS.index(name) + 1) if name in _MONTHS else text


def _identifiers(
    citation: Element, article: Element, findings: list[Finding]
) -> dict[str, tuple[str, ...]]:
    """Return identifiers by kind; those of the references do not count."""
    found: dict[str, list[str]] = {}
    located = [
        (e.get("EIdType"), e) for e in article.findall("ELocationID") if e.get("ValidYN") != "N"
    ]
    located += [
        (e.get("IdType"), e) for e in citation.iterfind("PubmedData/ArticleIdList/ArticleId")
    ]
    for kind, element in located:
        text = words(element)
        if kind == "doi":
            valid = values.doi(text)
            if valid is None:
                findings.append(Finding("doi-invalid", f"{text[:80]!r}", line=line_of(element)))
                continue
            text = valid
        if kind and text and text not in found.setdefault(kind, []):
            found[kind].append(text)
    return {kind: tuple(texts) for kind, texts in found.items()}


def _abstracts(article: Element, medline: Element) -> tuple[str, tuple[LocalText, ...]]:
    main = _abstract(article.find("Abstract"))
    others = tuple(
        LocalText(lang=language(e.get("Language")), kind=(e.get("Type") or "").lower(), value=text)
        for e in medline.findall("OtherAbstract")
        if (text := _abstract(e))
    )
    return main, others


def _abstract(element: Element | None) -> str:
    """Return the parts of an abstract, each behind its label."""
    if element is None:
        return ""
    parts = []
    for part in element.findall("AbstractText"):
        label, text = part.get("Label") or "", readable(part)
        parts.append(f"{label}: {text}" if label and text else text)
    return " ".join(filter(None, parts))


def _people(people: Element | None) -> tuple[Contributor, ...]:
    found = (_person(e) for e in people.findall("Author")) if people is not None else ()
    return tuple(person for person in found if person is not None)


def _person(author: Element) -> Contributor | None:
    affiliations = tuple(words(e) for e in author.iter("Affiliation"))
    if collective := words(author.find("CollectiveName")):
        return parts.group(collective, affiliations)
    orcid = next((words(e) for e in author.findall("Identifier") if e.get("Source") == "ORCID"), "")
    return parts.contributor(
        words(author.find("ForeName")) or words(author.find("Initials")),
        words(author.find("LastName")),
        suffix=words(author.find("Suffix")),
        affiliations=affiliations,
        orcid=orcid,
    )


def _subjects(medline: Element) -> tuple[Subject, ...]:
    """Return the authors' keywords, then the descriptors of MeSH."""
    found = [e for keywords in medline.findall("KeywordList") for e in keywords.findall("Keyword")]
    found += medline.iterfind("MeshHeadingList/MeshHeading/DescriptorName")
    texts = dict.fromkeys(filter(None, map(readable, found)))
    return tuple(Subject(lang=("eng",), value=text) for text in texts)


def _genre(kinds: Iterable[str]) -> str:
    names = {kind.lower() for kind in kinds}
    return next((genre for name, genre in _GENRES.items() if name in names), "other")


def _corrected(medline: Element) -> tuple[str, ...]:
    """Return the PMIDs of what an erratum corrects."""
    found = medline.iterfind("CommentsCorrectionsList/CommentsCorrections[@RefType='ErratumFor']")
    return tuple(pmid for e in found if (pmid := words(e.find("PMID"))))


def _journal(article: Element, medline: Element, year: str) -> Host:
    journal = article.find("Journal")
    printed: list[str] = []
    electronic: list[str] = []
    for element in journal.findall("ISSN") if journal is not None else []:
        if number := values.issn(words(element)):
            is_online = element.get("IssnType") == "Electronic"
            (electronic if is_online else printed).append(number)
    number = words(medline.find("MedlineJournalInfo/NlmUniqueID"))
    return Host(
        genre=("journal",),
        title=words(article.find("Journal/Title")),
        issn=tuple(printed),
        eissn=tuple(electronic),
        journal_id=(number,) if number else (),
        publication_date=year,
        volume=words(article.find("Journal/JournalIssue/Volume")),
        issue=words(article.find("Journal/JournalIssue/Issue")),
        pages=_pages(article),
    )


def _pages(article: Element) -> Pages | None:
    start, end = (words(article.find(f"Pagination/{name}Page")) for name in ("Start", "End"))
    if start:
        return records.span(start, end)
    text = words(article.find("Pagination/MedlinePgn"))
    return None if text.startswith("[") else records.pages(text)


def _reference(element: Element) -> Reference:
    ids = {e.get("IdType"): words(e) for e in element.iterfind("ArticleIdList/ArticleId")}
    return Reference(
        doi=values.doi(ids.get("doi", "")) or "",
        pmid=ids.get("pubmed", ""),
        text=readable(element.find("Citation")),
    )


def _grant(element: Element) -> Funder:
    number = words(element.find("GrantID"))
    return Funder(name=words(element.find("Agency")), award=(number,) if number else ())


def _address(dois: tuple[str, ...], pmid: str) -> str:
    if dois:
        return f"https://doi.org/{dois[0]}"
    return f"https://pubmed.ncbi.nlm.nih.gov/{pmid}/" if pmid else ""


def _book(citation: Element, findings: list[Finding]) -> Record:
    document = citation.find("BookDocument")
    if document is None:
        return Record()
    book = document.find("Book")
    title, own = readable(document.find("ArticleTitle")), words(document.find("PMID"))
    date = _date(book.find("PubDate") if book is not None else None, findings)
    ids = {e.get("IdType"): words(e) for e in document.iterfind("ArticleIdList/ArticleId")}
    doi = values.doi(ids.get("doi", ""))
    authors = [e for e in document.findall("AuthorList") if e.get("Type") != "editors"]
    accession = ids.get("bookaccession", "")
    return Record(
        title=title or readable(document.find("Book/BookTitle")),
        abstract=_abstract(document.find("Abstract")),
        author=_people(
            authors[0] if authors else document.find("Book/AuthorList[@Type='authors']")
        ),
        subject=_subjects(document),
        language=tuple(filter(None, map(_language, document.findall("Language")))) or ("unknown",),
        genre=("chapter" if title else "book",),
        original_genre=tuple(words(e) for e in document.findall("PublicationType")),
        publication_date=date[:4],
        doi=(doi,) if doi else (),
        pmid=(own,) if own else (),
        article_id=(accession,) if accession else (),
        host=_book_host(book, date[:4]),
        access_condition=AccessCondition(),
        fulltext_url=_address((doi,) if doi else (), own),
    )


def _book_host(book: Element | None, year: str) -> Host:
    if book is None:
        return Host(genre=("book",))
    isbns = dict.fromkeys(filter(None, (records.isbn(words(e)) for e in book.findall("Isbn"))))
    return Host(
        genre=("book",),
        title=readable(book.find("BookTitle")),
        isbn=tuple(isbns),
        publication_date=year,
        publisher=words(book.find("Publisher/PublisherName")),
        volume=words(book.find("Volume")),
        author=_people(book.find("AuthorList[@Type='authors']")),
        editor=_people(book.find("AuthorList[@Type='editors']")),
    )
