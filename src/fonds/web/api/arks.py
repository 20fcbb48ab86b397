"""Documents by ARK: `/ark:/NAAN/name`, its types, their formats and the files."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fonds.archive.ark import is_naan, normalised, parse
from fonds.archive.model import StoredDocument
from fonds.corpora.kept import PUBLISHER, read_kept
from fonds.errors import ArkElsewhere, ArkInvalid, CorpusNotFound, NotThere
from fonds.holdings.identity import PUBLISHER as TITLE
from fonds.record import Record
from fonds.web.api.documents import Documents
from fonds.web.api.inflection import Kernel, info_answer, wants_info
from fonds.web.api.searching import base_url
from fonds.web.api.validators import fixed
from fonds.web.forms import HTML, preferred
from fonds.web.negotiation import choose
from fonds.web.services import Services

# what an address calls a type -> what the archive calls it
_KINDS = {
    "fulltext": "fulltext",
    "record": "metadata",
    "metadata": "metadata",
    "annexes": "annexes",
    "covers": "covers",
    "enrichments": "enrichments",
    "enrichment": "enrichments",
}
_LISTED = {"bundle", *_KINDS} - {"metadata", "enrichment"}
_COMMENT = "Objet documentaire identifié par l'identifiant ARK {ark}. {what}"
_encode = msgspec.json.Encoder().encode
_record = msgspec.json.Decoder(Record).decode


class Arks:
    """The endpoints below an ARK."""

    def __init__(self, services: Services, documents: Documents) -> None:
        self._services = services
        self._documents = documents

    def typologies(self, request: Request) -> Response:
        """List every type and format of a document; a kept corpus is described."""
        ark = _asked(request)
        name = ark.rpartition("/")[2]
        if name.startswith(f"{PUBLISHER}-"):
            return self._corpus(request, ark)
        if name.startswith(f"{TITLE}-"):
            return RedirectResponse(f"{base_url(request, self._services)}/journals/{name}", 302)
        document = self._find(request)
        if wants_info(request):
            return info_answer(self._kernel(request, document))
        wanted = preferred(request, self._services, document)
        if wanted is not None:
            return wanted
        what = "Liste des typologies et formats disponibles correspondant"
        return self._answer(
            request, document, what, {"typologies": self._formats(request, document)}
        )

    def _corpus(self, request: Request, ark: str) -> Response:
        kept = read_kept(self._services.home, ark)
        if kept.ark != ark:
            raise CorpusNotFound(name=ark[:80])
        if wants_info(request):
            who = [kept.author] if kept.author else []
            when = datetime.fromtimestamp(kept.kept, UTC).date().isoformat()
            return info_answer(self._told(request, ark, who, kept.title, when, kept.kept))
        accept = request.headers.get("accept", "")
        if choose(accept, ("application/json", HTML)).mimetype == HTML:
            page = f"{base_url(request, self._services)}/corpus/{ark.rpartition('/')[2]}"
            return RedirectResponse(page, 302, {"Vary": "Accept"})
        headers = {"Vary": "Accept"}
        return fixed(request, _encode(kept), modified=kept.kept, headers=headers)

    def _kernel(self, request: Request, document: StoredDocument) -> Kernel:
        record = _record(document.record)
        who = [author.name for author in record.author]
        since = self._services.archive.time_of(document.ord)
        when = record.publication_date
        return self._told(request, document.ark, who, record.title, when, since)

    def _told(
        self, request: Request, ark: str, who: list[str], what: str, when: str, since: float
    ) -> Kernel:
        web = self._services.settings.web
        where = f"{base_url(request, self._services)}/{ark}"
        return Kernel(who, what, when, where, ark, web.name, web.ark_promise, since)

    def formats(self, request: Request) -> Response:
        """List the formats of one type, or answer with the file `type.format`."""
        document = self._find(request)
        name: str = request.path_params["typology"]
        kind, dot, extension = name.partition(".")
        if dot:
            return self._file(request, document, kind, extension)
        formats = self._formats(request, document).get(kind) if kind in _LISTED else None
        if not formats:
            raise NotThere(what="type of file", name=name[:80])
        what = f"Liste des formats disponibles pour la typologie {kind}"
        return self._answer(request, document, what, {"formats": formats})

    def enrichment(self, request: Request) -> Response:
        """Answer with one enrichment."""
        document = self._find(request)
        return self._documents.file_of(
            request, document, "enrichments", request.path_params["kind"]
        )

    def _file(
        self, request: Request, document: StoredDocument, kind: str, extension: str
    ) -> Response:
        if (kind, extension) in (("bundle", "zip"), ("fulltext", "zip")):
            return self._documents.bundle(request, document)
        if kind in ("record", "metadata") and extension == "json":
            return self._documents.record_answer(request, document)
        if kind not in _KINDS:
            raise NotThere(what="type of file", name=kind[:80])
        return self._documents.file_of(request, document, _KINDS[kind], extension)

    def _find(self, request: Request) -> StoredDocument:
        ark = _asked(request)
        document = self._services.archive.by_ark(ark)
        if document is not None:
            return document
        naan = str(request.path_params["naan"]).lower()
        if naan != self._services.settings.archive.naan and is_naan(naan):
            raise ArkElsewhere(ark=ark[:200], naan=naan, location=self._elsewhere(request))
        if parse(ark) is None:
            raise ArkInvalid(ark=ark[:200], reason="its form or its check character is wrong")
        raise NotThere(what="document", name=ark[:200])

    def _elsewhere(self, request: Request) -> str:
        """Return the address of another authority's ARK at the resolver that knows them all."""
        path: str = request.scope["path"]
        rest = path.partition("/ark:/")[2] or path.removeprefix("/api").lstrip("/")
        return f"{self._services.settings.web.ark_resolver}/ark:/{quote(rest, safe='/=~*+@_$')}"

    def _formats(self, request: Request, document: StoredDocument) -> dict[str, Any]:
        described = self._documents.described(request, document)
        base = str(described["metadata"][0]["uri"]).rpartition("/")[0]
        found: dict[str, Any] = {
            "bundle": [
                {"format": "zip", "mimetype": "application/zip", "uri": f"{base}/bundle.zip"}
            ]
        }
        for name in ("fulltext", "record", "annexes", "covers"):
            files = [_format(file) for file in described.get(_KINDS[name], [])]
            kept = [file for file in files if file["format"] != "zip" or name == "annexes"]
            if name == "record":
                kept += self._made(base)
            if kept:
                found[name] = kept
        enrichments = described.get("enrichments", {})
        if enrichments:
            found["enrichments"] = [
                {**_format(file), "format": kind}
                for kind, files in enrichments.items()
                for file in files
            ]
        return found

    def _made(self, base: str) -> list[dict[str, str]]:
        """Describe the citations, which are made when someone asks."""
        return [
            {"format": one.name, "mimetype": one.mimetype, "uri": f"{base}/record.{one.name}"}
            for one in self._services.on_demand.offered
            if one.typology == "metadata"
        ]

    def _answer(
        self, request: Request, document: StoredDocument, what: str, more: dict[str, Any]
    ) -> Response:
        described = self._documents.described(request, document)
        content = {
            "_comment": _COMMENT.format(ark=document.ark, what=what),
            "idIstex": document.id,
            "arkIstex": document.ark,
            "title": described.get("title", ""),
            **more,
        }
        return fixed(request, _encode(content), modified=self._documents.changed(document))


def _asked(request: Request) -> str:
    return normalised(str(request.path_params["naan"]), str(request.path_params["name"]))


def _format(file: dict[str, Any]) -> dict[str, Any]:
    return {"format": file["extension"], "mimetype": file["mimetype"], "uri": file["uri"]}
