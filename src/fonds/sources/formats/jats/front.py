"""The front of a JATS article: journal, numbers, titles, abstracts, keywords, licence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from fonds.errors import Finding
from fonds.record import AccessCondition, Conference, Host, LocalText, Pages, Subject
from fonds.sources import parts, values
from fonds.sources.formats.jats.dates import read_dates
from fonds.sources.formats.jats.funding import read_funders
from fonds.sources.formats.jats.people import read_people
from fonds.sources.languages import language
from fonds.sources.markup import readable, words
from fonds.sources.values import is_number
from fonds.sources.xml import Element, line_of

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_HREF = "{http://www.w3.org/1999/xlink}href"
_LABELS = ("abstract", "summary", "résumé", "resumo", "resumen", "zusammenfassung", "riassunto")
_SKIPPED_KEYWORDS = frozenset({"abbreviations", "abbreviation"})
_PRINT = frozenset({"ppub", "print"})
_ELECTRONIC = frozenset({"epub", "electronic", "online", "online-only"})
_DEFAULT_LANGUAGE = "eng"  # the DTDs of every version declare `article/@xml:lang` so
_CODE = re.compile(r"identifier|code")  # of a term in a vocabulary, beside the term
_STOP = re.compile(r"(?<=[^\W\d_]{3})\.$")  # of the last keyword of a line
_MOST_LICENCE = 1_000  # characters of a licence given in words

Fields = dict[str, Any]


def read_front(article: Element, findings: list[Finding]) -> Fields:
    """Return the fields of the record that the front gives."""
    front = article.find("front")
    if front is None:
        return _bare(article)
    meta = front.find("article-meta")
    if meta is None:
        meta = front
    journal = front.find("journal-meta")
    kind = article.get("article-type") or ""
    dates = read_dates(meta, findings)
    fields: Fields = {
        "original_genre": (kind,) if kind else ("N/A",),
        "genre": (values.genre(kind) if kind else "article",),
        "language": _languages(article, meta),
        "original_language": tuple(filter(None, (article.get(_LANG),))),
        "publication_date": dates.publication,
        "copyright_date": dates.copyright,
        "online_date": dates.online,
        "print_date": dates.printed,
        "original_date": dates.original,
        "host": _host(journal, meta, dates.publication, article),
        "access_condition": read_licence(meta),
        "erratum_of": _erratum(meta),
    }
    fields.update(_identifiers(meta, findings))
    fields.update(_titles(article, meta))
    fields.update(read_abstracts(article, meta))
    fields["subject"] = (*read_keywords(meta), *_translated_keywords(article))
    fields["funder"] = read_funders(meta)
    fields["author"], fields["editor"] = read_people(meta, front)
    return fields


def _bare(article: Element) -> Fields:
    """Return what an article without front still says."""
    kind = article.get("article-type") or ""
    found = language(article.get(_LANG))
    return {
        "original_genre": (kind,) if kind else ("N/A",),
        "genre": (values.genre(kind) if kind else "article",),
        "language": (found,) if found else (),
        "host": Host(genre=("journal",)),
    }


def _languages(article: Element, meta: Element) -> tuple[str, ...]:
    found = language(article.get(_LANG))
    if not found:
        title = meta.find("title-group/article-title")
        found = language(title.get(_LANG)) if title is not None else ""
    if not found:
        found = _custom_language(meta)
    if not found and article.get(_LANG) is None and not _has_english_translation(meta):
        found = _DEFAULT_LANGUAGE
    return (found,) if found else ("unknown",)


def _custom_language(meta: Element) -> str:
    """Return the language that JSTOR gives among its own fields."""
    for one in meta.iterfind("custom-meta-group/custom-meta"):
        if words(one.find("meta-name")) == "lang":
            return language(words(one.find("meta-value")))
    return ""


def _has_english_translation(meta: Element) -> bool:
    return any(
        language(element.get(_LANG)) == _DEFAULT_LANGUAGE
        for element in meta.iter("trans-title-group", "trans-title", "trans-abstract")
    )


def _identifiers(meta: Element, findings: list[Finding]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for element in meta.findall("article-id"):
        kind, text = element.get("pub-id-type") or "other", words(element)
        if not text:
            continue
        if kind == "doi":
            valid = values.doi(text)
            if valid is None:
                findings.append(Finding("doi-invalid", f"{text[:80]!r}", line=line_of(element)))
                kind = "publisher-id"
            text = valid or text
        elif kind in ("pmc", "pmcid", "pmcaid"):
            kind = "pmcid"
            text = text if text.upper().startswith("PMC") else f"PMC{text}"
        elif kind == "arxiv":
            text = text.removeprefix("arXiv:")
        name = _NAMES.get(kind)
        if name and text not in found.setdefault(name, []):
            found[name].append(text)
    return {name: tuple(texts) for name, texts in found.items()}


_NAMES = {
    "doi": "doi",
    "pmid": "pmid",
    "pmcid": "pmcid",
    "pii": "pii",
    "sici": "sici",
    "arxiv": "arxiv",
    "publisher-id": "article_id",
    "manuscript": "article_id",
    "jstor": "article_id",
    "jstor-stable": "article_id",
}


def _titles(article: Element, meta: Element) -> Fields:
    group = meta.find("title-group")
    title = readable(
        meta.find(".//article-title") if group is None else group.find("article-title")
    )
    subtitle = readable(group.find("subtitle")) if group is not None else ""
    title = parts.title(title, subtitle)
    return {
        "title": title or _reviewed(meta),
        "translated_title": tuple(_translations(article, group)),
    }


def _reviewed(meta: Element) -> str:
    """Return the title of what is reviewed, for a review without a title of its own."""
    product = meta.find("product")
    source = product.find("source") if product is not None else None
    return readable(source)


def _translations(article: Element, group: Element | None) -> Iterator[LocalText]:
    if group is not None:
        for element in group.iterfind("trans-title-group"):
            title = readable(element.find("trans-title"))
            if title:
                yield LocalText(lang=language(element.get(_LANG)), value=title)
        for element in group.iterfind("trans-title"):
            title = readable(element)
            if title:
                yield LocalText(lang=language(element.get(_LANG)), value=title)
    for part in article.iterfind("sub-article[@article-type='translation']"):
        title = readable(part.find("front-stub/title-group/article-title"))
        if title:
            yield LocalText(lang=language(part.get(_LANG)), value=title)


def read_abstracts(article: Element, meta: Element) -> Fields:
    """Return the abstract and the further ones, of an article or a chapter."""
    own = [e for e in meta.findall("abstract") if words(e)]
    plain = [e for e in own if not e.get("abstract-type")]
    long = [e for e in own if e.get("abstract-type") not in _SHORT]
    first = next(iter(plain or long or own), None)
    others = [e for e in own if e is not first] + meta.findall("trans-abstract")
    for part in article.iterfind("sub-article[@article-type='translation']"):
        others += part.findall("front-stub/abstract")
    return {
        "abstract": _abstract(first) if first is not None else "",
        "other_abstract": tuple(
            LocalText(
                lang=language(element.get(_LANG)),
                kind=element.get("abstract-type") or "",
                value=text,
            )
            for element in others
            if (text := _abstract(element))
        ),
    }


_SHORT = frozenset({"toc", "teaser", "graphical", "web-summary", "short", "author-highlights"})


def _abstract(element: Element) -> str:
    """Return an abstract's text; a heading that only says "Abstract" is not part of it."""
    title = element.find("title")
    if title is not None and words(title).strip(" .:").lower() in _LABELS:
        title.text, title.tail = "", title.tail
        for child in list(title):
            title.remove(child)
    for heading in element.iter("title"):
        text = words(heading)
        if text and not text.endswith((".", ":", "?", "!")):
            heading.tail = ": " + (heading.tail or "")
    return (
        readable(element, skip=frozenset({"label", "fig", "table-wrap"}))
        .lstrip(": ")
        .replace(" : ", ": ")
    )


