"""What independent readers read in the citations we write, beside what the record says.

rispy, bibtexparser and citeproc-py know nothing of us; Dublin Core is read by lxml alone.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware, SeparateCoAuthors
from citeproc.source.json import CiteProcJSON
from lxml import etree
from pylatexenc.latex2text import LatexNodes2Text

from fonds.record import Record
from fonds.renditions.citations.bibtex import BibTex
from fonds.renditions.citations.csl import CslJson
from fonds.renditions.citations.dublin_core import DublinCore
from fonds.renditions.citations.ris import Ris
from fonds.renditions.citations.work import work_of
from fonds.renditions.model import Material, Rendition

FIELDS = ("title", "authors", "container", "volume", "issue", "pages", "year", "doi", "abstract")
Said = Mapping[str, str]
_DC = "{http://purl.org/dc/elements/1.1/}"
_DASHES = re.compile(r"[\u2010-\u2015-]+")
_BRACES = re.compile(r"[{}\\\ufffe\x0b]")


def made(rendition: Rendition, record: Record) -> str:
    """Return a citation as text."""
    data = rendition.make(Material(record))
    assert data is not None
    return data.decode()


def said_by_record(record: Record) -> Said:
    """Return what a citation should say."""
    work = work_of(record)
    return {
        "title": work.title,
        "authors": "; ".join(name.inverted for name in work.authors),
        "container": work.container if work.kind != "book" else "",
        "volume": work.volume,
        "issue": work.issue,
        "pages": work.pages,
        "year": work.year,
        "doi": work.doi,
        "abstract": work.abstract,
    }


def bibtex(record: Record) -> Said:
    """Read our BibTeX with bibtexparser, LaTeX turned into characters."""
    text = made(BibTex(), record)
    (entry,) = parse_string(text).entries
    plain = {field.key: str(field.value) for field in entry.fields}
    (entry,) = parse_string(text, append_middleware=[LatexDecodingMiddleware()]).entries
    said = {field.key: str(field.value) for field in entry.fields}
    (entry,) = parse_string(text, append_middleware=[SeparateCoAuthors()]).entries
    people = next((field.value for field in entry.fields if field.key == "author"), ())
    latex = LatexNodes2Text()
    return {
        "title": said.get("title", ""),
        "authors": "; ".join(latex.latex_to_text(person) for person in people),
        "container": said.get("journal", "") or said.get("booktitle", ""),
        "volume": said.get("volume", ""),
        "issue": said.get("number", ""),
        "pages": said.get("pages", ""),
        "year": said.get("year", ""),
        "doi": plain.get("doi", ""),
        "abstract": said.get("abstract", ""),
    }


def ris(record: Record) -> Said:
    """Read our RIS with rispy."""
    (said,) = rispy.loads(made(Ris(), record))
    pages = dict.fromkeys(filter(None, (said.get("start_page"), said.get("end_page"))))
    return {
        "title": said.get("title", ""),
        "authors": "; ".join(said.get("authors", ())),
        "container": said.get("secondary_title", ""),
        "volume": said.get("volume", ""),
        "issue": said.get("number", ""),
        "pages": "-".join(pages),
        "year": said.get("year", ""),
        "doi": said.get("doi", ""),
        "abstract": said.get("abstract", ""),
    }


def csl(record: Record) -> Said:
    """Read our CSL-JSON with citeproc-py."""
    items = msgspec.json.decode(made(CslJson(), record))
    (read,) = CiteProcJSON(items).values()
    names = ((n.get("family"), n.get("given")) for n in items[0].get("author", []))
    whole = (n.get("literal", "") for n in items[0].get("author", []))
    people = (", ".join(filter(None, n)) or w for n, w in zip(names, whole, strict=True))
    issued = read.get("issued")
    pages = read.get("page", "")
    return {
        "title": _markup(read.get("title", "")),
        "authors": "; ".join(people),
        "container": _markup(read.get("container_title", "")),
        "volume": _markup(read.get("volume", "")),
        "issue": _markup(read.get("issue", "")),
        "pages": "-".join(map(str, (pages.first, pages.last)))
        if hasattr(pages, "first")
        else _markup(pages),
        "year": str(getattr(issued, "year", "") or ""),
        "doi": _markup(read.get("DOI", "") or read.get("doi", "")),
        "abstract": _markup(read.get("abstract", "")),
    }


def dublin_core(record: Record) -> Said:
    """Read our Dublin Core as XML; where a thing appeared is one line there."""
    root = etree.fromstring(made(DublinCore(), record).encode())
    said = said_by_record(record)
    source = root.findtext(f"{_DC}source") or ""
    found = {part: said[part] for part in ("container", "volume", "issue", "pages")
             if said[part] and said[part] in source}  # fmt: skip
    dois = [i.text or "" for i in root.iter(f"{_DC}identifier")]
    doi = next((d.removeprefix("https://doi.org/") for d in dois if "doi.org" in d), "")
    return {
        "title": root.findtext(f"{_DC}title") or "" if said["title"] else "",
        "authors": "; ".join(creator.text or "" for creator in root.iter(f"{_DC}creator")),
        "year": (root.findtext(f"{_DC}date") or "")[:4],
        "doi": doi,
        "abstract": root.findtext(f"{_DC}description") or "" if said["abstract"] else "",
        **found,
    }


READERS: Mapping[str, Callable[[Record], Said]] = {
    "BibTeX": bibtex,
    "RIS": ris,
    "CSL-JSON": csl,
    "Dublin Core": dublin_core,
}


def differences(record: Record, reader: Callable[[Record], Said]) -> dict[str, tuple[str, str]]:
    """Return the fields that a reader reads otherwise: what we say, what it read."""
    wanted, read = said_by_record(record), reader(record)
    return {
        field: (wanted[field], read.get(field, ""))
        for field in FIELDS
        if plain(wanted[field]) != plain(read.get(field, ""))
    }


def plain(text: str) -> str:
    """Return a text with one kind of dash, blank and letter, without braces and non-characters."""
    folded = unicodedata.normalize("NFKC", text.replace("\u02c6", "^"))  # how \\^ is decoded
    return " ".join(_BRACES.sub("", _DASHES.sub("-", folded)).split())


def _markup(value: Any) -> str:
    return html.unescape(str(value))
