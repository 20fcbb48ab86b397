"""Crossref deposits of journal articles, of every schema version.

Schemas: https://gitlab.com/crossref/schema. The namespace changes with each version, so local
names are matched.
"""

from __future__ import annotations

from fonds.errors import Finding
from fonds.record import AccessCondition, Contributor, Host, Pages, Record, Reference, ReferenceHost
from fonds.sources import values
from fonds.sources.languages import language
from fonds.sources.markup import readable, words
from fonds.sources.model import Reading, Source
from fonds.sources.xml import Element, line_of, local, without_namespaces

_ELECTRONIC = "electronic"


class CrossrefDepositReader:
    """Reads the journal articles of a deposit."""

    name = "crossref-deposit"
    label = "Crossref deposit"
    version = 2

    def recognises(self, source: Source) -> bool:
        """Tell by a `doi_batch` that holds journal articles."""
        root = source.root
        if root is None:
            return False
        return local(root.tag) == "doi_batch" and root.find(".//{*}journal_article") is not None

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every journal article of the deposit. Changes the tree."""
        root = source.root
        assert root is not None
        without_namespaces(root)
        return tuple(
            _read(article, journal)
            for journal in root.iter("journal")
            for article in journal.findall("journal_article")
        )


def _read(article: Element, journal: Element) -> Reading:
    findings: list[Finding] = []
    titles = article.find("titles")
    title = readable(titles.find("title")) if titles is not None else ""
    subtitle = readable(titles.find("subtitle")) if titles is not None else ""
    year, online, printed = _dates(article, findings)
    authors, editors = _people(article)
    record = Record(
        title=f"{title}: {subtitle}" if title and subtitle else title,
        abstract=_abstract(article),
        author=authors,
        editor=editors,
        language=(language(article.get("language")) or "unknown",),
        genre=("article",),
        original_genre=("journal_article",),
        publication_date=year,
        online_date=online,
        print_date=printed,
        doi=_dois(article, findings),
        article_id=_item_numbers(article),
        host=_host(article, journal, year),
        ref_bibs=tuple(_reference(c) for c in article.iterfind("citation_list/citation")),
        access_condition=_licence(article),
        fulltext_url=words(article.find("doi_data/resource")),
    )
    if not record.title and not record.doi:
        findings.append(Finding("no-title", "neither title nor DOI", line=line_of(article)))
    return Reading(record=record, findings=tuple(findings))


def _dates(article: Element, findings: list[Finding]) -> tuple[str, str, str]:
    found: dict[str, str] = {}
    for element in article.findall("publication_date"):
        year = words(element.find("year"))
        if values.is_year(year):
            kind = element.get("media_type") or "print"
            found.setdefault(
                kind, values.day(year, words(element.find("month")), words(element.find("day")))
            )
        elif year:
            findings.append(values.bad_year(year, line_of(element)))
    first = found.get("print") or found.get("online") or next(iter(found.values()), "")
    return first[:4], found.get("online", ""), found.get("print", "")


def _people(article: Element) -> tuple[tuple[Contributor, ...], tuple[Contributor, ...]]:
    authors: list[Contributor] = []
    editors: list[Contributor] = []
    for element in article.iterfind("contributors/*"):
        person = _person(element)
        if person is not None:
            role = element.get("contributor_role") or "author"
            (editors if role == "editor" else authors).append(person)
    return tuple(authors), tuple(editors)


def _person(element: Element) -> Contributor | None:
    if element.tag == "organization":
        name = words(element)
        return Contributor(name=name) if name else None
    if element.tag != "person_name":
        return None
    forename, surname = words(element.find("given_name")), words(element.find("surname"))
    suffix = words(element.find("suffix"))
    affiliations = [words(e) for e in element.findall("affiliation")]
    affiliations += [words(e) for e in element.iter("institution_name")]
    return Contributor(
        name=" ".join(filter(None, (forename, surname, suffix))),
        forename=forename,
        surname=surname,
        affiliations=tuple(dict.fromkeys(filter(None, affiliations))),
        orcid=values.orcid(words(element.find("ORCID"))),
    )


def _abstract(article: Element) -> str:
    element = article.find("abstract")
    return readable(element) if element is not None else ""


def _dois(article: Element, findings: list[Finding]) -> tuple[str, ...]:
    element = article.find("doi_data/doi")
    if element is None:
        return ()
    valid = values.doi(words(element))
    if valid is None:
        findings.append(Finding("doi-invalid", f"{words(element)[:80]!r}", line=line_of(element)))
        return ()
    return (valid,)


def _item_numbers(article: Element) -> tuple[str, ...]:
    return tuple(
        text
        for path in ("publisher_item/item_number", "publisher_item/identifier")
        for element in article.iterfind(path)
        if element.get("id_type") != "doi" and (text := words(element))
    )


def _host(article: Element, journal: Element, year: str) -> Host:
    meta, issue = journal.find("journal_metadata"), journal.find("journal_issue")
    printed: list[str] = []
    electronic: list[str] = []
    for element in meta.findall("issn") if meta is not None else []:
        number = values.issn(words(element))
        if number:
            target = electronic if element.get("media_type") == _ELECTRONIC else printed
            target.append(number)
    doi = values.doi(words(meta.find("doi_data/doi"))) if meta is not None else None
    return Host(
        genre=("journal",),
        title=words(meta.find("full_title")) if meta is not None else "",
        issn=tuple(printed),
        eissn=tuple(electronic),
        doi=(doi,) if doi else (),
        publication_date=year,
        publisher=words(journal.find("../../head/registrant")),
        volume=words(issue.find("journal_volume/volume")) if issue is not None else "",
        issue=words(issue.find("issue")) if issue is not None else "",
        pages=_pages(article),
    )


def _pages(article: Element) -> Pages | None:
    first = words(article.find("pages/first_page"))
    last = words(article.find("pages/last_page"))
    if not first and not last:
        return None
    counted = first.isdigit() and last.isdigit() and int(last) >= int(first)
    return Pages(first=first, last=last, total=str(int(last) - int(first) + 1) if counted else "")


def _reference(citation: Element) -> Reference:
    year = words(citation.find("cYear"))[:4]
    journal = words(citation.find("journal_title")) or words(citation.find("volume_title"))
    first = words(citation.find("first_page"))
    author = words(citation.find("author"))
    host = ReferenceHost(
        title=journal,
        volume=words(citation.find("volume")),
        issue=words(citation.find("issue")),
        pages=Pages(first=first) if first else None,
    )
    return Reference(
        title=words(citation.find("article_title")),
        author=(Contributor(name=author),) if author else (),
        publication_date=year if values.is_year(year) else "",
        doi=values.doi(words(citation.find("doi"))) or "",
        host=host if host != ReferenceHost() else None,
        text=words(citation.find("unstructured_citation")),
        key=citation.get("key", ""),
    )


def _licence(article: Element) -> AccessCondition:
    links = [words(e) for e in article.iter("license_ref")]
    value = next(iter(links), "")
    is_open = "creativecommons.org" in value.lower()
    return AccessCondition(content_type="isOpenAccess" if is_open else "unknown", value=value)
