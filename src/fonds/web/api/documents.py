"""One document: its record, the lists of its files, the files, by id and by ARK."""

from __future__ import annotations

import re
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fonds.archive.model import StoredDocument, StoredFile
from fonds.archive.names import outgoing_names
from fonds.errors import NotThere
from fonds.record import Record
from fonds.renditions.consolidated import consolidated
from fonds.web.api.citations import citations_of
from fonds.web.api.door import JSON
from fonds.web.api.files import file_answer, made_name
from fonds.web.api.made import bytes_answer, made_answer
from fonds.web.api.output import read_output
from fonds.web.api.parameters import is_on
from fonds.web.api.problems import NOTHING_OF_TYPE
from fonds.web.api.searching import base_url
from fonds.web.api.validators import fixed
from fonds.web.api.zips import Member, zip_answer
from fonds.web.redaction import Redaction
from fonds.web.services import Services
from fonds.web.visitors import may_analyse, require, visitor_of

TYPOLOGIES = ("fulltext", "metadata", "annexes", "covers", "enrichments")
_KEPT = "enrichments"
OLD_NAMES = {"catWos": "multicat", "refBib": "refBibs"}  # historical names of enrichments

_ID = re.compile(r"[0-9A-Fa-f]{40}")
_encode = msgspec.json.Encoder().encode


