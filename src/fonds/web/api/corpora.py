"""`/corpora`: what is kept for good; `/table`: records as CSV, JSON Lines or Parquet."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

import msgspec
from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from fonds.access.gate import Visitor
from fonds.corpora.kept import KeptCorpus, corpus_text, kept_corpora, plan_of, read_kept
from fonds.corpora.planning import read_archive_type
from fonds.corpora.presets import shares
from fonds.corpora.rerun import rerun
from fonds.corpora.selection import read_selection
from fonds.corpora.sizes import sizes_of
from fonds.corpora.table_files import MEDIA_TYPES, enrichment_chunks, table_chunks, table_format
from fonds.corpora.usable import usable
from fonds.errors import CorpusNotFound, QueryInvalid
from fonds.web.api.door import JSON
from fonds.web.api.exporting import export_sent, planned
from fonds.web.api.keeping import MOST_BODY, Wanted, check_keeper, keep, read_wanted
from fonds.web.api.parameters import read_pairs
from fonds.web.api.searching import base_url, read_limited
from fonds.web.api.validators import fixed
from fonds.web.redaction import Redaction
from fonds.web.services import Services
from fonds.web.visitors import may_analyse, narrow, visitor_of
from fonds.web.withheld import withholding_of

_encode = msgspec.json.Encoder().encode


class Corpora:
    """The endpoints of kept corpora, tables and presets."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def listing(self, request: Request) -> Response:
        """List the corpora that are kept, or keep one."""
        if request.method == "POST":
            check_keeper(request, self._services)
            wanted = read_wanted(await read_limited(request, MOST_BODY))
            return await to_thread.run_sync(self._keep, request, wanted)
        found = await to_thread.run_sync(kept_corpora, self._services.home)
        return Response(_encode(found), media_type=JSON)

    def _keep(self, request: Request, wanted: Wanted) -> Response:
        said, fresh = keep(request, self._services, wanted, base_url(request, self._services))
        headers = {"Location": said.uri}
        return Response(_encode(said), 201 if fresh else 200, headers, media_type=JSON)

    def one(self, request: Request) -> Response:
        """Answer with a corpus: its description, `.corpus` file, changes, or its files."""
        name, _, ending = str(request.path_params["name"]).partition(".")
        kept = read_kept(self._services.home, name)
        params = read_pairs(request.scope["query_string"])
        match ending:
            case "":
                return fixed(request, _encode(kept), modified=kept.kept)
            case "corpus":
                return self._text(request, kept)
            case "changes":
                services = self._services
                within = partial(narrow, services, visitor_of(request, services))
                found = rerun(services.archive, services.engine, services.search, kept, within)
                return Response(_encode(found), media_type=JSON)
            case "sizes":
                return self._sizes(request, kept, params)
            case "zip" | "tar.gz":
                return self._files(request, kept, params, "zip" if ending == "zip" else "tar")
        raise CorpusNotFound(name=f"{name}.{ending}"[:80])

    def table(self, request: Request) -> Response:
        """Answer with a table of fields of the documents a query finds."""
        params = read_pairs(request.scope["query_string"])
        chosen = table_format(params.get("format", "csv"))
        services = self._services
        withholding = withholding_of(request, services)
        plan = planned(services, request, {"size": "*", **params}, withholding)
        shown = Redaction(services, visitor_of(request, services))
        fields = params.get("fields", "")
        rows = params.get("rows", "")
        if rows:
            may = partial(self._may_have, visitor_of(request, services), rows)
            chunks = enrichment_chunks(services.archive, plan.ords, rows, fields, chosen, may=may)
        else:
            chunks = table_chunks(services.archive, plan.ords, fields, chosen, shown=shown)
        name = f"fonds-{datetime.now(UTC).date().isoformat()}.{chosen}"
        headers = {
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "no-cache",
        }
        body = chunks if request.method != "HEAD" else iter(())
        return StreamingResponse(body, headers=headers, media_type=MEDIA_TYPES[chosen])

    def _may_have(self, visitor: Visitor, name: str, record: bytes) -> bool:
        return may_analyse(self._services, visitor, record, (name,))

    def presets(self, request: Request) -> Response:
        """Answer with what each tool needs, and the share of documents that have it."""
        params = read_pairs(request.scope["query_string"])
        if not params.get("q"):
            raise QueryInvalid(position=1, reason="the parameter q is missing or empty")
        withholding = withholding_of(request, self._services)
        asked = {"size": "*", **params, "extract": ""}
        plan = planned(self._services, request, asked, withholding)
        sizes = sizes_of(self._services.archive, plan, withholding)
        counts = usable(self._services.archive, plan, withholding)
        return Response(_encode(shares(sizes, counts)), media_type=JSON)

    def _text(self, request: Request, kept: KeptCorpus) -> Response:
        name = kept.ark.rpartition("/")[2]
        headers = {"Content-Disposition": f'attachment; filename="{name}.corpus"'}
        body = corpus_text(self._services.archive, kept)
        text = "text/plain; charset=utf-8"
        return fixed(request, body.encode(), modified=kept.kept, media_type=text, headers=headers)

    def _sizes(self, request: Request, kept: KeptCorpus, params: Mapping[str, str]) -> Response:
        withholding = withholding_of(request, self._services)
        extract = str(read_selection(params.get("extract", "")))
        plan = plan_of(
            kept, extract, read_archive_type(params.get("archiveType", "")), withholding.key
        )
        self._services.plans.keep(plan)
        found = sizes_of(self._services.archive, plan, withholding)
        return Response(_encode(found), media_type=JSON)

    def _files(
        self, request: Request, kept: KeptCorpus, params: Mapping[str, str], archive_type: str
    ) -> Response:
        withholding = withholding_of(request, self._services)
        extract = str(read_selection(params.get("extract", "")))
        plan = plan_of(kept, extract, archive_type, withholding.key)
        return export_sent(self._services, request, plan, withholding)
