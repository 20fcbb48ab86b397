"""What independent readers read in the citations we write, beside what the record says.

rispy, bibtexparser and citeproc-py know nothing of us; XML is read by lxml alone.
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
from fonds.renditions.mods import Mods
from fonds.renditions.tei import Tei

FIELDS = ("title", "authors", "container", "volume", "issue", "pages", "year", "doi", "abstract")
Said = Mapping[str, str]
_DC = "{http://purl.org/dc/elements/1.1/}"
_MODS = {"m": "http://www.loc.gov/mods/v3"}
_TEI = {"t": "http://www.tei-c.org/ns/1.0"}
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


def mods(record: Record) -> Said:
    """Read our MODS as XML."""
    root = etree.fromstring(made(Mods(), record).encode())
    host = "m:relatedItem[@type='host']"
    people = []
    for name in root.iterfind("m:name", _MODS):
        if name.findtext("m:role/m:roleTerm", "", _MODS) == "author":
            parts = {n.get("type"): n.text or "" for n in name.iterfind("m:namePart", _MODS)}
            ordered = (parts.get(kind, "") for kind in ("family", "given"))
            people.append(", ".join(filter(None, ordered)) or parts.get(None, ""))
    extent = [e.text or "" for e in root.iterfind(f"{host}/m:part/m:extent/*", _MODS)
              if not e.tag.endswith("total")]  # fmt: skip
    part = f"{host}/m:part/m:detail"
    return {
        "title": root.findtext("m:titleInfo/m:title", "", _MODS),
        "authors": "; ".join(dict.fromkeys(people)),
        "container": _container(record, root.findtext(f"{host}/m:titleInfo/m:title", "", _MODS)),
        "volume": root.findtext(f"{part}[@type='volume']/m:number", "", _MODS)
        or root.findtext("m:relatedItem[@type='series']/m:part/m:detail/m:number", "", _MODS),
        "issue": root.findtext(f"{part}[@type='issue']/m:number", "", _MODS),
        "pages": "-".join(dict.fromkeys(extent)),
        "year": root.findtext("m:originInfo/m:dateIssued", "", _MODS)
        or root.findtext("m:originInfo/m:copyrightDate", "", _MODS),
        "doi": root.findtext("m:identifier[@type='DOI']", "", _MODS),
        "abstract": root.findtext("m:abstract", "", _MODS) if record.abstract else "",
    }


def tei(record: Record) -> Said:
    """Read the header of our TEI as XML."""
    root = etree.fromstring(made(Tei(), record).encode())
    source = root.find("t:teiHeader/t:fileDesc/t:sourceDesc/t:biblStruct", _TEI)
    assert source is not None
    people = []
    for author in source.iterfind("t:analytic/t:author", _TEI):
        parts = (author.findtext(f"t:persName/t:{n}", "", _TEI) for n in ("surname", "forename"))
        people.append(", ".join(filter(None, parts)) or author.findtext("t:name", "", _TEI))
    scopes = {one.get("unit"): one.text or "" for one in source.iterfind(".//t:biblScope", _TEI)}
    return {
        "title": source.findtext("t:analytic/t:title", "", _TEI) if record.title else "",
        "authors": "; ".join(dict.fromkeys(people)),
        "container": _container(record, source.findtext("t:monogr/t:title", "", _TEI)),
        "volume": scopes.get("volume", ""),
        "issue": source.findtext("t:monogr/t:imprint/t:biblScope[@unit='issue']", "", _TEI),
        "pages": scopes.get("page", ""),
        "year": source.findtext("t:monogr/t:imprint/t:date[@type='published']", "", _TEI)
        or record.copyright_date,
        "doi": source.findtext("t:analytic/t:idno[@type='DOI']", "", _TEI),
        "abstract": root.findtext(".//t:profileDesc/t:abstract/t:p", "", _TEI)
        if record.abstract
        else "",
    }


def _container(record: Record, title: str) -> str:
    """Return in what a document appeared; a whole book, named as its own host, in nothing."""
    return "" if work_of(record).kind == "book" else title


READERS: Mapping[str, Callable[[Record], Said]] = {
    "BibTeX": bibtex,
    "RIS": ris,
    "CSL-JSON": csl,
    "Dublin Core": dublin_core,
    "MODS": mods,
    "TEI": tei,
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
