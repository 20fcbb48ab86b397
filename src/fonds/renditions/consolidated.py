"""The full-text TEI with enrichments merged into it, as `?consolidate` gives it.

Enrichments are TEI files that stand off the text. Each `standOff` goes to the end of the full
text's `TEI`; an enrichment without one (a complete TEI, say) goes there whole, in a `standOff` of
its own. Identifiers that are there already get the name of the enrichment before them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from fonds.sources.xml import Element

TEI = "http://www.tei-c.org/ns/1.0"
NS1 = "https://xml-schema.delivery.istex.fr/formats/ns1.xsd"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_POINTING = ("corresp", "ref", "target", "change", "resp", "ana", "facs", "prev", "next")


def consolidated(tei: bytes, enrichments: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the full text with each enrichment (name, TEI) merged into it.

    Raises lxml.etree.XMLSyntaxError for what is not well formed; neither is untrusted.
    """
    root = _parsed(tei)
    known = {str(one.attrib[_XML_ID]) for one in root.iter(etree.Element) if _XML_ID in one.attrib}
    for name, content in enrichments:
        for part in _stand_offs(name, _parsed(content)):
            known |= _renamed(part, name, known)
            root.append(part)
    return etree.tostring(root.getroottree(), encoding="UTF-8", xml_declaration=True)


def _parsed(content: bytes) -> Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    return etree.fromstring(content, parser)


def _stand_offs(name: str, root: Element) -> Iterator[Element]:
    found = list(root.iter("{*}standOff"))
    if found:
        yield from found
        return
    whole = etree.Element(f"{{{NS1}}}standOff", {"type": name}, nsmap={"ns1": NS1})
    whole.extend(list(root))
    yield whole


def _renamed(part: Element, name: str, known: set[str]) -> set[str]:
    """Give identifiers that are taken another name, and what points to them too; return all."""
    mine = [one for one in part.iter(etree.Element) if _XML_ID in one.attrib]
    changed: dict[str, str] = {}
    for one in mine:
        old = str(one.attrib[_XML_ID])
        if old in known:
            changed[f"#{old}"] = f"#{name}.{old}"
            one.attrib[_XML_ID] = f"{name}.{old}"
    if changed:
        for one in part.iter(etree.Element):
            for key in _POINTING:
                if key in one.attrib:
                    words = str(one.attrib[key]).split()
                    one.attrib[key] = " ".join(changed.get(word, word) for word in words)
    return {str(one.attrib[_XML_ID]) for one in mine}
