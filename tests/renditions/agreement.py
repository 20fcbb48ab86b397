"""How far every form that goes out is valid and says what the record says, by format that came in.

`python -m tests.agreement` writes docs/reference/forms.md.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import msgspec
from lxml import etree

from fonds.renditions.html import Html
from fonds.renditions.model import Material
from fonds.renditions.mods import Mods
from fonds.renditions.tei import Tei
from fonds.sources.xml import Element
from tests.conftest import DATA
from tests.renditions.corpora import documents
from tests.renditions.round_trips import FIELDS, READERS, differences, said_by_record

PAGE = "forms.md"
_ID = "{http://www.w3.org/XML/1998/namespace}id"


class Forms(msgspec.Struct):
    """Counts by folder of the corpora, and by form and field."""

    documents: Counter[str] = msgspec.field(default_factory=Counter)
    with_text: Counter[str] = msgspec.field(default_factory=Counter)
    tei: Counter[str] = msgspec.field(default_factory=Counter)
    resolved: Counter[str] = msgspec.field(default_factory=Counter)
    mods: Counter[str] = msgspec.field(default_factory=Counter)
    html: Counter[str] = msgspec.field(default_factory=Counter)
    said: Counter[str] = msgspec.field(default_factory=Counter)  # by field
    agreed: Counter[tuple[str, str]] = msgspec.field(default_factory=Counter)  # by form and field


def measure(shared: Path, folder: str = ".", *, every: int = 1) -> Forms:
    """Make every form of every document of the corpora and hold it against what it should be."""
    tei_schema = etree.RelaxNG(file=str(DATA / "schemas" / "tei_fonds.rng"))
    mods_schema = etree.XMLSchema(file=str(DATA / "schemas" / "mods-3-7.xsd"))
    found = Forms()
    for name, material in documents(shared, folder, every=every):
        source = name.partition("/")[0]
        found.documents[source] += 1
        found.with_text[source] += material.text is not None
        tree = _tree(Tei().make(material))
        found.tei[source] += tei_schema.validate(tree)
        found.resolved[source] += _resolved(tree)
        found.mods[source] += mods_schema.validate(_tree(Mods().make(material)))
        text = tree.find("{*}text")
        found.html[source] += Html().make(Material(material.record, text)) is not None
        _round_trips(found, material)
    return found


def _tree(data: bytes | None) -> Element:
    assert data is not None
    return etree.fromstring(data)


def _resolved(tree: Element) -> bool:
    """Tell whether each reference leads to something of the document."""
    ids = {element.get(_ID) for element in tree.iter(etree.Element)}
    targets = (element.get("target", "") for element in tree.iter("{*}ref"))
    inner = (one for target in targets if target.startswith("#") for one in target.split())
    return all(one[1:] in ids for one in inner)


def _round_trips(found: Forms, material: Material) -> None:
    wanted = said_by_record(material.record)
    for field in FIELDS:
        found.said[field] += bool(wanted[field])
    for form, reader in READERS.items():
        wrong = differences(material.record, reader)
        for field in FIELDS:
            found.agreed[form, field] += bool(wanted[field]) and field not in wrong


def page(found: Forms) -> str:
    """Return the figures as a page."""
    return "\n".join(_lines(found)) + "\n"


def _lines(found: Forms) -> Iterator[str]:
    yield "# What goes out, measured\n"
    yield "Every form of every document that the readers find in the shared corpora (without"
    yield "`malformed` and `packages`). Written by `python -m tests.agreement`.\n"
    yield "## Valid, by format that came in\n"
    yield "TEI against `tei_all` of TEI P5 4.3.0 (with MathML in formulas), MODS against 3.7;"
    yield "references: documents all of whose inner references lead to something.\n"
    yield "| corpus | documents | with text | TEI valid | references lead | MODS valid | HTML |"
    yield "|---|---:|---:|---:|---:|---:|---:|"
    counts = (found.documents, found.with_text, found.tei, found.resolved, found.mods, found.html)
    for source in sorted(found.documents):
        yield f"| {source} | " + " | ".join(str(count[source]) for count in counts) + " |"
    yield "| **all** | " + " | ".join(f"**{count.total()}**" for count in counts) + " |"
    yield "\n## Read back, by field and form\n"
    yield "What independent readers (bibtexparser, rispy, citeproc-py; lxml for XML) read in what"
    yield "we write, against the record: share of the documents that have the field. Kinds of dash"
    yield "and braces are not compared. What is missing is markup inside an abstract (TeX quotes,"
    yield "doubly escaped entities) that a reader takes for its own.\n"
    yield "| field | documents | " + " | ".join(READERS) + " |"
    yield "|---|---:|" + "---:|" * len(READERS)
    for field in FIELDS:
        count = found.said[field]
        shares = (100 * found.agreed[form, field] / max(1, count) for form in READERS)
        yield f"| {field} | {count} | " + " | ".join(_percent(share) for share in shares) + " |"


def _percent(share: float) -> str:
    """Write a share so that less than all never looks like all."""
    return "100 %" if share == 100 else f"{min(share, 99.99):.2f} %"