def read_keywords(meta: Element) -> tuple[Subject, ...]:
    """Return the keywords of the author or publisher."""
    found: list[Subject] = []
    for group in meta.findall("kwd-group"):
        if (group.get("kwd-group-type") or "").lower() in _SKIPPED_KEYWORDS:
            continue
        code = language(group.get(_LANG))
        lang = (code,) if code else ()
        for element in group.iter("kwd", "compound-kwd-part"):
            text = _STOP.sub("", readable(element))
            if text and not _CODE.search(element.get("content-type") or ""):
                found.append(Subject(lang=lang, value=text))
    return tuple(dict.fromkeys(found))


def _translated_keywords(article: Element) -> Iterator[Subject]:
    """Give the keywords of the translations that stand inside the article (SciELO)."""
    for part in article.iterfind("sub-article[@article-type='translation']"):
        own = language(part.get(_LANG))
        for stub in part.findall("front-stub"):
            for keyword in read_keywords(stub):
                lang = keyword.lang or ((own,) if own else ())
                yield Subject(lang=lang, value=keyword.value)


def _host(journal: Element | None, meta: Element, year: str, article: Element) -> Host:
    fields: Fields = _journal(journal) if journal is not None else {}
    first, last = words(meta.find("fpage")), words(meta.find("lpage"))
    pages = _pages(first, last, meta)
    issue = words(meta.find("issue"))
    supplement = words(meta.find("supplement"))
    conference = words(meta.find("conference/conf-name"))
    if conference:
        fields["conference"] = (Conference(name=conference),)
    return Host(
        genre=("journal",),
        publication_date=year,
        volume=words(meta.find("volume")),
        issue=f"{issue} {supplement}".strip() if supplement not in issue else issue,
        pages=pages,
        article_number=words(meta.find("elocation-id")),
        **fields,
    )


