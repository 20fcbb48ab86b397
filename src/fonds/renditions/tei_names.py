"""People, titles, identifiers and extents in TEI, as the header and the bibliography write them."""

from __future__ import annotations

from fonds.record import Contributor, Pages
from fonds.renditions.names import EMAIL, emails, name_of
from fonds.renditions.xml_text import attribute, element, text
from fonds.sources.languages import tag


def person(tag_name: str, who: Contributor) -> str:
    """Return an author or editor with the parts of the name, ORCID, addresses, affiliations."""
    if who.surname and not who.affiliations and not who.orcid:  # as in most references
        forename = text(who.forename)
        first = f'<forename type="first">{forename}</forename>' if forename else ""
        return (
            f"<{tag_name}><persName>{first}<surname>{text(who.surname)}</surname></persName>"
            f"</{tag_name}>"
        )
    name = name_of(who)
    if name.family:
        forename = element("forename", name.given, ' type="first"')
        said = f"<persName>{forename}{element('surname', name.family)}</persName>"
    else:
        said = element("name", name.whole)
    said += element("idno", who.orcid, ' type="ORCID"')
    said += "".join(element("email", address) for address in emails(who))
    said += "".join(
        element("affiliation", one) for one in who.affiliations if not one.startswith(EMAIL)
    )
    return f"<{tag_name}>{said}</{tag_name}>" if said else ""


def idnos(values: tuple[str, ...], kind: str) -> str:
    """Return identifiers of one kind."""
    return "".join(element("idno", value, f' type="{kind}"') for value in values)


def date(value: str, kind: str = "") -> str:
    """Return a date; machines get it in `when` where it is YYYY[-MM[-DD]]."""
    if not value:
        return ""
    exact = f' when="{value}"' if _is_exact(value) else ""
    return element("date", value, (f' type="{kind}"' if kind else "") + exact)


def _is_exact(value: str) -> bool:
    if len(value) == 4:  # a year, as most are
        return value.isascii() and value.isdigit()
    year, *rest = value.split("-")
    return (
        value.isascii()
        and len(year) == 4
        and year.isdigit()
        and len(rest) <= 2
        and all(len(part) == 2 and part.isdigit() for part in rest)
        and all("01" <= part <= last for part, last in zip(rest, ("12", "28"), strict=False))
    )


def scopes(volume: str, issue: str, pages: Pages | None, number: str = "") -> str:
    """Return volume, issue, article number and pages."""
    said = element("biblScope", volume, ' unit="volume"') if volume else ""
    if issue:
        said += element("biblScope", issue, ' unit="issue"')
    if number:
        said += element("biblScope", number, ' unit="article"')
    return said + (_pages(pages) if pages is not None else "")


def _pages(pages: Pages) -> str:
    first, last = pages.first, pages.last
    shown = f"{first}-{last}" if first and last and first != last else first or last
    ends = f' from="{first}"' if first.isascii() and first.isalnum() else ""
    if last.isascii() and last.isalnum():
        ends += f' to="{last}"'
    return element("biblScope", shown, f' unit="page"{ends}')


def lang(code: str) -> str:
    """Return the attribute `xml:lang` of a three-letter code; nothing when it is unknown."""
    short = tag(code)
    return f' xml:lang="{short}"' if short else ""


def typed(value: str) -> str:
    """Return a text as a value of `type`: one word of letters, digits and - . _ : alone."""
    word = "".join(c if c.isalnum() or c in "-._:" else "-" for c in value.strip())
    return attribute(word) or "other"
