"""The bibliography of a JATS article, as far as its publisher structured it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from fonds.record import Contributor, Pages, Reference, ReferenceHost
from fonds.sources import values
from fonds.sources.markup import words
from fonds.sources.xml import Element

_CITATIONS = ("element-citation", "mixed-citation", "nlm-citation", "citation")
_TITLES = frozenset({"article-title", "chapter-title", "data-title", "part-title"})
_NOT_AUTHORS = frozenset({"editor", "translator", "reviewer", "compiler"})
_NAMES = frozenset({"name", "string-name", "collab"})
_TWICE = ["element-citation", "mixed-citation"]  # the same reference, structured and as printed
_MOST_TEXT = 2_000  # characters of a reference given in words


def read_references(back: Element | None) -> tuple[Reference, ...]:
    """Return every reference of the article's own lists, in order."""
    if back is None:
        return ()
    if back.find(".//ref") is None:
        return tuple(_in_notes(back))
    return tuple(
        reference
        for ref in back.iter("ref")
        for number, citation in enumerate(_citations(ref))
        if (reference := _entry(ref, citation, number)) is not None
    )


def _in_notes(back: Element) -> Iterator[Reference]:
    """Give the citations of JSTOR's footnotes, where they come without list and without text."""
    article = back.getparent()
    if article is None or article.find("body") is None:
        for citation in back.iterfind("fn-group/fn//mixed-citation"):
            reference = _reference(citation, citation.get("id", ""))
            if reference is not None:
                yield reference


def _entry(ref: Element, citation: Element, number: int) -> Reference | None:
    """Return a citation; where SciELO prints and structures it, once, with its printed form."""
    reference = _reference(citation, _key(ref, citation, number))
    printed = ref.find("mixed-citation")
    if printed is None or printed is citation:
        return reference
    if citation.tag != "element-citation" or number > 0:
        return reference
    text = _printed(printed, words(ref.find("label")))
    if reference is None:
        return _reference(printed, ref.get("id", ""))
    return msgspec.structs.replace(reference, text=text)


def _printed(citation: Element, label: str) -> str:
    """Return a citation as it is printed, without the number of the entry."""
    text = _said(citation)[:_MOST_TEXT]
    number = label.strip(" .[]()")
    return re.sub(rf"^[\[(]?{re.escape(number)}[\])]?\.?\s+", "", text) if number else text


def _said(citation: Element) -> str:
    """Return the words of a citation; what stands side by side without a blank is set apart."""
    for name in citation.iter("name"):
        for part in list(name)[:-1]:
            part.tail = part.tail or " "
        after = name.getnext()
        if after is not None and after.tag in _NAMES:
            name.tail = name.tail or ", "
    between = [citation.text, *(child.tail for child in citation)]
    if len(citation) < 2 or any(text and text.strip() for text in between):
        return words(citation)
    return ", ".join(filter(None, map(_leaf, citation)))  # fields alone, nothing between them


def _leaf(child: Element) -> str:
    people = child.findall("*") if child.tag == "person-group" else []
    return ", ".join(map(words, people)) if people else words(child)


def _citations(ref: Element) -> list[Element]:
    found = [child for child in ref if child.tag in _CITATIONS]
    if sorted(child.tag for child in found) == _TWICE:
        return [child for child in found if child.tag == "element-citation"]
    if found:
        return found
    return list(ref.iter(*_CITATIONS)) or ([ref] if words(ref) else [])


def _key(ref: Element, citation: Element, number: int) -> str:
    """Return what the text refers to: the entry's id; further citations of it have their own."""
    return ref.get("id", "") if number == 0 else citation.get("id", "")


class _Notes:
    """What was seen of one citation."""

    def __init__(self) -> None:
        self.title = ""
        self.texts: dict[str, str] = {}
        self.authors: list[Contributor] = []
        self.doi = ""
        self.pmid = ""


def _reference(citation: Element, key: str) -> Reference | None:
    notes = _Notes()
    for child in citation:
        _note(child, notes)
    texts = notes.texts
    host = _host(texts)
    structured = bool(notes.title or (host is not None and host.title))
    text = "" if structured else _said(citation)[:_MOST_TEXT]
    year = texts.get("year", "")[:4]
    if not (structured or text or notes.doi or notes.pmid):
        return None
    return Reference(
        title=_trimmed(notes.title),
        author=tuple(notes.authors),
        publication_date=year if values.is_year(year) else "",
        doi=notes.doi,
        pmid=notes.pmid,
        host=host,
        text=text,
        key=key,
    )


_TEXTS = frozenset({"source", "year", "volume", "issue", "fpage", "lpage", "isbn",
                    "elocation-id", "page-range", "publisher-name"})  # fmt: skip


def _note(element: Element, notes: _Notes) -> None:
    tag = element.tag
    if tag in _NAMES:
        author = _author(element)
        if author is not None:
            notes.authors.append(author)
    elif tag == "person-group":
        if element.get("person-group-type") not in _NOT_AUTHORS:
            for child in element:
                _note(child, notes)
    elif tag in _TITLES:
        notes.title = notes.title or words(element)
    elif tag in _TEXTS:
        notes.texts.setdefault(str(tag), words(element))
    elif tag in ("pub-id", "ext-link"):
        _identifier(element, notes)
    elif tag == "comment" and len(element):
        for child in element:
            _note(child, notes)


def _author(element: Element) -> Contributor | None:
    last = first = ""
    for child in element:
        tag = child.tag
        if tag == "surname":
            last = words(child)
        elif tag == "given-names":
            first = words(child)
    if not last:
        shown = words(element)
        return Contributor(name=shown) if shown else None
    return Contributor(name=f"{first} {last}".strip(), forename=first, surname=last)


def _identifier(element: Element, notes: _Notes) -> None:
    kind = element.get("pub-id-type") or element.get("ext-link-type") or ""
    if kind == "pmid":
        notes.pmid = notes.pmid or words(element)
    elif not notes.doi and (kind == "doi" or element.tag == "ext-link"):
        notes.doi = values.doi(words(element)) or ""


def _host(texts: dict[str, str]) -> ReferenceHost | None:
    first = texts.get("fpage") or texts.get("elocation-id", "")
    last = texts.get("lpage", "")
    if not first:
        first, _, last = texts.get("page-range", "").replace("\u2013", "-").partition("-")
    if not texts or not (texts.keys() - {"year"}):
        return None
    return ReferenceHost(
        title=_trimmed(texts.get("source", "")),
        volume=values.volume(texts.get("volume", "")),
        issue=texts.get("issue", ""),
        isbn=(texts["isbn"],) if texts.get("isbn") else (),
        pages=Pages(first=first, last=last) if first or last else None,
    )


def _trimmed(title: str) -> str:
    """Return a title without the commas and full stops of the bibliography around it."""
    return title.lstrip(" ,;.").rstrip(" ,;") if title.strip(" ,;.") else title
