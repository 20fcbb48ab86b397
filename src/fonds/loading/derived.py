"""A record derived from a PDF that came alone: title, authors, DOI, abstract as far as it tells.

The first page's layout counts before the document information, which is often a template's: the
title is the largest text, the names below it the authors. What is not plain stays empty; the
fields that were derived are named in the record (`derived`), as nobody delivered them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

import msgspec
from lxml import etree

from fonds.loading.guessing import guessed
from fonds.record import Contributor, Record, Subject
from fonds.renditions.pdf_facts import Line, PdfFacts, PdfFront
from fonds.sources import parts, values
from fonds.sources.markup import words

_DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>{}|\\^`\[\]]+")
_LABELLED = re.compile(r"doi(?:\.org/|\s*[:.]?\s*)(" + _DOI.pattern + ")", re.IGNORECASE)
_ABSTRACT = re.compile(
    r"(?:^|\n)\W{0,3}(?:abstract|summary|r[ée]sum[ée]|zusammenfassung|resumen|resumo|riassunto)\b"
    r"(?! (?-i:[a-z]))[\s.:—–-]*(.{100,}?)"
    r"(?=\n\W{0,3}(?:key\s?words?|mots[- ]cl[ée]s|schl[üu]sselw|palabras|palavras|index terms"
    r"|abbreviations?\s?:"
    r"|(?:[1I]\.?\s*)?introduction|contents|©|\(?c\) \d{4})|\n\s*\n|\f|$)",
    re.IGNORECASE | re.DOTALL,
)
_KEYWORDS = re.compile(
    r"(?:^|\n)\W{0,3}key\s?words?\s*[:.—–-]\s*(.+?)(?=\n[^\n]{0,60}$|\n\n|\.\s)",
    re.IGNORECASE | re.MULTILINE,
)
_FILE_LIKE = re.compile(
    r"\.(?:docx?|tex|dvi|indd|pdf|qxd|rtf|odt|fm|xlsx?|pptx?|ps|eps)\b"
    r"|^microsoft |untitled|sans titre|^about:|^\W*$|^slide \d|^document\d*$|^[\w-]*\d{4,}[\w-]*$",
    re.IGNORECASE,
)
_NO_PERSON = re.compile(
    r"\d|@|\b(?:user|admin|unknown|owner|microsoft|adobe|latex|author|staff|the|of|for|and its"
    r"|university|department|institute|laboratory|school|cent(?:re|er)|college|faculty|hospital"
    r"|journal|editor|press|inc|ltd|gmbh|article|access|research|received|accepted|published"
    r"|volume|issue)\b",
    re.IGNORECASE,
)
_BANNER = re.compile(
    r"^(?:(?:original|research|review|case|short|brief|technical|full|open|special|clinical)\s+)*"
    r"(?:articles?|access|papers?|reports?|communications?|letters?|notes?|editorial|research|review)"
    r"(?:\s+open access)?$",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[^\W\d_][\w'’.-]*\s+){1,4}[^\W\d_][\w'’-]+")
_MARKS = re.compile(r"[\d*†‡§¶∗#]+(?:\s*,\s*[\d*†‡§¶∗#]+)*")
_PARTING = re.compile(r"\s*(?:,|;|&|·|•|\band\b|\bund\b|\bet\b|\by\b)\s*")
# registrations, data and programs, which an article names beside its own DOI: OSF, Zenodo, ...
_DEPOSITED = ("10.17605/", "10.5281/", "10.6084/", "10.5061/", "10.7910/", "10.1186/isrctn")
_COLLECTIVE = re.compile(r"\b(?:collaboration|consortium|group|network|team)$", re.IGNORECASE)
_PARTICLES = frozenset(
    {"van", "von", "der", "den", "ter", "ten", "de", "del", "della", "di", "da", "do", "dos", "du"}
    | {"la", "le"}
)
_MOST_LINES, _MOST_SUBTITLE = 14, 2  # lines of names, of a subtitle
_LARGEST = "the largest text of the first page"
_MOST_TITLE, _LEAST_TITLE = 300, 6
_LARGER = 1.14  # than running text, so that a line may be a title
_LEAST_STEP, _STEP = 0.25, 0.02  # between sizes that are the same: points, or a share
_MOST_ABSTRACT = 4_000
_DEGREES = re.compile(
    r",?\s*\b(?:Ph\.?D|M\.?D|[MB]\.?Sc|M\.?Ed|MPH|MBBS|MM|MB|BS|[BM]?DS|DDS|FRCP|R\.?N)\.?"
    r"(?:[a-z](?:,[a-z])*)?(?=[\s,;*∗†]|$)"
)
_BESIDE = re.compile(r"article info\s+abstract\n(.+?)\n\W{0,2}© ?\d{4}", re.IGNORECASE | re.DOTALL)
# without a heading: Hindawi between licence and introduction, APS between dates and DOI
_UNNAMED = (
    re.compile(r"properly\s+cited\.\n([A-Z].{200,4000}?)\n1\. Introduction", re.DOTALL),
    re.compile(r"\((?:Received|Revised)[^)]{8,80}\)\n([A-Z].{100,4000}?)\nDOI:", re.DOTALL),
)
_LABEL = re.compile(
    r"(?:article history|received|accepted|available online|editor|communicated by|keywords?|msc"
    r"|pacs|in revised form|revised)\b",
    re.IGNORECASE,
)
_LEAST_ABSTRACT, _SHORT_LINE = 100, 60  # characters
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
}


def derive(facts: PdfFacts, front: PdfFront, name: str) -> tuple[Record, str]:
    """Return the record of a PDF and a sentence that says what each value was taken from.

    Without any title the name of the file is used, and said.
    """
    xmp = _xmp(front.xmp)
    first_page = facts.text.partition("\f")[0]
    block = _title_block(front.lines)
    title, whence = _title(block, front, xmp, first_page)
    if not title:
        title, whence = _file_title(name), "the file's name"
    authors, from_layout = _authors(front.lines, block), "the first page"
    if not authors:
        given = front.info.get("Author", "") or "; ".join(xmp.get("creator", ()))
        authors, from_layout = _listed(given), "the document information"
    doi = _doi(first_page, front, xmp)
    abstract = _abstract("\n".join(facts.text.split("\f")[:2]))
    language = guessed(facts.text)
    subjects = _subjects(first_page, front)
    record = Record(
        title=title,
        abstract=abstract,
        author=authors,
        subject=subjects,
        language=(language or "unknown",),
        genre=("other",),
        original_genre=("N/A",),
        doi=(doi,) if doi else (),
    )
    said = {"title": whence}
    if authors:
        said["author"] = from_layout
    said |= {"doi": "the first page"} if doi else {}
    said |= {"abstract": "the text"} if abstract else {}
    said |= {"subject": "the text"} if subjects else {}
    said |= {"language": "frequent words"} if language else {}
    sentence = ", ".join(f"{field} from {source}" for field, source in said.items())
    return msgspec.structs.replace(record, derived=tuple(said)), sentence


def _xmp(data: bytes) -> dict[str, list[str]]:
    """Return Dublin Core's and PRISM's values of an XMP packet; it may be anything."""
    if not data or b"<!" in data:
        return {}
    try:
        root = etree.fromstring(data, etree.XMLParser(no_network=True, recover=False))
    except etree.XMLSyntaxError:
        return {}
    found: dict[str, list[str]] = {}
    for name in ("title", "creator", "description"):
        for element in root.iterfind(f".//dc:{name}//rdf:li", _NAMESPACES):
            if text := words(element):
                found.setdefault(name, []).append(text)
    for element in root.iter("{*}doi", "{*}DOI"):
        found.setdefault("doi", []).append(words(element))
    return found


def _body_size(lines: Sequence[Line]) -> float:
    """Return the size of running text, letters counted."""
    sizes = [line.size for line in lines for _ in range(len(line.text) // 10 + 1)]
    return median(sizes) if sizes else 0.0


def _title_block(lines: Sequence[Line]) -> tuple[int, int]:
    """Return where the largest text of the first page begins and ends; 0, 0 without one."""
    body = _body_size(lines)
    best, found = 0.0, (0, 0)
    for begin, end in _runs(lines):
        text = " ".join(line.text for line in lines[begin:end])
        letters = sum(char.isalpha() for char in text)
        plain = letters >= _LEAST_TITLE and len(text) <= _MOST_TITLE and " " in text.strip()
        size = lines[begin].size
        if plain and size >= _LARGER * body and size > best:
            best, found = size, (begin, end)
    return found


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Give where lines of about one size begin and end, without banners."""
    begin = 0
    for at, line in enumerate(lines):
        same = abs(line.size - lines[begin].size) <= max(_LEAST_STEP, _STEP * line.size)
        if not same or _BANNER.match(line.text.strip()):
            if at > begin:
                yield begin, at
            begin = at + bool(_BANNER.match(line.text.strip()))
            begin = min(begin, len(lines) - 1)
    if begin < len(lines):
        yield begin, len(lines)


