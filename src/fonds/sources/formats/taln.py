"""Proceedings of TALN and RECITAL: one file holds the papers of a conference, without texts."""

from __future__ import annotations

from fonds.errors import Finding
from fonds.record import Conference, Contributor, Host, LocalText, Pages, Record, Subject
from fonds.sources import values
from fonds.sources.markup import words
from fonds.sources.model import Reading, Source
from fonds.sources.pieces import alone
from fonds.sources.xml import Element, line_of

_KEPT = frozenset({"edition"})


class TalnReader:
    """Reads the papers of a conference."""

    name = "taln"
    label = "TALN / RECITAL"
    version = 1

    def recognises(self, source: Source) -> bool:
        """Tell by a `conference` with an edition and articles."""
        root = source.root
        return root is not None and root.tag == "conference" and root.find("articles") is not None

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read every paper."""
        assert source.root is not None
        edition = source.root.find("edition")
        papers = source.root.iterfind("articles/article")
        return tuple(_read(paper, edition) for paper in papers)


def _read(paper: Element, edition: Element | None) -> Reading:
    french, english = words(paper.find("titre")), words(paper.find("title"))
    summary, abstract = words(paper.find("resume")), words(paper.find("abstract"))
    identifier = paper.get("id") or ""
    host = _host(paper, edition)
    record = Record(
        title=french or english,
        translated_title=(LocalText(lang="eng", value=english),) if french and english else (),
        abstract=summary or abstract,
        other_abstract=(LocalText(lang="eng", value=abstract),) if summary and abstract else (),
        author=tuple(_authors(paper)),
        subject=(*_subjects(paper, "mots_cles", "fre"), *_subjects(paper, "keywords", "eng")),
        language=("fre" if french else "eng",),
        genre=("conference",),
        original_genre=(words(paper.find("type")) or "N/A",),
        publication_date=host.publication_date,
        article_id=(identifier,) if identifier else (),
        host=host,
    )
    findings: tuple[Finding, ...] = ()
    if not record.title and not identifier:
        line = line_of(paper)
        findings = (Finding("no-title", "neither title nor identifier", line=line),)
    return Reading(record, None, findings, alone(paper, identifier or "paper", _KEPT))


def _host(paper: Element, edition: Element | None) -> Host:
    name = words(edition.find("titre")) if edition is not None else ""
    short = words(edition.find("acronyme")) if edition is not None else ""
    year = words(edition.find("dateDebut"))[:4] if edition is not None else ""
    people = edition.iterfind("presidents/president") if edition is not None else ()
    first, _, last = words(paper.find("pages")).partition("-")
    return Host(
        genre=("conference",),
        title=name or short,
        publication_date=year if values.is_year(year) else "",
        pages=Pages(first=first, last=last) if first else None,
        editor=tuple(_person(one, ()) for one in people),
        conference=(Conference(name=short or name),) if short or name else (),
    )


def _authors(paper: Element) -> list[Contributor]:
    places = {
        one.get("affiliationId"): words(one) for one in paper.iterfind("affiliations/affiliation")
    }
    found: list[Contributor] = []
    for one in paper.iterfind("auteurs/auteur"):
        numbers = [words(number) for number in one.iterfind("affiliationId")]
        named = [place for number in numbers if (place := places.get(number, ""))]
        mails = [f"E-mail: {mail}" for mail in map(words, one.iterfind("email")) if mail]
        found.append(_person(one, (*named, *mails)))
    return [person for person in found if person.name]


def _person(element: Element, affiliations: tuple[str, ...]) -> Contributor:
    first, last = words(element.find("prenom")), words(element.find("nom"))
    name = f"{first} {last}".strip()
    return Contributor(name=name, forename=first, surname=last, affiliations=affiliations)


def _subjects(paper: Element, name: str, lang: str) -> list[Subject]:
    parts = (part.strip(" .;") for part in words(paper.find(name)).replace(";", ",").split(","))
    return [Subject(lang=(lang,), value=part) for part in parts if part]
