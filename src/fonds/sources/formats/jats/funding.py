"""Who paid for a JATS article, in the elements of every version."""

from __future__ import annotations

from collections.abc import Iterator

from fonds.record import Funder
from fonds.sources.markup import words
from fonds.sources.xml import Element

_HREF = "{http://www.w3.org/1999/xlink}href"
_OLD = (("contract-sponsor", "contract-num"), ("grant-sponsor", "grant-num"))
_INSTITUTIONS = ("institution-wrap/institution", "institution")
_NAMED = "named-content"  # the funder's name or number, by its kind ("funder_name", "fundref-id")


def read_funders(meta: Element) -> tuple[Funder, ...]:
    """Return funders in order, each with the numbers of its awards."""
    found = [*_groups(meta), *_old(meta)]
    return tuple(dict.fromkeys(funder for funder in found if funder.name or funder.award))


def _groups(meta: Element) -> Iterator[Funder]:
    for group in meta.iterfind("funding-group/award-group"):
        awards = tuple(filter(None, map(words, group.findall("award-id"))))
        sources = group.findall("funding-source")
        for source in sources:
            # several sources of one group: nobody says whose the numbers are
            yield Funder(name=_name(source), id=_identifier(source), award=awards)
        if not sources and awards:
            yield Funder(award=awards)
    for source in meta.iterfind("funding-group/funding-source"):
        yield Funder(name=_name(source), id=_identifier(source))


def _old(meta: Element) -> Iterator[Funder]:
    """Give the sponsors of NLM 1 and 2, whose numbers point at them."""
    for sponsor, number in _OLD:
        for element in meta.iter(sponsor):
            key = element.get("id") or ""
            awards = (e for e in meta.iter(number) if key and key in (e.get("rid") or "").split())
            yield Funder(name=words(element), award=tuple(filter(None, map(words, awards))))


def _name(source: Element) -> str:
    for path in _INSTITUTIONS:
        names = [words(e) for e in source.findall(path)]
        if any(names):
            return ", ".join(filter(None, names))
    named = [words(e) for e in source.findall(_NAMED) if not _is_number(e)]
    if any(named):
        return ", ".join(filter(None, named))
    numbers = [e for e in source.findall(_NAMED) if _is_number(e)]
    if not numbers:
        return words(source)
    beside = (source.text, *(e.tail for e in source))
    return " ".join(" ".join(filter(None, beside)).split())


def _is_number(element: Element) -> bool:
    kind = (element.get("content-type") or "").lower()
    return kind.endswith(("id", "identifier", "doi", "ror"))


def _identifier(source: Element) -> str:
    numbers = [words(e) for e in source.findall(_NAMED) if _is_number(e)]
    full = [one for one in numbers if "10.13039" in one]  # of the Funder Registry, whole
    identifier = words(source.find(".//institution-id")) or next(iter(full or numbers), "")
    return identifier or source.get("rid") or source.get(_HREF) or ""
