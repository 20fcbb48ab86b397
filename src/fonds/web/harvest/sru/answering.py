"""Writes answers: records, diagnostics and the description of the server, in each version."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

import msgspec

from fonds.renditions.xml_text import attribute, clean, element, text
from fonds.web.harvest.sru.asking import SCHEMA_NAMES, Asked, Version
from fonds.web.harvest.sru.diagnostics import Diagnostic
from fonds.web.harvest.sru.indexes import CONTEXT_SETS, INDEXES, Index

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_ZEEREX = "http://explain.z3950.org/dtd/2.0/"


class _Style(msgspec.Struct, frozen=True):
    """What differs between versions."""

    namespace: str
    diagnostics: str
    packing: str  # name of the element


_OLD = _Style("http://www.loc.gov/zing/srw/", "http://www.loc.gov/zing/srw/diagnostic/",
              "recordPacking")  # fmt: skip
_STYLES: Mapping[Version, _Style] = MappingProxyType(
    {
        "1.1": _OLD,
        "1.2": _OLD,
        "2.0": _Style(
            "http://docs.oasis-open.org/ns/search-ws/sruResponse",
            "http://docs.oasis-open.org/ns/search-ws/diagnostic",
            "recordXMLEscaping",
        ),
    }
)


def found(asked: Asked, total: int, records: Iterable[bytes]) -> bytes:
    """Return the answer to a search."""
    style = _STYLES[asked.version]
    written = [
        _record(style, asked, SCHEMA_NAMES[asked.schema], data, asked.start + at)
        for at, data in enumerate(records)
    ]
    parts = [_version(asked.version), element("numberOfRecords", str(total)).encode()]
    if written:
        parts += [b"<records>", *written, b"</records>"]
    after = asked.start + len(written)
    if after <= total:
        parts.append(element("nextRecordPosition", str(after)).encode())
    parts.append(_echo(asked))
    return _answer("searchRetrieveResponse", style, b"\n".join(filter(None, parts)))


def refused(version: Version, diagnostic: Diagnostic) -> bytes:
    """Return the answer to a request that cannot be answered."""
    style = _STYLES[version]
    said = (
        f'<diagnostics><diagnostic xmlns="{style.diagnostics}">'
        f"<uri>info:srw/diagnostic/1/{diagnostic.number}</uri>"
        + element("details", diagnostic.details)
        + element("message", diagnostic.message)
        + "</diagnostic></diagnostics>"
    )
    parts = (_version(version), b"<numberOfRecords>0</numberOfRecords>", clean(said))
    return _answer("searchRetrieveResponse", style, b"\n".join(filter(None, parts)))


def explained(asked: Asked, name: str, base: str) -> bytes:
    """Return the description of the server (ZeeRex)."""
    style = _STYLES[asked.version]
    _, _, address = base.partition("://")
    host, _, path = address.partition("/")
    host, _, port = host.partition(":")
    port = port or ("443" if base.startswith("https:") else "80")
    content = (
        f'<explain xmlns="{_ZEEREX}"><serverInfo protocol="SRU" version="{asked.version}"'
        f' transport="http" method="GET POST">{element("host", host)}{element("port", port)}'
        f"{element('database', path)}</serverInfo>"
        f"<databaseInfo>{element('title', name, ' primary=' + chr(34) + 'true' + chr(34))}"
        "</databaseInfo>"
        f"<indexInfo>{_context_sets()}{''.join(map(_index, INDEXES.values()))}</indexInfo>"
        f"<schemaInfo>{_schemas()}</schemaInfo>"
        '<configInfo><default type="numberOfRecords">10</default>'
        '<setting type="maximumRecords">1000</setting>'
        '<supports type="relation">any</supports><supports type="relation">all</supports>'
        '<supports type="relation">within</supports><supports type="maskingCharacter">*</supports>'
        "</configInfo></explain>"
    )
    record = _record(style, asked, _ZEEREX, clean(content), 0)
    parts = filter(None, (_version(asked.version), record))
    return _answer("explainResponse", style, b"\n".join(parts))


def _answer(root: str, style: _Style, content: bytes) -> bytes:
    head = f'{_HEAD}<{root} xmlns="{style.namespace}">\n'
    return head.encode() + content + f"\n</{root}>\n".encode()


def _version(version: Version) -> bytes:
    return b"" if version == "2.0" else element("version", version).encode()


def _record(style: _Style, asked: Asked, schema: str, data: bytes, position: int) -> bytes:
    if asked.escaped:
        data = text(data.decode()).encode()
    head = element("recordSchema", schema)
    head += element(style.packing, "string" if asked.escaped else "xml")
    place = element("recordPosition", str(position)) if position else ""
    return b"".join((
        b"<record>", head.encode(), b"<recordData>", data, b"</recordData>", place.encode(),
        b"</record>",
    ))  # fmt: skip


def _echo(asked: Asked) -> bytes:
    name = "echoedSearchRetrieveRequest"
    known: tuple[str, ...] = (
        "version",
        "query",
        "startRecord",
        "maximumRecords",
        "recordPacking",
        "recordSchema",
    )
    given = dict(asked.given)
    if asked.version == "2.0":
        known = ("query", "startRecord", "maximumRecords", "recordXMLEscaping", "recordSchema")
    else:
        given.setdefault("version", asked.version)
    said = "".join(element(one, given.get(one, "")) for one in known)
    return clean(f"<{name}>{said}</{name}>")


def _context_sets() -> str:
    return "".join(
        f'<set name="{name}" identifier="{attribute(uri)}"/>' for name, uri in CONTEXT_SETS.items()
    )


def _index(index: Index) -> str:
    prefix, _, name = index.name.partition(".")
    return (
        f"<index>{element('title', index.title)}"
        f'<map><name set="{prefix}">{name}</name></map></index>'
    )


def _schemas() -> str:
    titles = {"dc": "Dublin Core", "mods": "MODS 3.7"}
    return "".join(
        f'<schema identifier="{uri}" name="{name}">{element("title", titles[name])}</schema>'
        for name, uri in SCHEMA_NAMES.items()
    )
