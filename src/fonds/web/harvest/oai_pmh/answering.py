"""Answers each verb of OAI-PMH with the content of its element."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from fonds.access.gate import Visitor
from fonds.archive import ark as arks
from fonds.archive.arrivals import Arrival, Stretch
from fonds.archive.model import StoredDocument
from fonds.record import Record
from fonds.renditions.xml_text import clean, element
from fonds.web.harvest.datestamps import datestamp
from fonds.web.harvest.oai_pmh.arguments import Arguments
from fonds.web.harvest.oai_pmh.faults import OaiFault
from fonds.web.harvest.oai_pmh.formats import FORMATS, Writer
from fonds.web.harvest.oai_pmh.listing import Listing
from fonds.web.harvest.oai_pmh.moments import written
from fonds.web.harvest.oai_pmh.sets import Sets, sets_of
from fonds.web.harvest.oai_pmh.tokens import Place, seal, unseal
from fonds.web.services import Services

_decode = msgspec.json.Decoder(Record).decode
_IDENTIFIER = (
    '<description><oai-identifier xmlns="http://www.openarchives.org/OAI/2.0/oai-identifier" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" '
    'xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/oai-identifier '
    'http://www.openarchives.org/OAI/2.0/oai-identifier.xsd"><scheme>oai</scheme>'
    "<repositoryIdentifier>{domain}</repositoryIdentifier><delimiter>:</delimiter>"
    "<sampleIdentifier>oai:{domain}:ark:/{naan}/6GQ-0000000V-0</sampleIdentifier>"
    "</oai-identifier></description>"
)


class Answering:
    """The verbs, for one visitor."""

    def __init__(
        self, services: Services, sets: Sets, visitor: Visitor, base: str, key: bytes
    ) -> None:
        self._services = services
        self._all_sets = sets
        self._settings = services.settings.harvest
        self._base = base
        self._key = key
        self._writer = Writer(services, visitor)
        self._verbs: dict[str, Callable[[str, Arguments], Iterator[bytes]]] = {
            "Identify": self._identify,
            "ListMetadataFormats": self._formats,
            "ListSets": self._sets,
            "GetRecord": self._record,
            "ListIdentifiers": self._list,
            "ListRecords": self._list,
        }

    def answer(self, verb: str, given: Arguments) -> bytes:
        """Return the element of a verb; raises OaiFault."""
        content = b"\n".join(self._verbs[verb](verb, given))
        return b"<%s>\n%s\n</%s>" % (verb.encode(), content, verb.encode())

    def _identify(self, verb: str, given: Arguments) -> Iterator[bytes]:
        stretches = self._services.archive.stretches()
        earliest = min((datestamp(self._settings, one) for one in stretches), default=0.0)
        yield clean(element("repositoryName", self._services.settings.web.name))
        yield clean(element("baseURL", self._base))
        yield b"<protocolVersion>2.0</protocolVersion>"
        yield clean(element("adminEmail", self._settings.email))
        yield clean(element("earliestDatestamp", written(earliest)))
        yield b"<deletedRecord>persistent</deletedRecord>"
        yield b"<granularity>YYYY-MM-DDThh:mm:ssZ</granularity>"
        if self._settings.namespace:
            naan = self._services.settings.archive.naan
            yield clean(_IDENTIFIER.format(domain=self._settings.namespace, naan=naan))

    def _formats(self, verb: str, given: Arguments) -> Iterator[bytes]:
        if "identifier" in given:
            self._find(given["identifier"])
        for one in FORMATS.values():
            yield clean(
                "<metadataFormat>"
                + element("metadataPrefix", one.prefix)
                + element("schema", one.schema)
                + element("metadataNamespace", one.namespace)
                + "</metadataFormat>"
            )

    def _sets(self, verb: str, given: Arguments) -> Iterator[bytes]:
        if "resumptionToken" in given:
            raise OaiFault("badResumptionToken", "all sets come in one answer")
        collections = [one.name for one in self._services.archive.collections()]
        for one in self._all_sets.all(collections):
            yield clean(f"<set>{element('setSpec', one.spec)}{element('setName', one.name)}</set>")

    def _record(self, verb: str, given: Arguments) -> Iterator[bytes]:
        document = self._find(given["identifier"])
        prefix = _known(given["metadataPrefix"])
        stretches = self._services.archive.stretches()
        stretch = next(one for one in stretches if one.first <= document.ord <= one.last)
        yield self._written(document, stretch, prefix, whole=True)

    def _list(self, verb: str, given: Arguments) -> Iterator[bytes]:
        place = self._place(verb, given)
        listing = Listing(self._services, self._all_sets, place)
        count = max(1, self._settings.page)
        page = listing.page(place.last, count + 1)
        if not page and not place.given:
            raise OaiFault("noRecordsMatch", "no record has these dates and this set")
        if not place.given:
            place = msgspec.structs.replace(place, size=listing.size())
        for one in page[:count]:
            yield self._arrival(one, place.prefix, whole=verb == "ListRecords")
        more = len(page) > count
        if more or place.given:
            yield self._token(place, page[:count], more=more)

    def _place(self, verb: str, given: Arguments) -> Place:
        if "resumptionToken" in given:
            return unseal(given["resumptionToken"], verb, self._key)
        prefix = _known(given["metadataPrefix"])
        stretch = (given.get("from", ""), given.get("until", ""))
        return Place(verb, prefix, *stretch, given.get("set", ""), 0, 0, 0)

    def _token(self, place: Place, page: list[Arrival], *, more: bool) -> bytes:
        token = ""
        if more:
            last = page[-1].located.ord
            token = seal(
                msgspec.structs.replace(place, last=last, given=place.given + len(page)), self._key
            )
        size = max(place.size, place.given + len(page))
        attributes = f' completeListSize="{size}" cursor="{place.given}"'
        return f"<resumptionToken{attributes}>{token}</resumptionToken>".encode()

    def _arrival(self, arrival: Arrival, prefix: str, *, whole: bool) -> bytes:
        located = arrival.located
        record = self._services.archive.read(located.files[0])
        document = StoredDocument(
            located.ord, located.id, located.ark, located.collection, located.version, record, True
        )
        return self._written(document, arrival.stretch, prefix, whole=whole)

    def _written(
        self, document: StoredDocument, stretch: Stretch, prefix: str, *, whole: bool
    ) -> bytes:
        """Return a record, or its header alone."""
        deleted = document.collection in self._settings.withdrawn
        status = ' status="deleted"' if deleted else ""
        sets = sets_of(document.collection, _decode(document.record))
        head = clean(
            f"<header{status}>"
            + element("identifier", self._identifier(document.ark))
            + element("datestamp", written(datestamp(self._settings, stretch)))
            + "".join(element("setSpec", spec) for spec in sets)
            + "</header>"
        )
        if not whole:
            return head
        if deleted:
            return b"<record>%s</record>" % head
        said = self._writer.write(document, prefix)
        return b"<record>%s<metadata>\n%s\n</metadata></record>" % (head, said)

    def _identifier(self, ark: str) -> str:
        domain = self._settings.namespace
        return f"oai:{domain}:{ark}" if domain else ark

    def _find(self, identifier: str) -> StoredDocument:
        """Return a document by its identifier, with or without the domain; raises OaiFault."""
        domain = self._settings.namespace
        plain = identifier.removeprefix(f"oai:{domain}:") if domain else identifier
        ark = arks.parse(plain)
        document = self._services.archive.by_ark(str(ark)) if ark is not None else None
        if document is None:
            raise OaiFault("idDoesNotExist", "there is no such record")
        return document


def _known(prefix: str) -> str:
    if prefix not in FORMATS:
        raise OaiFault("cannotDisseminateFormat", f"offered are {', '.join(FORMATS)}")
    return prefix
