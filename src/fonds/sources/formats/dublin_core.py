"""Dublin Core descriptions: simple, qualified, BASE's and OAI's, and as RDF.

Terms: https://www.dublincore.org/specifications/dublin-core/dcmi-terms/. Journal, volume and pages
stand in free text (`source`), so they are read only where the pattern is plain.
"""

from __future__ import annotations

import re

import msgspec

from fonds.errors import Finding
from fonds.record import Contributor, Host, LocalText, Record, Subject
from fonds.sources import parts, records, values
from fonds.sources.languages import language
from fonds.sources.markup import words
from fonds.sources.model import Reading, Source
from fonds.sources.pieces import alone
from fonds.sources.xml import Element, line_of, local

_NAMESPACES = frozenset({"http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"})
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DOI = re.compile(
    r"(?:doi\s*:\s*|info:doi[:/]|https?://(?:dx\.)?doi\.org/|info:eu-repo/semantics/altIdentifier/doi/)(10\.\S+)",
    re.IGNORECASE,
)
_ISSN = re.compile(r"\b(e?)(?:issn|pissn)\s*[:/]?\s*(\d{4}-?\d{3}[\dXx])", re.IGNORECASE)
_EISSN = re.compile(r"(?:eissn|issn online)\s*[:/]?\s*(\d{4}-?\d{3}[\dXx])", re.IGNORECASE)
_ARXIV = re.compile(r"arxiv(?:\.org/abs/|\s*:\s*|/)([a-z.-]*/?\d{4}\.?\d{3,5})", re.IGNORECASE)
_PMID = re.compile(r"(?:/pubmed/|pmid\s*:\s*|info:pmid/)(\d{1,8})\b", re.IGNORECASE)
_PMCID = re.compile(r"\b(PMC\d{3,8})\b")
# "Journal of Biomolecular NMR, 2015-12-01, Volume 63, pp 353-365"; "IMA Fungus 17: e173358"
_CITED = (
    re.compile(
        r"^(?P<title>[^,;]+?),.*?\bvol(?:ume|\.)?\s*(?P<volume>\d+)(?:.*?\b(?:issue|no\.?)\s*(?P<issue>\d+))?(?:.*?\bpp?\.?\s*(?P<pages>[\w-]+))?",
        re.IGNORECASE,
    ),
    re.compile(
        r"^(?P<title>[^,;]+?), (?:[^,]+, )?(?:\d{4}), (?P<volume>\d+)"
        r"(?: \((?P<issue>[^)]+)\))?, pp\.?\s*(?P<pages>[\w-]+)"
    ),
    re.compile(
        r"^(?P<title>\D[^,;:()]*?)\s+(?P<volume>\d+)(?:\((?P<issue>[^)]+)\))?:\s*(?P<pages>[\w-]+)$"
    ),
)
# HAL says the title alone, too, so that its commas are no riddle
_REST = re.compile(
    r"^, (?:[^,]+, )?\d{4}, (?P<volume>\d+)(?: \((?P<issue>[^)]+)\))?"
    r"(?:, pp\.?\s*(?P<pages>[\w-]+))?"
)
# arXiv: "Combinatorics, Probability and Computing 14 (2005) 439 - 465"
_JOURNAL_REF = re.compile(
    r"^(?P<title>[^\W\d][^\d:;()/]*?)\s+(?P<volume>\d+) \(\d{4}\) (?P<pages>\d+(?: ?[-–] ?\d+)?)$"
)
_GENRES = {
    "article": "article",
    "journal articles": "article",
    "journal article": "article",
    "research article": "research-article",
    "review article": "review-article",
    "bookpart": "chapter",
    "book": "book",
    "conferenceobject": "conference",
    "conference papers": "conference",
}
_NOISE = ("comment:", "international audience", "national audience")


class Described(msgspec.Struct, frozen=True):
    """The values of a description by the local name of their element."""

    values: dict[str, list[Element]]

    def texts(self, *names: str) -> list[str]:
        """Return what stands in elements, blanks collapsed, empty ones left out."""
        found = (_value(e) for name in names for e in self.values.get(name, ()))
        return [text for text in found if text]

    def first(self, *names: str) -> str:
        """Return the first value."""
        return next(iter(self.texts(*names)), "")


