"""Where an article stands: journal, volume, issue, pages, dates and rights.

The article itself says none of it. Its wrapper does (`xocs:meta`, RDF of the `document` schema), or
a file delivered with it: `dataset.xml` (transport schemas, all versions) and `issue.xml`
(`serial-issue`). Each knows some of it; the nearest one wins, value by value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from fonds.record import Contributor
from fonds.sources import values
from fonds.sources.formats.elsevier.names import CE, JA, XOCS
from fonds.sources.formats.elsevier.people import read_people
from fonds.sources.markup import words
from fonds.sources.xml import Element, local

_CONFERENCE = re.compile(
    r"\b(conference|congress|symposium|workshop|meeting|proceedings|colloque|kongress)\b", re.I
)
_DAY = re.compile(r"(\d{4})-?(\d\d)?-?(\d\d)?", re.ASCII)
_NO_ISSUE = frozenset({"", "C"})  # xocs says "C" where a volume has no issues


class Place(msgspec.Struct, frozen=True):
    """What is known of the place; empty when unknown."""

    journal: str = ""
    issn: tuple[str, ...] = ()
    eissn: tuple[str, ...] = ()
    publisher: str = ""
    volume: str = ""
    issue: str = ""
    first: str = ""
    last: str = ""
    number: str = ""
    year: str = ""  # YYYY
    cover: str = ""  # YYYY[-MM[-DD]]
    online: str = ""  # YYYY[-MM[-DD]]
    licence: str = ""
    is_open: bool = False
    conference: str = ""
    editors: tuple[Contributor, ...] = ()


def read_place(root: Element, article: Element, beside: tuple[Element, ...]) -> Place:
    """Return what wrapper and companions say of an article, the nearest first."""
    place = Place()
    for other in _places(root, article, beside):
        place = _filled(place, other)
    return place


def _filled(place: Place, other: Place) -> Place:
    missing = {
        name: getattr(other, name)
        for name in place.__struct_fields__
        if not getattr(place, name) and getattr(other, name)
    }
    return msgspec.structs.replace(place, **missing) if missing else place


def _places(root: Element, article: Element, beside: tuple[Element, ...]) -> Iterator[Place]:
    meta = root.find(f"{XOCS}meta")
    if meta is not None:
        yield _of_meta(meta)
    described = root.find("{*}RDF/{*}Description")
    if described is not None:
        yield _of_rdf(described)
    keys = _keys(article)
    for companion in beside:
        name = local(companion.tag)
        if name == "serial-issue":
            yield from _of_issue(companion, keys)
        elif name == "dataset":
            yield from _of_dataset(companion, keys)


def _keys(article: Element) -> frozenset[str]:
    """Return what names the article in a companion."""
    info = article.find(f"{JA}item-info")
    found = (
        [words(info.find(path)) for path in (f"{CE}pii", f"{CE}doi")] if info is not None else []
    )
    return frozenset(_bare(text) for text in found if text)


def _bare(identifier: str) -> str:
    """Return a PII or DOI as it compares: without punctuation of the PII, in lower case."""
    text = identifier.strip().lower()
    return text if "/" in text else re.sub(r"[^0-9a-z]", "", text)


def _is_one_of(element: Element, keys: frozenset[str]) -> bool:
    named = (*element.iter("{*}pii"), *element.iter("{*}doi"))
    return any(_bare(words(one)) in keys for one in named)


def _of_meta(meta: Element) -> Place:
    def get(name: str) -> str:
        return words(meta.find(XOCS + name))

    issn = values.issn(words(meta.find(f"{XOCS}issns/{XOCS}issn-primary-formatted")))
    rights = meta.find(f"{XOCS}open-access")
    status = rights.find(f"{XOCS}oa-article-status") if rights is not None else None
    group = meta.find(f"{XOCS}title-editors-groups/{XOCS}title-editors-group")
    title = words(group.find(f"{CE}title")) if group is not None else ""
    issue, supplement = get("iss-first"), get("suppl")
    return Place(
        journal=get("srctitle"),
        issn=(issn,) if issn else (),
        volume=get("vol-first"),
        issue=issue or ("" if supplement in _NO_ISSUE else supplement),
        first=get("first-fp"),
        last=get("last-lp"),
        number=get("article-number"),
        year=_day(get("cover-date-year"))[:4] or _day(get("cover-date-start"))[:4],
        cover=_day(get("cover-date-start")),
        licence=words(rights.find(f"{XOCS}oa-user-license")) if rights is not None else "",
        is_open=status is not None and status.get("is-open-access") == "1",
        conference=title if _CONFERENCE.search(title) else "",
        editors=read_people(group.iter(f"{CE}author-group")) if group is not None else (),
    )


def _of_rdf(described: Element) -> Place:
    def get(name: str) -> str:
        return words(described.find(f"{{*}}{name}"))

    def deep(name: str) -> str:
        return words(next(described.iter(f"{{*}}{name}"), None))

    issn, eissn = values.issn(get("issn")), values.issn(get("eIssn"))
    shown = re.search(r"\b(\d{4})\b", get("coverDisplayDate"))
    cover = _day(get("coverDate"))
    return Place(
        journal=get("publicationName"),
        issn=(issn,) if issn else (),
        eissn=(eissn,) if eissn else (),
        publisher=get("publisher"),
        volume=get("volume"),
        issue=get("number") or get("issueIdentifier"),
        first=get("startingPage"),
        last=get("endingPage"),
        number=get("articleNumber"),
        year=cover[:4] or (shown[1] if shown and values.is_year(shown[1]) else ""),
        cover=cover,
        online=_day(deep("availableOnline")),
        licence=deep("userLicense") or deep("licenseLine"),
        is_open=deep("openAccessStatus").rpartition("#")[2].lower() in ("full", "true"),
    )


def _of_issue(issue: Element, keys: frozenset[str]) -> Iterator[Place]:
    """Read an issue's table of contents, when the article is in it."""
    for item in issue.iter("{*}include-item"):
        if _is_one_of(item, keys):
            yield msgspec.structs.replace(
                _of_volume(issue),
                first=words(next(item.iter("{*}first-page"), None)),
                last=words(next(item.iter("{*}last-page"), None)),
            )
            return