def _pages(first: str, last: str, meta: Element) -> Pages | None:
    counted = meta.find("counts/page-count")
    total = counted.get("count") or "" if counted is not None else ""
    if not is_number(total) and is_number(first) and is_number(last) and int(last) >= int(first):
        total = str(int(last) - int(first) + 1)
    if not (first or last or total):
        return None
    return Pages(first=first, last=last, total=total if total != "0" else "")


def _journal(journal: Element) -> Fields:
    title = journal.find("journal-title-group/journal-title")
    title = journal.find("journal-title") if title is None else title
    printed, electronic = _issns(journal)
    identifiers = [
        (e.get("journal-id-type") or "", words(e)) for e in journal.findall("journal-id")
    ]
    abbreviation = words(journal.find(".//abbrev-journal-title"))
    return {
        "title": words(title) or abbreviation or _known_as(identifiers),
        "issn": printed,
        "eissn": electronic,
        "journal_id": tuple(dict.fromkeys(text for _, text in identifiers if text)),
        "publisher_id": tuple(t for kind, t in identifiers if kind == "publisher-id" and t),
        "publisher": words(journal.find("publisher/publisher-name")),
    }


def _known_as(identifiers: list[tuple[str, str]]) -> str:
    """Return PubMed's name of a journal that gives no title (BMJ, PNAS before 2010)."""
    return next((text for kind, text in identifiers if kind in ("nlm-ta", "pubmed")), "")


def _issns(journal: Element) -> tuple[tuple[str, ...], tuple[str, ...]]:
    printed: list[str] = []
    electronic: list[str] = []
    for element in journal.findall("issn"):
        number = values.issn(words(element))
        if number is None:
            continue
        kind = element.get("pub-type") or element.get("publication-format") or ""
        (electronic if kind in _ELECTRONIC else printed).append(number)
    return tuple(dict.fromkeys(printed)), tuple(dict.fromkeys(electronic))


def read_licence(meta: Element) -> AccessCondition:
    """Return the terms of use: address of the licence, else its words."""
    permissions = meta.find("permissions")
    licence = permissions.find("license") if permissions is not None else meta.find("license")
    if licence is None:
        text = words(permissions.find("copyright-statement")) if permissions is not None else ""
        open_words = "creative commons" in text.lower()
        return AccessCondition(
            content_type="isOpenAccess" if open_words else "unknown",
            value=text[:_MOST_LICENCE] if open_words else "",
        )
    reference = next((words(e) for e in licence.iter("{*}license_ref")), "")
    link = licence.get(_HREF) or licence.get("xlink:href") or reference
    text = words(licence)
    if not link:
        links = [e.get(_HREF) or "" for e in licence.iter("ext-link")]
        own = (at for at in links if "licen" in at.lower() or "creativecommons" in at.lower())
        link = next(own, next(iter(links), ""))
    value = link.strip() or text[:_MOST_LICENCE]
    signs = f"{link} {text} {licence.get('license-type') or ''}".lower()
    is_open = any(sign in signs for sign in ("creativecommons", "creative commons", "open-access",
                                             "open access", "openaccess"))  # fmt: skip
    return AccessCondition(content_type="isOpenAccess" if is_open else "unknown", value=value)


def _erratum(meta: Element) -> tuple[str, ...]:
    return tuple(
        dict.fromkeys(
            target
            for element in meta.findall("related-article")
            if element.get("related-article-type") in ("corrected-article", "retracted-article")
            and (target := (element.get(_HREF) or "").strip())
        )
    )
