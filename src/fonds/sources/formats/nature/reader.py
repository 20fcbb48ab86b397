"""Nature Publishing Group's own articles: `pubfm` (issue), `fm` (head), `bdy`, `bm` (back)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from fonds.errors import Finding
from fonds.record import Contributor, Host, Record, Reference
from fonds.sources import parts, values
from fonds.sources.markup import readable, words
from fonds.sources.model import Reading, Source
from fonds.sources.parts import Fields
from fonds.sources.running_text import RunningText
from fonds.sources.xml import Element, local

_GENRES = {
    "af": "research-article",
    "ar": "research-article",
    "lt": "research-article",
    "bc": "brief-communication",
    "rv": "review-article",
    "pp": "review-article",
    "ed": "editorial",
    "br": "book-reviews",
    "bk": "book-reviews",
}
_PEOPLE = ("au", "cau", "auname")
_MARKS = frozenset({"oid", "coid", "email", "topic", "fnr", "orf", "corf"})
_ADDRESS = frozenset({"org", "street", "cty", "st", "zip", "cny"})
_NAME = frozenset({"fnm", "snm"})
_ENTRY = frozenset({"atl", "btl", "jtl", "vid", "iid", "ppf", "ppl", "refdoi"})
_PARAGRAPH = "p"


class NatureReader:
    """Reads NPG articles."""

    name = "nature"
    label = "Nature NPG"
    version = 2

    def __init__(self) -> None:
        self._body = RunningText("fonds.sources.formats.nature")

    def recognises(self, source: Source) -> bool:
        """Tell by an `article` with `pubfm` and `fm`."""
        root = source.root
        return (
            root is not None
            and local(root.tag) == "article"
            and root.find("pubfm") is not None
            and root.find("fm") is not None
        )

    def read(self, source: Source) -> tuple[Reading, ...]:
        """Read the article. Changes the tree."""
        return self._body.article(source, _record)


def _record(root: Element, findings: list[Finding]) -> Record:
    issue, head = root.find("pubfm"), root.find("fm")
    assert issue is not None
    assert head is not None
    category = issue.find("categ")
    kind = category.get("id") or "" if category is not None else ""
    kind = parts.first(issue, "categtxt") or kind if kind == "categtxt" else kind
    written = issue.find("idt")
    date = words(written)
    year = parts.year(date[:4], written, findings)
    fields: Fields = {
        "title": parts.title(
            readable(head.find("atl"), skip=_MARKS), readable(head.find("stl"), skip=_MARKS)
        ),
        "genre": (_GENRES.get(kind, "other") if kind else "article",),
        "original_genre": (kind or "N/A",),
        **parts.spoken(root.get("language")),
        "original_date": parts.as_delivered(date),
        "publication_date": year,
        "print_date": values.day(date[:4], date[4:6], date[6:8]),
        "online_date": _online(head),
        "copyright_date": _copied(issue),
        **parts.identifiers(issue.find("doi"), findings, root.get("id") or ""),
        "author": _authors(head),
        "subject": parts.subjects(head.iter("kwd"), root.get("language")),
        "host": _host(issue, year),
        "ref_bibs": _references(root.find("bm")),
    }
    return Record(**fields, **_abstracts(root, head))


def _abstracts(root: Element, head: Element) -> Fields:
    """Return the abstract: a letter's first paragraph stands for one."""
    found = {
        "": head.find("abs"),
        "first-paragraph": _first(root, "fm/fp", "bdy/fp"),
        "standfirst": head.find("stndfrst"),
        "executive-summary": head.find("execsumm"),
        "web-summary": head.find("websumm"),
    }
    texts = {kind: _prose(element) for kind, element in found.items()}
    own = next((k for k in ("", "first-paragraph", "standfirst") if texts[k]), "")
    return {
        "abstract": texts[own],
        "other_abstract": parts.local_texts(
            ("", kind, text) for kind, text in texts.items() if kind not in (own, "first-paragraph")
        ),
    }


def _prose(element: Element | None) -> str:
    if element is None:
        return ""
    blocks = element.findall(_PARAGRAPH) or [element]
    return " ".join(readable(block, skip=_MARKS) for block in blocks)


def _first(place: Element, *paths: str) -> Element | None:
    return next((e for path in paths if (e := place.find(path)) is not None), None)


def _online(head: Element) -> str:
    date = head.find("hst/pubdate[@type='aop']")
    if date is None:
        return ""
    return values.day(date.get("year") or "", date.get("month") or "", date.get("day") or "")


