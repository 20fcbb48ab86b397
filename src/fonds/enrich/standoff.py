"""TEI stand-off in ISTEX's shape: `TEI/ns1:standOff` with a header and lists of annotations.

Clients look for the literal name `ns1:listAnnotation`, so the prefix is fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lxml import etree

from fonds.record import Record
from fonds.sources.xml import Element

_TEI = "http://www.tei-c.org/ns/1.0"
_NS1 = "https://xml-schema.delivery.istex.fr/formats/ns1.xsd"
_NAMESPACES: dict[str | None, str] = {None: _TEI, "ns1": _NS1}
_NOT_XML = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)


def element(name: str, text: str = "", /, **attributes: object) -> Element:
    """Return a TEI element; attributes of None are left out, `_` in a name's end is dropped."""
    made = etree.Element(f"{{{_TEI}}}{name}", nsmap=_NAMESPACES)  # type: ignore[arg-type]  # None is lxml's own key
    for key, value in attributes.items():
        if value is not None:
            made.set(key.rstrip("_"), _clean(str(value)))
    if text:
        made.text = _clean(text)
    return made


def inside(parent: Element, children: Iterable[Element]) -> Element:
    """Put children at the end of an element and return it."""
    parent.extend(list(children))
    return parent


def annotation_list(kind: str, blocks: Iterable[Element]) -> Element:
    """Return a `ns1:listAnnotation` of a type ("rd-teeft", "persName") with its blocks."""
    made = etree.Element(f"{{{_NS1}}}listAnnotation", nsmap=_NAMESPACES)  # type: ignore[arg-type]  # None is lxml's own key
    made.set("type", kind)
    return inside(made, blocks)


def block(children: Iterable[Element], *, corresp: str | None = None) -> Element:
    """Return an `annotationBlock`; `corresp` names the part of the document it is about."""
    return inside(element("annotationBlock", corresp=corresp), children)


def keywords(terms: Iterable[Element], *, change: str, scheme: str | None = None) -> Element:
    """Return `keywords` by an enrichment (`change`: its name) in a scheme (an address)."""
    return inside(element("keywords", change=f"#{change}", resp="#fonds", scheme=scheme), terms)


def term(text: str, statistics: Mapping[str, float] | None = None, **attributes: object) -> Element:
    """Return a `term`; its statistics follow it as `fs`, as in ISTEX's teeft."""
    made = element("term", text, **attributes)
    return inside(made, [feature_structure(statistics)]) if statistics else made


def feature_structure(statistics: Mapping[str, float]) -> Element:
    """Return `fs type="statistics"` with a numeric feature per value."""
    features = (
        inside(element("f", name=name), [element("numeric", value=f"{value:g}")])
        for name, value in statistics.items()
    )
    return inside(element("fs", type_="statistics"), features)


def stand_off(
    record: Record, name: str, version: int, provenance: str, lists: Iterable[Element]
) -> bytes:
    """Return the whole file of an enrichment of a document."""
    root = element("TEI")
    body = etree.SubElement(root, f"{{{_NS1}}}standOff")
    body.append(_header(record, name, version, provenance))
    inside(body, lists)
    written: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True)
    return written


def _header(record: Record, name: str, version: int, provenance: str) -> Element:
    title = inside(
        element("titleStmt"),
        [
            element("title", record.title),
            inside(
                element("respStmt"),
                [element("resp", f"enrichment {name}"), element("name", "Fonds", id_="fonds")],
            ),
        ],
    )
    title[1][1].set("{http://www.w3.org/XML/1998/namespace}id", title[1][1].attrib.pop("id"))
    numbers = [
        element("idno", record.id, type_="ISTEX"),
        element("idno", record.ark_istex, type_="ark"),
    ]
    application = inside(
        element("application", ident=name, version=version), [element("desc", provenance)]
    )
    return inside(
        element("teiHeader"),
        [
            inside(
                element("fileDesc"),
                [
                    title,
                    inside(element("publicationStmt"), [element("authority", "Fonds")]),
                    inside(
                        element("sourceDesc"),
                        [inside(element("biblStruct"), [inside(element("analytic"), numbers)])],
                    ),
                ],
            ),
            inside(element("encodingDesc"), [inside(element("appInfo"), [application])]),
        ],
    )


def _clean(text: str) -> str:
    return text if text.isprintable() else text.translate(_NOT_XML)  # most are