def _of_volume(place: Element) -> Place:
    """Read volume, issue and cover date, as `issue.xml` and `dataset.xml` both write them."""

    def first(*names: str) -> str:
        return next((text for name in names for e in place.iter(f"{{*}}{name}")
                     if (text := words(e))), "")  # fmt: skip

    issn = values.issn(first("issn"))
    issue, supplement = first("iss-first", "issue-number"), first("suppl")
    cover = _day(first("start-date"))
    last_volume, last_issue = first("vol-last"), first("iss-last")
    volume = first("vol-first", "volume-number")
    issue = issue or ("" if supplement in _NO_ISSUE else supplement)
    title = first("title") if local(place.tag) == "serial-issue" else ""
    return Place(
        journal=first("collection-title", "journal-title"),
        issn=(issn,) if issn else (),
        volume=f"{volume}–{last_volume}" if last_volume and last_volume != volume else volume,
        issue=f"{issue}–{last_issue}" if last_issue and last_issue != issue else issue,
        year=cover[:4],
        cover=cover,
        conference=title if _CONFERENCE.search(title) else "",
    )


def _of_dataset(dataset: Element, keys: frozenset[str]) -> Iterator[Place]:
    """Read the item of a delivery's list that is the article, then the issue it is listed in."""
    item = next((i for i in dataset.iter("{*}journal-item") if _is_one_of(i, keys)), None)
    if item is None:
        return
    yield msgspec.structs.replace(
        _of_volume(item),
        online=_day(words(next(item.iter("{*}online-publication-date"), None))),
        number=words(next(item.iter("{*}article-number"), None)),
        first=words(next(item.iter("{*}first-page"), None)),
        last=words(next(item.iter("{*}last-page"), None)),
    )
    issues = list(dataset.iter("{*}journal-issue"))
    parent = next((a for a in item.iterancestors("{*}journal-issue")), None)
    if parent is not None or len(issues) == 1:
        yield _of_volume(parent if parent is not None else issues[0])


def _day(text: str) -> str:
    match = _DAY.match(text.strip())
    return values.day(match[1], match[2] or "", match[3] or "") if match else ""