def _title(
    block: tuple[int, int], front: PdfFront, xmp: dict[str, list[str]], page: str
) -> tuple[str, str]:
    given = next(filter(_is_title, [front.info.get("Title", ""), *xmp.get("title", ())]), "")
    shown = _joined(line.text for line in front.lines[block[0] : block[1]])
    if given and (not shown or _squeezed(given) in _squeezed(page)):
        return given, "the document information"
    if shown:
        return parts.title(shown, _subtitle(front.lines, block[1])), _LARGEST
    return given, "the document information"


def _is_title(text: str) -> bool:
    letters = sum(char.isalpha() for char in text)
    return letters >= _LEAST_TITLE and len(text) <= _MOST_TITLE and not _FILE_LIKE.search(text)


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


def _joined(texts: Iterable[str]) -> str:
    """Return lines as one text; a hyphen at a line's end is taken for a break of the word."""
    joined = ""
    for text in texts:
        if joined.endswith(("-", "\u2010")) and text[:1].islower():
            joined = joined[:-1] + text
        else:
            joined = f"{joined} {text}"
    return " ".join(joined.split())


def _file_title(name: str) -> str:
    base = name.rpartition("/")[2].rpartition(".")[0] or name
    return " ".join(base.replace("_", " ").split())


def _authors(lines: Sequence[Line], block: tuple[int, int]) -> tuple[Contributor, ...]:
    """Return the names that stand right below the title; the first other line ends them."""
    if not block[1]:
        return ()
    found: list[Contributor] = []
    begin = _below(lines, block[1])
    for line in lines[begin : begin + _MOST_LINES]:
        if not line.text:
            continue
        if not any(map(str.isalpha, line.text)):
            continue
        names = _names(line.text)
        if not names:
            break
        found += names
    return tuple(dict.fromkeys(found))


