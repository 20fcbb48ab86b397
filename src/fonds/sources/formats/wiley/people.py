"""Authors, editors and funders of WileyML."""

from __future__ import annotations

from collections.abc import Mapping

from fonds.record import Contributor, Funder
from fonds.sources import parts
from fonds.sources.markup import words
from fonds.sources.xml import Element

_ID = "{http://www.w3.org/XML/1998/namespace}id"
_NAME = frozenset({"givenNames", "familyNamePrefix", "familyName"})
_AUTHORS = frozenset({"", "author", "translator", "corporateAuthor", "collaborator", "reviewer"})


def people(content: Element) -> tuple[tuple[Contributor, ...], tuple[Contributor, ...]]:
    """Return authors and editors in order."""
    addresses = {
        e.get(_ID) or "": _address(e) for e in content.iterfind("affiliationGroup/affiliation")
    }
    authors: list[Contributor | None] = []
    editors: list[Contributor | None] = []
    for creator in content.iterfind("creators/creator"):
        role = creator.get("creatorRole") or ""
        if role.lower().endswith("editor"):
            editors.append(_creator(creator, addresses))
        elif role in _AUTHORS:
            authors.append(_creator(creator, addresses))
    return parts.present(authors), parts.present(editors)


def person(element: Element) -> Contributor | None:
    """Return a person from `givenNames` and `familyName`."""
    found = parts.texts(element, _NAME)
    surname = f"{found.get('familyNamePrefix', '')} {found.get('familyName', '')}".strip()
    return parts.person(found.get("givenNames", ""), surname)


def funders(content: Element) -> tuple[Funder, ...]:
    """Return who paid, with the numbers of the grants."""
    return tuple(
        Funder(
            name=words(agency) or agency.get("fundRefName") or "",
            id=agency.get("funderDoi") or "",
            award=tuple(words(e) for e in info.findall("fundingNumber") if words(e)),
        )
        for info in content.iterfind("fundingInfo")
        if (agency := info.find("fundingAgency")) is not None
    )


def _creator(creator: Element, addresses: Mapping[str, str]) -> Contributor | None:
    references = (creator.get("affiliationRef") or "").split()
    affiliations = [addresses.get(reference.lstrip("#"), "") for reference in references]
    named = creator.find("personName")
    if named is None:
        return parts.group(parts.first(creator, "groupName"), affiliations)
    found = person(named)
    orcid = creator.find("idGroup/id[@type='orcid']")
    return found and parts.contributor(
        found.forename,
        found.surname,
        suffix=parts.first(named, "nameSuffix"),
        affiliations=affiliations,
        mails=[words(e) for e in creator.iter("email")],
        orcid=orcid.get("value") or "" if orcid is not None else "",
    )


def _address(element: Element) -> str:
    """Return an affiliation as written, or its parts in one line."""
    whole = element.find("unparsedAffiliation")
    if whole is not None:
        return words(whole)
    pieces = [words(e) for e in element if e.tag in ("orgDiv", "orgName")]
    pieces += [words(e) for e in element.iterfind("address/*")]
    return ", ".join(filter(None, pieces))
