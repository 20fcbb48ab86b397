"""TEI stand-off in ISTEX's shape: `TEI/ns1:standOff` with a header and lists of annotations.

It is written as text, as renditions are (`renditions/xml_text.py`): a tree of elements costs ten
times as much. Clients look for the literal name `ns1:listAnnotation`, so the prefix is fixed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NewType

from fonds.record import Record
from fonds.renditions.xml_text import attribute
from fonds.renditions.xml_text import text as escaped

Markup = NewType("Markup", str)  # whole elements of TEI, as they are written

_TEI = "http://www.tei-c.org/ns/1.0"
_NS1 = "https://xml-schema.delivery.istex.fr/formats/ns1.xsd"
_BEGIN = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    f'<TEI xmlns="{_TEI}" xmlns:ns1="{_NS1}"><ns1:standOff>'
)
_END = "</ns1:standOff></TEI>"
_NOT_XML = dict.fromkeys(
    [*range(9), 11, 12, *range(14, 32), *range(0xD800, 0xE000), 0xFFFE, 0xFFFF]
)


def element(name: str, text: str = "", /, **attributes: object) -> Markup:
    """Return a TEI element; attributes of None are left out, `_` in a name's end is dropped."""
    return _written(name, escaped(_clean(text)), attributes)


def inside(name: str, children: Iterable[Markup], /, **attributes: object) -> Markup:
    """Return a TEI element that holds others."""
    return _written(name, "".join(children), attributes)


def annotation_list(kind: str, blocks: Iterable[Markup], *, subtype: str | None = None) -> Markup:
    """Return a `ns1:listAnnotation` of a type ("rd-teeft", "persName") with its blocks."""
    return inside("ns1:listAnnotation", blocks, type_=kind, subtype=subtype)


def block(children: Iterable[Markup], *, corresp: str | None = None) -> Markup:
    """Return an `annotationBlock`; `corresp` names the part of the document it is about."""
    return inside("annotationBlock", children, corresp=corresp)


def keywords(terms: Iterable[Markup], *, change: str, scheme: str | None = None) -> Markup:
    """Return `keywords` by an enrichment (`change`: its name) in a scheme (an address)."""
    return inside("keywords", terms, change=f"#{change}", resp="#fonds", scheme=scheme)


def term(text: str, statistics: Mapping[str, float] | None = None, **attributes: object) -> Markup:
    """Return a `term`; its statistics follow it as `fs`, as in ISTEX's teeft."""
    content = escaped(_clean(text))
    if statistics:
        content += feature_structure(statistics)
    return _written("term", content, attributes)


def feature_structure(statistics: Mapping[str, float]) -> Markup:
    """Return `fs type="statistics"` with a numeric feature per value."""
    features = (
        inside("f", [element("numeric", value=f"{value:g}")], name=name)
        for name, value in statistics.items()
    )
    return inside("fs", features, type_="statistics")


def counted(
    name: str, text: str, frequency: int, *, change: str, cert: float, source: str, ref: str
) -> Markup:
    """Return an element with a `term` and how often it stands in the document.

    Written at once: a document names hundreds. `name`, `change` and `source` are names of ours.
    """
    uri = f' ref="{attribute(_clean(ref))}"' if ref else ""
    said = escaped(_clean(text))
    value = f"<term{uri}>{said}</term>" if said else f"<term{uri}/>"
    return Markup(
        f'<{name} change="#{change}" resp="#fonds" cert="{cert}" source="#{source}">{value}'
        f'<fs type="statistics"><f name="frequency"><numeric value="{frequency:g}"/></f></fs>'
        f"</{name}>"
    )


def stand_off(
    record: Record, name: str, version: int, provenance: str, lists: Iterable[Markup]
) -> bytes:
    """Return the whole file of an enrichment of a document."""
    header = _header(record, name, version, provenance)
    return f"{_BEGIN}{header}{''.join(lists)}{_END}".encode()


def _header(record: Record, name: str, version: int, provenance: str) -> Markup:
    who = inside(
        "respStmt",
        [
            element("resp", f"enrichment {name}"),
            Markup('<name xml:id="fonds">Fonds</name>'),
        ],
    )
    numbers = [
        element("idno", record.id, type_="ISTEX"),
        element("idno", record.ark_istex, type_="ark"),
    ]
    described = [
        inside("titleStmt", [element("title", record.title), who]),
        inside("publicationStmt", [element("authority", "Fonds")]),
        inside("sourceDesc", [inside("biblStruct", [inside("analytic", numbers)])]),
    ]
    application = inside("application", [element("desc", provenance)], ident=name, version=version)
    return inside(
        "teiHeader",
        [
            inside("fileDesc", described),
            inside("encodingDesc", [inside("appInfo", [application])]),
        ],
    )


def _written(name: str, content: str, attributes: Mapping[str, object]) -> Markup:
    said = name
    for key, value in attributes.items():
        if value is not None:
            said += f' {key.rstrip("_")}="{attribute(_clean(str(value)))}"'
    return Markup(f"<{said}>{content}</{name}>" if content else f"<{said}/>")


def _clean(text: str) -> str:
    return text if text.isprintable() else text.translate(_NOT_XML)  # most are
