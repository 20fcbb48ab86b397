"""Érudit articles: `admin`, `liminaire`, `corps`, `partiesann` (schema 3.0.0)."""

from __future__ import annotations

from collections.abc import Iterator

from fonds.errors import Finding
from fonds.record import AccessCondition, Contributor, Host, LocalText, Record, Reference
from fonds.sources import parts, values
from fonds.sources.markup import readable, words
from fonds.sources.model import Reading, Source
from fonds.sources.parts import Fields
from fonds.sources.running_text import RunningText
from fonds.sources.xml import Element, local, without_namespaces

_HREF = "{http://www.w3.org/1999/xlink}href"
_GENRES = {
    "article": "research-article",
    "compterendu": "book-reviews",
    "note": "brief-communication",
    "editorial": "editorial",
}
_MARKS = frozenset({"renvoi", "idpublic", "titre"})
_REFERENCES = frozenset({"idpublic"})


class EruditReader:
    """Reads Érudit articles."""

    name = "erudit"
    label = "Érudit"
    version = 1

    def __init__(self) -> None:
        self._body = RunningText("fonds.sources.formats.erudit")

    def recognises(self, source: Source) -> bool:
        """Tell by an `article` with `admin` and `liminaire`."""
        root = source.root
        return (
            root is not None
            and local(root.tag) == "article"
            and root.find("{*}admin") is not None
            and root.find("{*}liminaire") is not None
        )

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read the article. Changes the tree."""
        return self._body.article(source, _record)


def _record(root: Element, findings: list[Finding]) -> Record:
    for path in ("{*}admin", "{*}liminaire", "{*}partiesann/{*}grbiblio"):
        place = root.find(path)
        if place is not None:
            without_namespaces(place)
    admin, head = root.find("admin"), root.find("liminaire")
    assert admin is not None
    assert head is not None
    code, kind = root.get("lang"), root.get("typeart") or ""
    place = admin.find("numero/pub/annee")
    year = parts.year(words(place), place, findings)
    online = parts.iso_day(parts.first(admin, "numero/pubnum/date"))
    fields: Fields = {
        "genre": (_GENRES.get(kind, "other") if kind else "article",),
        "original_genre": (kind or "N/A",),
        **parts.spoken(code),
        "original_date": parts.as_delivered(words(place)),
        "publication_date": year or online[:4],
        "online_date": online,
        **parts.identifiers(
            admin.find("infoarticle/idpublic[@scheme='doi']"),
            findings,
            root.get("idproprio") or "",
        ),
        "author": parts.present(_person(e) for e in head.iterfind("grauteur/auteur")),
        "subject": tuple(
            keyword
            for group in head.findall("grmotcle")
            for keyword in parts.subjects(group.findall("motcle"), group.get("lang") or code)
        ),
        "access_condition": _licence(admin),
        "host": _host(admin, year),
        "ref_bibs": tuple(_references(root)),
        **_titles(head),
        **_abstracts(head, code),
    }
    return Record(**fields)


def _titles(head: Element) -> Fields:
    group = head.find("grtitre")
    if group is None:
        return {}
    title = readable(group.find("titre"), skip=frozenset({"renvoi"}))
    under = readable(group.find("sstitre"), skip=frozenset({"renvoi"}))
    reviewed = " ; ".join(filter(None, (readable(e) for e in group.findall("trefbiblio"))))
    others: tuple[LocalText, ...] = parts.local_texts(
        (e.get("lang"), "", _parallel(group, e)) for e in group.findall("titreparal")
    )
    return {"title": parts.title(title, under) or reviewed, "translated_title": others}


def _parallel(group: Element, title: Element) -> str:
    """Return a title in another language with its subtitle."""
    under = group.find(f"sstitreparal[@lang='{title.get('lang')}']")
    return parts.title(readable(title), readable(under))


def _abstracts(head: Element, code: str | None) -> Fields:
    found = head.findall("resume")
    own = next((e for e in found if e.get("lang") == code), next(iter(found), None))
    return {
        "abstract": _prose(own),
        "other_abstract": parts.local_texts(
            (e.get("lang"), "", _prose(e)) for e in found if e is not own
        ),
    }


def _prose(element: Element | None) -> str:
    for paragraph in element.iter("alinea") if element is not None else ():
        paragraph.tag = "p"  # set apart when it is read
    return readable(element, skip=_MARKS)


def _host(admin: Element, year: str) -> Host:
    journal, issue = admin.find("revue"), admin.find("numero")
    editors = [e for e in journal if e.tag == "redacteurchef"] if journal is not None else []
    supplement = parts.first(issue, "horsserie")
    code = journal.get("id") or "" if journal is not None else ""
    return Host(
        genre=("journal",),
        title=parts.title(parts.first(journal, "titrerev"), parts.first(journal, "sstitrerev")),
        publication_date=year,
        issn=parts.issns([parts.first(journal, "idissn")]),
        eissn=parts.issns([parts.first(journal, "idissnnum")]),
        journal_id=tuple(filter(None, (code, parts.first(journal, "titrerevabr")))),
        publisher=parts.first(admin, "editeur/nomorg"),
        volume=parts.first(issue, "volume"),
        issue=" ".join(filter(None, (parts.first(issue, "nonumero"), supplement))),
        pages=parts.pages(
            parts.first(admin, "infoarticle/pagination/ppage"),
            parts.first(admin, "infoarticle/pagination/dpage"),
        ),
        editor=parts.present(_person(e) for e in editors),
    )


def _person(element: Element) -> Contributor | None:
    affiliations = [readable(e) for e in element.findall("affiliation")]
    names = element.find("nompers")
    if names is None:
        return parts.group(parts.first(element, "nomorg"), affiliations)
    forenames = filter(None, (parts.first(names, "prenom"), parts.first(names, "autreprenom")))
    orcid = parts.first(element, ".//idpublic[@scheme='orcid']")
    return parts.contributor(
        " ".join(forenames),
        parts.first(names, "nomfamille"),
        suffix=parts.first(names, "suffixe"),
        affiliations=affiliations,
        mails=[words(e) for e in element.iter("courriel")],
        orcid=orcid,
    )


def _licence(admin: Element) -> AccessCondition:
    rights = admin.findall("droitsauteur")
    links = [e.get(_HREF) or "" for right in rights for e in right.iter("liensimple")]
    link = next((at for at in links if "creativecommons" in at), "")
    return parts.access(link, next((text for text in map(words, rights) if text), ""))


def _references(root: Element) -> Iterator[Reference]:
    """Give every reference, which Érudit prints and does not structure."""
    place = root.find("{*}partiesann/grbiblio")
    for entry in place.iter("refbiblio") if place is not None else ():
        text = readable(entry, skip=_REFERENCES)
        if text:
            doi = values.doi(parts.first(entry, "idpublic[@scheme='doi']")) or ""
            yield Reference(key=entry.get("id") or "", doi=doi, text=text)
