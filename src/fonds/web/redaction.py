"""Records without what enrichments read from a text that somebody may not even search."""

from __future__ import annotations

import msgspec

from fonds.access.gate import Visitor
from fonds.web.services import Services
from fonds.web.visitors import closed_texts, may_read, openness

# as `search/fields.py` names what is read from texts
_KEYS = ("keywords", "namedEntities")
_CATEGORIES, _OF_TEXT = "categories", "nb"
_objects = msgspec.json.Decoder(dict[str, msgspec.Raw])
_encode = msgspec.json.Encoder().encode


class Redaction:
    """What one visitor is shown of records."""

    def __init__(self, services: Services, visitor: Visitor) -> None:
        self._services = services
        self._visitor = visitor
        self._closed = frozenset(one.name for one in closed_texts(services, visitor))

    def __call__(self, record: bytes) -> bytes:
        """Return a record as the visitor may see it."""
        if not self._closed or openness(record).collection not in self._closed:
            return record
        if may_read(self._services, self._visitor, record):
            return record
        parts = _objects.decode(record)
        for key in _KEYS:
            parts.pop(key, None)
        if _CATEGORIES in parts:
            kept = _objects.decode(parts[_CATEGORIES])
            kept.pop(_OF_TEXT, None)
            parts[_CATEGORIES] = msgspec.Raw(_encode(kept))
        return _encode(parts)