class Documents:
    """The endpoints below `/document/{id}`, and what those below an ARK share with them."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def record(self, request: Request) -> Response:
        """Answer with the complete record."""
        return self.record_answer(request, self._by_id(request))

    def citations(self, request: Request) -> Response:
        """Answer with what the document cites in the archive, and what cites it."""
        record = msgspec.json.decode(self._shown(request, self._by_id(request)), type=Record)
        base = base_url(request, self._services)
        return fixed(request, _encode(citations_of(self._services, record, base)))

    def listing(self, request: Request) -> Response:
        """List the files of one type."""
        document = self._by_id(request)
        kind: str = request.path_params["typology"]
        if kind not in TYPOLOGIES:
            raise NotThere(what="type of file", name=kind[:80])
        found = self.described(request, document).get(kind)
        content: dict[str, Any] = {"id": document.id, kind: found}
        if not found:
            content = {"id": document.id, "_error": NOTHING_OF_TYPE}
            return Response(_encode(content), 404, media_type=JSON)
        return fixed(request, _encode(content), modified=self.changed(document))

    def file(self, request: Request) -> Response:
        """Answer with a file; `original` names the publisher's."""
        document = self._by_id(request)
        kind: str = request.path_params["typology"]
        extension: str = request.path_params["extension"]
        if kind == "metadata" and extension == "json":
            base = base_url(request, self._services)
            return RedirectResponse(f"{base}/document/{document.id}", 302)
        if kind == "fulltext" and extension == "zip":
            return self.bundle(request, document)
        return self.file_of(request, document, kind, extension)

    def record_answer(self, request: Request, document: StoredDocument) -> Response:
        """Answer with a record, its files as addresses."""
        body = read_output("*").of(
            self._shown(request, document), base_url(request, self._services)
        )
        return fixed(request, body, modified=self.changed(document))

    def _whole(self, request: Request, document: StoredDocument) -> bytes:
        """Return the whole record, its files as addresses."""
        base = base_url(request, self._services)
        return read_output("*").of(self._shown(request, document), base)

    def _shown(self, request: Request, document: StoredDocument) -> bytes:
        """Return the record without what who asks may not see."""
        services = self._services
        return Redaction(services, visitor_of(request, services))(document.record)

    def changed(self, document: StoredDocument) -> float:
        """Return when a document came as it is, in seconds since 1970."""
        return self._services.archive.time_of(document.ord)

    def described(self, request: Request, document: StoredDocument) -> dict[str, Any]:
        """Return the descriptions of the files of a document by type."""
        selection = read_output(",".join(("id", "title", *TYPOLOGIES)))
        body = selection.of(self._shown(request, document), base_url(request, self._services))
        content: dict[str, Any] = msgspec.json.decode(body)
        return content

    def file_of(
        self, request: Request, document: StoredDocument, kind: str, extension: str
    ) -> Response:
        """Answer with the file of a type and format; several come as a ZIP.

        Several formats are joined by commas; enrichments can be merged into the full text.
        """
        if kind == "enrichments" and is_on(request.query_params.get("consolidate")):
            return self._consolidated(request, document, extension.split(","))
        if "," in extension:
            return self._several(request, document, kind, extension.split(","))
        files = self._files(document, kind, extension)
        if not files:
            return self._made(request, document, kind, extension)
        self._ask(request, document, kind, files)
        if len(files) == 1 or extension == "original":
            return file_answer(request, self._services.archive, document, files[0])
        members = [Member(name, file) for name, file in _named(files)]
        return zip_answer(request, self._services.archive, document, members, f"{kind}.{extension}")

    def _several(
        self, request: Request, document: StoredDocument, kind: str, names: list[str]
    ) -> Response:
        """Answer with a ZIP of the files of several formats; what is not there is in its log."""
        wanted = list(dict.fromkeys(name.strip() for name in names if name.strip()))
        found = [(name, self._files(document, kind, name)) for name in wanted]
        files = list(dict.fromkeys(file for _, those in found for file in those))
        if not files:
            raise NotThere(what="file", name=f"{kind}/{','.join(wanted)}"[:80])
        self._ask(request, document, kind, files)
        names = outgoing_names(document.id, files)
        members = [Member(name, file) for name, file in zip(names, files, strict=True)]
        absent = "".join(f"{document.id} {kind}/{name}: absent\n" for name, f in found if not f)
        if absent:
            members.append(Member("log.txt", absent.encode()))
        return zip_answer(request, self._services.archive, document, members, kind)

    def _consolidated(
        self, request: Request, document: StoredDocument, names: list[str]
    ) -> Response:
        """Answer with the full-text TEI, enrichments merged into it."""
        archive = self._services.archive
        text = archive.file(document.ord, "fulltext", "tei")
        found = [(name, file) for name in names for file in self._tei(document, name)]
        if text is None or not found:
            raise NotThere(what="file", name=f"{_KEPT}/{','.join(names)}"[:80])
        require(request, self._services, document)
        merged = consolidated(
            archive.read(text), ((name, archive.read(file)) for name, file in found)
        )
        suffix = ".".join(dict.fromkeys(name for name, _ in found))
        return bytes_answer(request, merged, text.mimetype, made_name(document, f"{suffix}.tei"))

    def _ask(
        self, request: Request, document: StoredDocument, kind: str, files: list[StoredFile]
    ) -> None:
        if kind == _KEPT:
            names = (file.extension.removesuffix(".json") for file in files)
            visitor = visitor_of(request, self._services)
            if may_analyse(self._services, visitor, document.record, names):
                return
        if kind != "metadata" or any(file.original for file in files):
            require(request, self._services, document)

    def _made(
        self, request: Request, document: StoredDocument, kind: str, extension: str
    ) -> Response:
        """Answer with a form that is made when someone asks for it."""
        rendition = self._services.on_demand.find(kind, extension)
        if rendition is not None:
            if kind != "metadata":
                require(request, self._services, document)
            data = self._services.on_demand.make(document, rendition)
            if data is not None:
                return made_answer(request, document, rendition, data, self.changed(document))
        raise NotThere(what="file", name=f"{kind}/{extension}"[:80])

    def bundle(self, request: Request, document: StoredDocument) -> Response:
        """Answer with a ZIP of everything the publisher sent, and the record."""
        require(request, self._services, document)
        files = [f for f in self._services.archive.files(document.ord) if f.original]
        record = read_output("*").of(
            self._shown(request, document), base_url(request, self._services)
        )
        members = [Member(f"{document.id}.json", record)]
        members += [Member(name, file) for name, file in _named(files)]
        return zip_answer(request, self._services.archive, document, members, "")

    def _by_id(self, request: Request) -> StoredDocument:
        identifier: str = request.path_params["id"]
        if _ID.fullmatch(identifier) is not None:
            document = self._services.archive.by_id(identifier.upper())
            if document is not None:
                return document
        raise NotThere(what="document", name=identifier[:80])

    def _tei(self, document: StoredDocument, name: str) -> list[StoredFile]:
        """Return the stand-off of an enrichment, not its JSON."""
        return [f for f in self._files(document, _KEPT, name) if "tei" in f.mimetype]

    def _files(self, document: StoredDocument, kind: str, extension: str) -> list[StoredFile]:
        extension = OLD_NAMES.get(extension, extension)
        files = [f for f in self._services.archive.files(document.ord) if f.typology == kind]
        if extension == "original":
            return [f for f in files if f.original]
        return [f for f in files if f.extension == extension]


def _named(files: list[StoredFile]) -> list[tuple[str, StoredFile]]:
    """Give each file a name of its own inside a ZIP: the publisher's, where there is one."""
    named: dict[str, StoredFile] = {}
    for number, file in enumerate(files, start=1):
        plain = file.name.replace("\\", "/").rpartition("/")[2].rpartition("!")[2]
        name = plain or f"{file.typology}.{file.extension}"
        if name in named:
            name = f"{number}-{name}"
        named[name] = file
    return list(named.items())