def _below(lines: Sequence[Line], at: int) -> int:
    """Return where what stands below the title begins; a subtitle is larger than the names."""
    while at + 1 < len(lines) and not _names(lines[at].text):
        if lines[at].size < _LARGER * lines[at + 1].size:
            break
        at += 1
    return at


def _subtitle(lines: Sequence[Line], at: int) -> str:
    """Return what stands between the title and the names, and is larger than these."""
    begin = _below(lines, at)
    is_one = at < begin <= at + _MOST_SUBTITLE and begin < len(lines) and _names(lines[begin].text)
    text = _joined(line.text for line in lines[at:begin]) if is_one else ""
    return "" if _BANNER.match(text) else text


def _names(text: str) -> list[Contributor]:
    """Return the persons of a line that holds nothing else; else none."""
    if text[:1].isdigit():
        return []  # the mark of an address
    plain = _MARKS.sub(" , ", _DEGREES.sub(" , ", text))
    pieces = [piece.strip(" .") for piece in _PARTING.split(plain)]
    pieces = [piece for piece in pieces if piece]
    if not pieces or not all(_is_name(piece) for piece in pieces):
        return []
    return [person for piece in pieces if (person := _person(piece)) is not None]


def _is_name(text: str) -> bool:
    if _NO_PERSON.search(text) or not _NAME.fullmatch(text):
        return False
    tokens = text.split()
    capitals = sum(token[0].isupper() for token in tokens)
    return capitals >= 2 and capitals >= len(tokens) - 2 and tokens[-1][0].isupper()