def _value(element: Element) -> str:
    """Return what an element says; in RDF it may stand in a `value` or a `name` further down."""
    if len(element):
        inner = next(element.iter("{*}value", "{*}name"), None)
        return words(inner if inner is not None else element)
    return words(element)


class DublinCoreReader:
    """Reads Dublin Core outside OAI-PMH: a description alone, or resources in RDF."""

    name = "dublin-core"
    label = "Dublin Core / RDF"
    version = 4

    def recognises(self, source: Source) -> bool:
        """Tell by a root whose children, or their children, are Dublin Core's, with a title."""
        return source.root is not None and bool(_resources(source.root))

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every description."""
        assert source.root is not None
        found = _resources(source.root)
        if len(found) == 1:
            return (read(found[0]),)
        return tuple(
            msgspec.structs.replace(read(one), piece=alone(one, one.get(_ABOUT) or str(at)))
            for at, one in enumerate(found, start=1)
        )


def _resources(root: Element) -> list[Element]:
    if local(root.tag) not in ("dc", "RDF", "qualifieddc", "metadata"):
        return []
    found = [root] if local(root.tag) != "RDF" else [e for e in root if isinstance(e.tag, str)]
    titled = [e for e in found if is_description(e)]
    return [e for e in titled if any(e.find(f"{{{n}}}title") is not None for n in _NAMESPACES)]


def with_arxiv(record: Record, identifier: str) -> Record:
    """Return the record with arXiv's number, where the repository's identifier holds it."""
    found = _all(_ARXIV, [identifier])
    if record.arxiv or not found:
        return record
    return msgspec.structs.replace(record, arxiv=found)


def is_description(element: Element) -> bool:
    """Tell an element whose children are Dublin Core's."""
    found = 0
    for child in element:
        if isinstance(child.tag, str) and child.tag[1:].partition("}")[0] in _NAMESPACES:
            found += 1
    return found > 0


def read(element: Element) -> Reading:
    """Read one description."""
    by_name: dict[str, list[Element]] = {}
    for child in element:
        if isinstance(child.tag, str):
            by_name.setdefault(local(child.tag), []).append(child)
    described = Described(by_name)
    findings: list[Finding] = []
    record = _record(described)
    if not record.title and not record.doi:
        findings.append(Finding("no-title", "neither title nor DOI", line=line_of(element)))
    return Reading(record=record, findings=tuple(findings))


def _record(described: Described) -> Record:
    identified = described.texts("identifier", "relation", "source", "bibliographicCitation")
    titles = described.values.get("title", [])
    title, *more = [_value(e) for e in titles if _value(e)] or [""]
    abstract, others = _abstracts(described)
    doi = _doi(described)
    years = described.texts("date", "issued", "created", "dateSubmitted", "year")
    year = next(filter(None, map(records.year, years)), "")
    kinds = tuple(dict.fromkeys(described.texts("type")))
    return Record(
        title=title,
        translated_title=tuple(
            LocalText(kind="alternative", value=text)
            for text in (*more, *described.texts("alternative"))
        ),
        abstract=abstract,
        other_abstract=others,
        author=_people(described),
        subject=_subjects(described),
        language=_languages(described) or ("unknown",),
        genre=(_genre(kinds),),
        original_genre=kinds,
        publication_date=year,
        doi=doi,
        pmid=_all(_PMID, identified),
        pmcid=_all(_PMCID, identified),
        arxiv=_all(_ARXIV, identified),
        host=_host(described, identified, year),
        access_condition=records.licence(*described.texts("rights", "accessRights", "license")),
        fulltext_url=_address(described, doi),
    )


def _people(described: Described) -> tuple[Contributor, ...]:
    """Return the creators; where some are described as persons, the bare names repeat them."""
    creators = described.values.get("creator", [])
    persons = [e for e in creators if len(e)]
    found = parts.present(_person(e) for e in persons or creators)
    return tuple(dict.fromkeys(found))


def _person(element: Element) -> Contributor | None:
    family = words(next(element.iter("{*}familyName"), None))
    if family:
        return parts.contributor(words(next(element.iter("{*}givenName"), None)), family)
    name = records.undated(_value(element).replace(" ,", ","))
    return records.turned(name, orcid=element.get("id") or "")