def _copied(issue: Element) -> str:
    year = parts.first(issue, "cpg/cpy")
    return year if values.is_year(year) else ""


def _host(issue: Element, year: str) -> Host:
    issns = issue.findall("issn")
    return Host(
        genre=("journal",),
        title=readable(issue.find("jtl")),
        publication_date=year,
        issn=parts.issns(words(e) for e in issns if e.get("type") != "electronic"),
        eissn=parts.issns(words(e) for e in issns if e.get("type") == "electronic"),
        publisher=parts.first(issue, "cpg/cpn"),
        volume=parts.first(issue, "vol"),
        issue=parts.first(issue, "iss"),
        pages=parts.pages(
            parts.first(issue, "pp/spn"), parts.first(issue, "pp/epn"), parts.first(issue, "pp/cnt")
        ),
    )


def _authors(head: Element) -> tuple[Contributor, ...]:
    addresses: dict[str, str] = {}
    mails: dict[str, list[str]] = {}
    for element in head.iterfind("aug/aff"):
        for mark in element.iter("oid"):
            addresses[mark.get("id") or ""] = readable(element, skip=_MARKS).strip(" ,;.")
    for element in head.iterfind("aug/caff"):
        for mark in element.iter("coid"):
            mails[mark.get("id") or ""] = [words(e) for e in element.iter("email")]
            if element.find("org") is not None:  # the address of the letter is an affiliation
                pieces = [words(e) for e in element if e.tag in _ADDRESS]
                addresses.setdefault(mark.get("id") or "", ", ".join(pieces))
    alone = list(dict.fromkeys(addresses.values())) if len(addresses) == 1 else []
    if not addresses:  # an affiliation without a mark is everybody's
        alone = [readable(e, skip=_MARKS).strip(" ,;.") for e in head.iterfind("aug/aff")]
    own = _own_mails([e for e in head.iterfind("aug/*") if e.tag in _PEOPLE], mails)
    found: list[Contributor | None] = []
    for element in head.iterfind("aug/*"):
        if element.tag in _PEOPLE:
            found.append(_author(element, addresses, own[element], alone))
        elif element.tag in ("collab", "group"):
            found.append(parts.group(readable(element, skip=_MARKS)))
    return parts.present(found)


def _own_mails(
    people: list[Element], mails: Mapping[str, list[str]]
) -> Mapping[Element, list[str]]:
    """Return everybody's mails; as many as there are people to write to are theirs in order."""
    writers = Counter(letter for person in people for letter in _letters(person))
    seen: Counter[str] = Counter()
    own: dict[Element, list[str]] = {}
    for person in people:
        own[person] = []
        for letter in _letters(person):
            shared = mails.get(letter, [])
            at = seen[letter]
            own[person] += shared[at : at + 1] if len(shared) == writers[letter] else shared
            seen[letter] += 1
    return own


def _letters(person: Element) -> list[str]:
    return [key for e in person.iter("corf") for key in (e.get("rid") or "").split()]


def _author(
    element: Element, addresses: Mapping[str, str], mails: list[str], alone: list[str]
) -> Contributor | None:
    marks = [key for e in element.iter("orf") for key in (e.get("rid") or "").split()]
    return parts.contributor(
        parts.first(element, "fnm"),
        parts.first(element, "snm"),
        suffix=parts.first(element, "suff"),
        affiliations=[addresses.get(mark, "") for mark in marks or _letters(element)] or alone,
        mails=mails,
    )


def _references(back: Element | None) -> tuple[Reference, ...]:
    found = (_reference(entry) for entry in back.iterfind("bibl/bib")) if back is not None else ()
    return tuple(reference for reference in found if reference is not None)


def _reference(entry: Element) -> Reference | None:
    text = entry.find("reftxt")
    text = entry if text is None else text
    date = text.find("cd")
    found = parts.texts(text, _ENTRY)
    title = readable(text.find("atl")) if "atl" in found else ""
    book = found.get("btl", "")
    return parts.reference(
        text,
        entry.get("id") or "",
        title=title or book,
        authors=[_named(e) for e in text.findall("refau")],
        editors=[_named(e) for e in text.findall("refed")],
        date=(words(date) or date.get("year") or "") if date is not None else "",
        doi=found.get("refdoi", ""),
        host=found.get("jtl") or (book if title else ""),
        volume=found.get("vid", ""),
        issue=found.get("iid", ""),
        begin=found.get("ppf", ""),
        end=found.get("ppl", ""),
    )


def _named(element: Element) -> Contributor | None:
    found = parts.texts(element, _NAME)
    return parts.person(found.get("fnm", ""), found.get("snm", ""))