def _person(text: str) -> Contributor | None:
    """Return a person, particles with the surname ("Ronald van Dam"), or a collaboration."""
    if _COLLECTIVE.search(text):
        return parts.group(text)
    *forenames, surname = text.split()
    while len(forenames) > 1 and forenames[-1].lower() in _PARTICLES:
        surname = f"{forenames.pop()} {surname}"
    return parts.contributor(" ".join(forenames), surname)


def _listed(text: str) -> tuple[Contributor, ...]:
    """Return the persons of the document information, where they are persons."""
    pieces = [piece.strip() for piece in re.split(r"\s*(?:;|\band\b|&)\s*", text) if piece.strip()]
    if len(pieces) == 1 and text.count(",") > 1:
        pieces = [piece.strip() for piece in text.split(",")]
    return parts.present(_person(piece) for piece in pieces if _is_name(piece))


def _doi(page: str, front: PdfFront, xmp: dict[str, list[str]]) -> str:
    """Return the DOI that is said to be one, else the only one of the first page."""
    given = [*xmp.get("doi", ()), front.info.get("Subject", ""), front.info.get("Title", "")]
    for text in given:
        match = _DOI.search(text)
        if match and (found := values.doi(_trimmed(match[0]))):
            return found
    labelled = [_trimmed(match) for match in _LABELLED.findall(page)]
    labelled = [one for one in labelled if not one.startswith(_DEPOSITED)] or labelled
    plain = dict.fromkeys(_trimmed(match) for match in _DOI.findall(page))
    chosen = labelled[:1] or (list(plain) if len(plain) == 1 else [])
    return (values.doi(chosen[0]) or "") if chosen else ""


def _trimmed(doi: str) -> str:
    doi = doi.rstrip(".,;:'’”")
    return doi[:-1] if doi.endswith(")") and "(" not in doi else doi


def _abstract(text: str) -> str:
    match = _ABSTRACT.search(text)
    found = " ".join(match[1].split()) if match else _abstract_beside(text)
    return found if len(found) <= _MOST_ABSTRACT else ""


def _abstract_beside(text: str) -> str:
    """Return an abstract that stands at a known place: Elsevier's, beside history and keywords."""
    match = _BESIDE.search(text)
    if match is None:
        unnamed = next(filter(None, (pattern.search(text) for pattern in _UNNAMED)), None)
        return " ".join(unnamed[1].split()) if unnamed is not None else ""
    lines = match[1].split("\n")
    last = max((at for at, line in enumerate(lines) if _LABEL.match(line.strip())), default=-1)
    begin = last + 1
    if last >= 0 and lines[last].lower().startswith("keyword"):
        while begin < len(lines) and len(lines[begin].strip()) < _SHORT_LINE:
            begin += 1
    found = " ".join(" ".join(lines[begin:]).split())
    return found if len(found) >= _LEAST_ABSTRACT else ""


def _subjects(page: str, front: PdfFront) -> tuple[Subject, ...]:
    match = _KEYWORDS.search(page)
    text = match[1] if match else front.info.get("Keywords", "")
    pieces = [" ".join(piece.split()).strip(" .") for piece in re.split(r"[;,·•]", text)]
    return tuple(Subject(value=piece) for piece in dict.fromkeys(pieces) if 2 < len(piece) <= 60)[
        :20
    ]