def _abstracts(described: Described) -> tuple[str, tuple[LocalText, ...]]:
    found = [
        (e, text)
        for name in ("abstract", "description")
        for e in described.values.get(name, ())
        if (text := words(e)) and not text.lower().startswith(_NOISE)
    ]
    if not found:
        return "", ()
    others = tuple(
        LocalText(lang=language(e.get(_LANG)), kind="description", value=text)
        for e, text in found[1:]
    )
    return records.plain(found[0][1]), others


def _subjects(described: Described) -> tuple[Subject, ...]:
    found = (
        Subject(lang=tuple(filter(None, [language(e.get(_LANG))])), value=text)
        for e in described.values.get("subject", ())
        for text in filter(None, (part.strip(" ;") for part in _value(e).split("; ")))
    )
    return tuple(dict.fromkeys(found))


def _languages(described: Described) -> tuple[str, ...]:
    said = described.texts("language", "lang")
    texts = [part.strip() for text in said for part in text.split(";")]
    return tuple(dict.fromkeys(filter(None, map(language, texts))))


def _genre(kinds: tuple[str, ...]) -> str:
    names = [kind.rpartition("/")[2].strip().lower() for kind in kinds]
    return next((_GENRES[name] for name in names if name in _GENRES), "other")


def _doi(described: Described) -> tuple[str, ...]:
    """Return the DOI; a source's sentence may cite others, so it comes last."""
    for text in described.texts("doi", "identifier", "relation", "source"):
        match = _DOI.search(text.replace("%2F", "/"))
        valid = values.doi(match[1]) if match else values.doi(text)
        if valid:
            return (valid,)
    return ()


def _all(pattern: re.Pattern[str], texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(match[1] for text in texts for match in pattern.finditer(text)))


def _host(described: Described, identified: list[str], year: str) -> Host | None:
    said = " ; ".join(identified)
    electronic = [n for n in map(values.issn, _EISSN.findall(said)) if n]
    printed = [n for match in _ISSN.findall(said) if not match[0] and (n := values.issn(match[1]))]
    isbns = tuple(
        filter(
            None,
            map(records.isbn, re.findall(r"isbn\D{0,3}([\d-]{9,16}[\dX])", said, re.IGNORECASE)),
        )
    )
    printed += parts.issns(described.texts("issn"))
    named = described.first("publicationName", "isPartOf")
    first, last = described.first("startingPage"), described.first("endingPage")
    cited = {"title": named} if named else _cited(described)
    publishers = described.texts("publisher")
    if not printed and not electronic and not isbns and not cited and not publishers:
        return None
    journal = bool(printed or electronic or cited)
    return Host(
        genre=("journal" if journal else "book",),
        title=cited.get("title", ""),
        issn=tuple(dict.fromkeys(n for n in printed if n not in electronic)),
        eissn=tuple(dict.fromkeys(electronic)),
        isbn=isbns,
        publisher=publishers[-1] if publishers else "",
        publication_date=year,
        volume=cited.get("volume", "") or described.first("volume"),
        issue=cited.get("issue", "") or described.first("number"),
        pages=records.span(first, last) or records.pages(cited.get("pages", "")),
    )


def _cited(described: Described) -> dict[str, str]:
    """Return what the phrases say of the journal and the place in it."""
    sources = described.texts("bibliographicCitation", "source")
    for title in sources:
        for longer in sources:
            if longer.startswith(title) and (match := _REST.match(longer[len(title) :])):
                return {"title": title, **_found(match)}
    for text in described.texts("identifier"):
        if match := _JOURNAL_REF.match(text):
            return _found(match)
    return _citation(sources)


def _found(match: re.Match[str]) -> dict[str, str]:
    return {name: value.strip() for name, value in match.groupdict().items() if value}


def _citation(texts: list[str]) -> dict[str, str]:
    for text in texts:
        for pattern in _CITED:
            if match := pattern.search(text):
                return _found(match)
    return {}


def _address(described: Described, doi: tuple[str, ...]) -> str:
    found = [
        t for t in described.texts("link", "identifier") if t.startswith(("http://", "https://"))
    ]
    return found[0] if found else f"https://doi.org/{doi[0]}" if doi else ""
