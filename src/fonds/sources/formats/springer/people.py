"""Authors, editors and funders of A++."""

from __future__ import annotations

from collections.abc import Mapping

from fonds.record import Contributor, Funder
from fonds.sources import parts
from fonds.sources.markup import words
from fonds.sources.xml import Element

_NAMES = ("AuthorName", "EditorName", "CollaboratorName", "BibAuthorName", "BibEditorName")
_ADDRESSES = ("AffiliationIDS", "AffiliationIDs", "PresentAffiliationID")


def authors(header: Element | None, kind: str) -> tuple[Contributor, ...]:
    """Return the people of a header's `AuthorGroup` or `EditorGroup`, and its institutions."""
    if header is None:
        return ()
    found: list[Contributor | None] = []
    for group in header.findall(f"{kind}Group"):
        addresses = {e.get("ID") or "": _address(e) for e in group.iter("Affiliation")}
        for element in group:
            if element.tag == kind:
                found.append(_person(element, addresses))
            elif element.tag == f"Institutional{kind}":
                name = parts.first(element, f"Institutional{kind}Name")
                mails = [f"E-mail: {words(e)}" for e in element.iterfind("Contact/Email")]
                found.append(parts.group(name, [*_affiliations(element, addresses), *mails]))
    return parts.present(found)


def name(element: Element) -> Contributor | None:
    """Return the person of an `AuthorName`, `BibAuthorName` or their like."""
    forenames = [words(e) for e in element if e.tag in ("GivenName", "Initials")]
    family = " ".join(words(e) for e in element if e.tag in ("Particle", "FamilyName"))
    suffix = parts.first(element, "Suffix")
    return parts.contributor(" ".join(forenames), family, suffix=suffix)


def funders(*places: Element | None) -> tuple[Funder, ...]:
    """Return who paid, with the numbers of the grants; A++ of 2024 says it beside the dates."""
    found = tuple(
        Funder(
            name=parts.first(fund, "FunderName"),
            id=(named.get("FundRefID") or "")
            if (named := fund.find("FunderName")) is not None
            else "",
            award=tuple(words(e) for e in fund.findall("GrantNumber") if words(e)),
        )
        for place in places
        if place is not None
        for fund in place.iterfind(".//ArticleFundingInformation/Fund")
    )
    return tuple(dict.fromkeys(found))


def _person(element: Element, addresses: Mapping[str, str]) -> Contributor | None:
    named = next((e for e in element if e.tag in _NAMES), None)
    person = name(named) if named is not None else None
    if person is None:
        return None
    return parts.contributor(
        person.forename,
        person.surname,
        suffix=parts.first(named, "Suffix"),
        affiliations=_affiliations(element, addresses),
        mails=[words(e) for e in element.iterfind("Contact/Email")],
        orcid=element.get("ORCID") or "",
    )


def _affiliations(element: Element, addresses: Mapping[str, str]) -> list[str]:
    keys = " ".join(element.get(attribute) or "" for attribute in _ADDRESSES).split()
    return [addresses.get(key, "") for key in keys]


def _address(element: Element) -> str:
    pieces = [words(e) for e in element if e.tag in ("OrgDivision", "OrgName")]
    pieces += [words(e) for e in element.iterfind("OrgAddress/*")]
    return ", ".join(filter(None, pieces)) or words(element.find("URL"))
