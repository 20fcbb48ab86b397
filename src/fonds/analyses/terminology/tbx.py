"""TBX-Basic: a terminology for translators' and terminologists' tools.

ISO 30042:2019 (TBX 3), dialect TBX-Basic in DCA style. http://www.tbxinfo.net/
"""

from __future__ import annotations

from lxml import etree

from fonds.analyses.errors import TerminologyEmpty
from fonds.analyses.model import Answer, Form
from fonds.analyses.terminology.contexts import Context
from fonds.analyses.terminology.model import Term, Terminology
from fonds.sources.languages import tag
from fonds.sources.xml import Element

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
_TBX = f"{{{NAMESPACE}}}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_PLAIN = str.maketrans("", "", "".join(map(chr, (*range(9), 11, 12, *range(14, 32)))))


def write(answer: Answer) -> bytes:
    """Return the terms of an answer as TBX-Basic, which needs one at least.

    Raises TerminologyEmpty.
    """
    assert isinstance(answer.result, Terminology)
    if not answer.result.terms:
        query = answer.corpus.query[:200]
        raise TerminologyEmpty(documents=answer.coverage.asked, query=query)
    root = etree.Element(f"{_TBX}tbx", nsmap={None: NAMESPACE})  # type: ignore[dict-item]  # lxml's own
    for name, value in (("type", "TBX-Basic"), ("style", "dca"), (_LANG, "en")):
        root.set(name, value)
    header = _add(_add(root, "tbxHeader"), "fileDesc")
    title = _add(header, "titleStmt")
    _add(title, "title", _title(answer))
    _add(title, "note", answer.provenance)
    _add(_add(header, "sourceDesc"), "p", _source(answer))
    body = _add(_add(root, "text"), "body")
    for number, one in enumerate(answer.result.terms, start=1):
        _entry(body, number, one)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


TBX = Form("tbx", "application/x-tbx+xml", "tbx", write)


def _title(answer: Answer) -> str:
    return f"Terminology of {answer.corpus.query} ({answer.corpus.archive or 'Fonds'})"


def _source(answer: Answer) -> str:
    said, corpus = answer.coverage, answer.corpus
    ark = f", {corpus.ark}" if corpus.ark else ""
    return (
        f"{said.used} of {said.asked} documents{ark}; query: {corpus.tree or corpus.query}; "
        f"key: {corpus.key}"
    )


def _entry(body: Element, number: int, term: Term) -> None:
    entry = _add(body, "conceptEntry", id=f"c{number}")
    section = _add(entry, "langSec")
    section.set(_LANG, tag(term.language) or term.language)
    for variant in term.variants:
        of_term = _add(section, "termSec")
        _add(of_term, "term", variant.form)
        kind = "fullForm" if variant.form == term.term else "variant"
        _add(of_term, "termNote", kind, type="termType")
        note = f"documents of the corpus: {variant.documents}"
        if kind == "fullForm":
            note = f"documents with any spelling: {term.documents}, in the archive: {term.archive}"
            for context in term.contexts:
                _context(of_term, context)
        _add(of_term, "note", note)


def _context(parent: Element, context: Context) -> None:
    group = _add(parent, "descripGrp")
    _add(group, "descrip", context.text, type="context")
    place = context.place
    where = f", p. {place.page}" if place.page else f", {place.section or place.part}"
    year = f" ({context.year})" if context.year else ""
    _add(group, "admin", f"{context.title}{year}, {context.ark}{where}", type="source")


def _add(parent: Element, tag_name: str, text: str = "", **attributes: str) -> Element:
    made = etree.SubElement(parent, _TBX + tag_name, attributes)
    made.text = text.translate(_PLAIN) or None
    return made
