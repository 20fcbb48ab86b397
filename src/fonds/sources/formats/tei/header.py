"""The header of a TEI document, as fields of a record."""

from __future__ import annotations

from typing import Any

from fonds.errors import Finding
from fonds.record import AccessCondition, LocalText, Subject
from fonds.sources import values
from fonds.sources.formats.tei.description import LANG, Description
from fonds.sources.formats.tei.people import contributors, organisations
from fonds.sources.formats.tei.publication import read_publication
from fonds.sources.formats.tei.references import ID
from fonds.sources.languages import language
from fonds.sources.markup import words
from fonds.sources.xml import Element, line_of

# terms about the copy or its encoding, not about what it says
_NOT_SUBJECTS = frozenset({"form", "genre", "handwritten_note", "table_of_content", "illustration"})
_SIGNS = ("creativecommons", "creative commons", "creative\ncommons", "cc-by", "cc by", "cc0",
          "public domain")  # fmt: skip
_MOST_LICENCE = 1_000  # characters of a licence given in words

Fields = dict[str, Any]


def read_header(header: Description, findings: list[Finding]) -> Fields:
    """Return the fields of the record that a header gives."""
    lang = header.language()
    fields: Fields = {
        "language": (lang or "unknown",),
        "subject": _subjects(header),
        "access_condition": licence(header),
    }
    fields.update(_titles(header))
    fields.update(_people(header))
    fields.update(_abstracts(header, lang))
    fields.update(_numbers(header, findings))
    fields.update(read_publication(header, fields["title"]))
    return fields


def _titles(header: Description) -> Fields:
    titles = header.file.findall("{*}titleStmt/{*}title")
    named = [(one.get("type") or "main", one, words(one)) for one in titles]
    main = [text for kind, _, text in named if kind == "main" and text]
    # with a source in words alone, the subtitle is the edition's ("Édition Antonomaz")
    in_words = header.source_part("biblFull") is None and header.source_part("bibl") is not None
    below = [] if in_words else [text for kind, _, text in named if kind == "sub" and text]
    title = next(iter(main), "") or next((text for *_, text in named if text), "")
    others = [LocalText(kind="alternative", value=text) for text in main[1:] if text != title]
    others += [
        LocalText(lang=language(one.get(LANG)), value=text)
        for kind, one, text in named
        if kind in ("alt", "trl", "translated") and text
    ]
    return {
        "title": ": ".join([title, *below[:1]]) if title else "",
        "translated_title": tuple(others),
    }


def _people(header: Description) -> Fields:
    known = organisations(header.root)
    statement = header.file.find("{*}titleStmt")
    places = [] if statement is None else [statement]
    if header.source is not None:
        places += header.source.findall("{*}biblStruct/{*}analytic")
        places += header.source.findall("{*}bibl")
    fields: Fields = {"author": (), "editor": ()}
    for place in places:
        for role in ("author", "editor"):
            people = contributors(place.iterfind(f"{{*}}{role}"), known)
            if people and (not fields[role] or _knows_more(people, fields[role])):
                fields[role] = people
    return fields


def _knows_more(people: tuple[Any, ...], others: tuple[Any, ...]) -> bool:
    return len(people) == len(others) and sum(len(one.affiliations) for one in people) > sum(
        len(one.affiliations) for one in others
    )


def _abstracts(header: Description, lang: str) -> Fields:
    places = [] if header.profile is None else header.profile.findall("{*}abstract")
    if header.text is not None:
        places += header.text.findall("{*}front/{*}div[@type='abstract']")
    found = [
        LocalText(lang=language(one.get(LANG)), value=text)
        for one in places
        if (text := _abstract(one))
    ]
    own = next((one for one in found if one.lang == lang), next(iter(found), None))
    return {
        "abstract": own.value if own is not None else "",
        "other_abstract": tuple(one for one in found if one is not own),
    }


def _abstract(element: Element) -> str:
    parts = [words(one) for one in element.iterfind("{*}p")] or [words(element)]
    return " ".join(filter(None, parts))


def _subjects(header: Description) -> tuple[Subject, ...]:
    if header.profile is None:
        return ()
    found: list[Subject] = []
    for group in header.profile.iterfind("{*}textClass/{*}keywords"):
        for one in group.iter("{*}term", "{*}item"):
            text = words(one)
            if text and not len(one) and one.get("type") not in _NOT_SUBJECTS:
                code = language(one.get(LANG) or group.get(LANG))
                found.append(Subject(lang=(code,) if code else (), value=text))
    domains = header.profile.iterfind("{*}textClass/{*}classCode[@scheme='halDomain']")
    found += [Subject(value=words(one)) for one in domains]
    return tuple(dict.fromkeys(found))


def licence(header: Description) -> AccessCondition:
    """Return the terms of use: the licence's address, or its words."""
    place = header.file.find("{*}publicationStmt/{*}availability")
    if place is None:
        place = header.root.find("{*}teiHeader/{*}fileDesc/{*}publicationStmt/{*}availability")
    if place is None:
        return AccessCondition()
    links = [one.get("target") or "" for one in place.iter("{*}licence", "{*}ref")]
    text = words(place)
    value = next((link for link in links if link), "") or text[:_MOST_LICENCE]
    signs = f"{' '.join(links)} {text} {place.get('n') or ''}".lower()
    is_open = any(sign in signs for sign in _SIGNS)
    return AccessCondition(content_type="isOpenAccess" if is_open else "unknown", value=value)


def _numbers(header: Description, findings: list[Finding]) -> Fields:
    found = header.identifiers()
    fields: Fields = {"doi": (), "article_id": (), "fulltext_url": ""}
    for text in found.get("doi", []):
        valid = values.doi(text)
        if valid is None:
            line = line_of(header.file)
            findings.append(Finding("doi-invalid", f"{text[:80]!r}", line=line))
        elif valid not in fields["doi"]:
            fields["doi"] += (valid,)
    own = [*found.get("halid", []), *found.get("dlps", [])]
    own += [name for name in [header.root.get(ID)] if name]
    fields["article_id"] = tuple(dict.fromkeys(own))
    links = [*found.get("url", []), *found.get("haluri", []), *found.get("uri", [])]
    links += [text for text in found.get("", []) if text.startswith("http")]
    fields["fulltext_url"] = next(iter(links), "")
    for name in ("pmid", "pmcid", "arxiv"):
        fields[name] = tuple(found.get(name, []))
    return fields
