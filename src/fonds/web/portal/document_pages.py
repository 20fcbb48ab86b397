"""The pages of one document: its notice, its text, how to cite it, and its set of links."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from fonds.archive import ark as arks
from fonds.archive.model import StoredDocument
from fonds.record import Record
from fonds.renditions.citations.styled import NAMES, STYLES, Locale, Style, Styled, styled
from fonds.web import signposting
from fonds.web.api.searching import base_url
from fonds.web.forms import HTML, OFFERED, form_answer
from fonds.web.indexing import may_index
from fonds.web.negotiation import choose
from fonds.web.portal.asking import Asked, page_number
from fonds.web.portal.found import read_found
from fonds.web.portal.highwire import meta_tags
from fonds.web.portal.notice import File, offered_files, read_notice, record_of
from fonds.web.portal.pages import VIEWER_POLICY, render
from fonds.web.portal.reading import read_page
from fonds.web.portal.relations import held_references
from fonds.web.portal.texts import chosen, texts
from fonds.web.portal.viewing import view_page
from fonds.web.portal.ways import context_object
from fonds.web.redaction import Redaction
from fonds.web.schema_org import scholarly_article
from fonds.web.services import Services
from fonds.web.visitors import may_read, visitor_of

_MOST_QUERY = 8_000  # characters of a search whose words are marked
_REFERENCES_SHOWN = 50  # on the page of an article, so that it stays small
REFERENCES_PAGE = 100
_KEPT = 2_000  # references written out; a style takes some milliseconds


class DocumentPages:
    """The pages of documents of one server."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._styled = lru_cache(maxsize=_KEPT)(self._write)

    def notice(self, request: Request) -> Response:
        """Show a document, or answer with the form that a program asks for."""
        document = self._find(request)
        if document is None:
            return self.missing(request)
        choice = choose(request.headers.get("accept", ""), (HTML, *OFFERED))
        if choice.mimetype != HTML:
            return form_answer(request, self._services, document, choice)
        return self._page(request, document)

    def reading(self, request: Request) -> Response:
        """Show the text of a document."""
        document = self._find(request)
        if document is not None and not self._readable(request, document):
            return self._page(request, document, 403)  # it says who may read the text
        said = texts(chosen(request))
        page = read_page(self._services, document, said) if document is not None else None
        if page is None:
            return self.missing(request)
        return render(request, self._services, "read.html", {"asked": Asked(), "page": page})

    def viewing(self, request: Request) -> Response:
        """Show the PDF of a document, at the passage searched."""
        document = self._find(request)
        if document is not None and not self._readable(request, document):
            return self._page(request, document, 403)
        q = request.query_params.get("q", "")[:_MOST_QUERY]
        page = view_page(self._services, document, q) if document is not None else None
        if page is None:
            return self.missing(request)
        answer = render(request, self._services, "view.html", {"asked": Asked(q=q), "page": page})
        answer.headers["Content-Security-Policy"] = VIEWER_POLICY
        return answer

    def references(self, request: Request) -> Response:
        """Show the references of a document, a hundred a page, with those that are here."""
        document = self._find(request)
        if document is None:
            return self.missing(request)
        record = record_of(document)
        pages = max(1, -(-len(record.ref_bibs) // REFERENCES_PAGE))
        page = min(page_number(request.query_params), pages)
        first = (page - 1) * REFERENCES_PAGE
        shown = {
            "asked": Asked(),
            "record": record,
            "shown": record.ref_bibs[first : first + REFERENCES_PAGE],
            "held": held_references(self._services, record.ref_bibs),
            "first": first + 1,
            "page": page,
            "pages": pages,
        }
        return render(request, self._services, "references.html", shown)

    def citing(self, request: Request) -> Response:
        """Show how to cite a document, in every style and form."""
        document = self._find(request)
        if document is None:
            return self.missing(request)
        record = record_of(document)
        wanted = request.query_params.get("style", "")
        kept = [one for one in STYLES if one == wanted] or list(STYLES)
        locale = _locale(request)
        forms = [one.name for one in self._services.on_demand.offered if one.typology == "metadata"]
        shown = {
            "asked": Asked(),
            "record": record,
            "base": base_url(request, self._services),
            "citations": [(one, NAMES[one], self._styled(document.ord, one, locale))
                          for one in kept],
            "forms": [*forms, "mods"],
            "openurl": context_object(record),
        }  # fmt: skip
        return render(request, self._services, "cite.html", shown)

    def linkset(self, request: Request) -> Response:
        """Answer with the set of links of a document (RFC 9264)."""
        document = self._find(request)
        if document is None:
            return self.missing(request)
        entitled = self._readable(request, document)
        record = record_of(document)
        files = offered_files(self._services, document, record, entitled=entitled)
        base = base_url(request, self._services)
        found = self._links(record, base, files)
        body = signposting.linkset(found, f"{base}/notice/{document.ark}")
        return Response(body, media_type=signposting.LINKSET)

    def by_identifier(self, request: Request) -> Response:
        """Send an address with an id to the one with the ARK."""
        identifier: str = request.path_params["identifier"]
        found = self._services.archive.by_id(identifier.upper())
        if found is None:
            return self.missing(request)
        return RedirectResponse(f"/notice/{found.ark}", status_code=301)

    def missing(self, request: Request) -> Response:
        """Say that there is no such page."""
        return render(request, self._services, "missing.html", {"asked": Asked()}, 404)

    def _find(self, request: Request) -> StoredDocument | None:
        naan, name = str(request.path_params["naan"]), str(request.path_params["name"])
        return self._services.archive.by_ark(arks.normalised(naan, name))

    def _page(self, request: Request, document: StoredDocument, status: int = 200) -> Response:
        entitled = self._readable(request, document)
        notice = read_notice(self._services, document, entitled=entitled)
        record, base = notice.record, base_url(request, self._services)
        settings = self._services.settings
        style = next((one for one in STYLES if one == settings.portal.citation_style), STYLES[0])
        answer = render(
            request,
            self._services,
            "notice.html",
            {
                "asked": Asked(),
                "notice": notice,
                "found": read_found(self._redacted(request, document)),
                "record": record,
                "base": base,
                "meta": list(meta_tags(record, base, notice.pdf)),
                "json_ld": scholarly_article(record, base, notice.pdf),
                "indexed": may_index(settings.web, document.collection),
                "references_shown": _REFERENCES_SHOWN,
                "styles": [(one, NAMES[one]) for one in STYLES],
                "style": style,
                "citation": self._styled(document.ord, style, _locale(request)),
            },
            status,
        )
        answer.headers["Link"] = signposting.header(
            self._links(record, base, notice.files), f"{base}/notice/{document.ark}/linkset"
        )
        answer.headers.add_vary_header("Accept")
        return answer

    def _redacted(self, request: Request, document: StoredDocument) -> bytes:
        return Redaction(self._services, visitor_of(request, self._services))(document.record)

    def _links(
        self, record: Record, base: str, offered: Sequence[File]
    ) -> tuple[signposting.Link, ...]:
        addresses = {file.uri for file in offered}
        files = [file for file in record.fulltext if file.uri in addresses]
        forms = [(one.name, one.mimetype) for one in self._services.on_demand.offered
                 if one.typology == "metadata"]  # fmt: skip
        if any(file.kind == "mods" for file in offered):
            forms.append(("mods", "application/mods+xml"))
        return signposting.links(record, base, files, forms)

    def _write(self, number: int, style: Style, locale: Locale) -> Styled:
        document = self._services.archive.by_ord(number)
        return styled(record_of(document) if document else Record(), style, locale)

    def _readable(self, request: Request, document: StoredDocument) -> bool:
        visitor = visitor_of(request, self._services)
        return may_read(self._services, visitor, document.record)


def _locale(request: Request) -> Locale:
    return "fr-FR" if chosen(request) == "fr" else "en-US"
