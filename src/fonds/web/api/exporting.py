"""`extract=`: corpora as one file of known length, resumable, and their sizes beforehand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from fonds.corpora.export import Export
from fonds.corpora.lists import CORPUS
from fonds.corpora.plan import Plan
from fonds.corpora.planning import DEFAULT_SIZE, EVERYTHING, Wish, make_plan
from fonds.corpora.sizes import Sizes, sizes_of
from fonds.corpora.withholding import Withholding
from fonds.errors import NotThere
from fonds.web.api.answer import within
from fonds.web.api.content import Span
from fonds.web.api.parameters import read_pairs, read_parameters
from fonds.web.api.partial import ranged
from fonds.web.services import Services
from fonds.web.visitors import narrow, visitor_of
from fonds.web.withheld import withholding_of

JSON = "application/json; charset=utf-8"
_LIST = ".corpus"
_IGNORED = frozenset({"callback", "stats"})  # they do not change what an export holds


def export_answer(services: Services, request: Request, params: Mapping[str, str]) -> Response:
    """Answer with the archive file of an extraction, or the stretch of it that was asked for.

    A client that goes on with an interrupted download gets the plan it began with, also when the
    archive has grown meanwhile: by the tag it names, else by the address it repeats.
    """
    withholding = withholding_of(request, services)
    name = _name(params, withholding)
    plan = _begun(services, request, name, withholding)
    if plan is None:
        plan = planned(services, request, params, withholding)
        services.plans.keep(plan, name)
    return export_sent(services, request, plan, withholding)


class Exports:
    """The endpoints below `/extract`."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def sizes(self, request: Request) -> Response:
        """Answer with what an extraction would hold, exactly."""
        withholding = withholding_of(request, self._services)
        params = read_pairs(request.scope["query_string"])
        _, found = sized(self._services, request, params, withholding)
        return Response(msgspec.json.encode(found), media_type=JSON)

    def file(self, request: Request) -> Response:
        """Answer with the archive file of a plan by its name."""
        name: str = request.path_params["name"]
        withholding = withholding_of(request, self._services)
        key = name.partition(".")[0]
        plan = self._services.plans.read(key)
        if plan.rights != withholding.key or not name.endswith((*_suffixes(plan), _LIST)):
            raise NotThere(what="export", name=name[:80])
        if name.endswith(_LIST):
            return _list_sent(self._services, request, plan, withholding)
        return export_sent(self._services, request, plan, withholding)


def _list_sent(
    services: Services, request: Request, plan: Plan, withholding: Withholding
) -> Response:
    """Answer with the `.corpus` file of a plan: the very member of its archive file."""
    export = Export(services.archive, plan, withholding)
    made = next(one for one in export.made if one.name == CORPUS)
    today = datetime.now(UTC).date().isoformat()
    headers = {
        "Content-Disposition": f'attachment; filename="istex-subset-{today}.corpus"',
        "Content-Length": str(made.size),
        "Cache-Control": "no-cache",
    }
    body = made.chunks() if request.method != "HEAD" else iter(())
    return StreamingResponse(body, headers=headers, media_type="text/plain; charset=utf-8")


def sized(
    services: Services, request: Request, params: Mapping[str, str], withholding: Withholding
) -> tuple[Plan, Sizes]:
    """Fix what a request asks for, keep it, and say how large it is; raises what `planned` does."""
    plan = planned(services, request, params, withholding)
    services.plans.keep(plan, _name(params, withholding))
    return plan, sizes_of(services.archive, plan, withholding)


def _suffixes(plan: Plan) -> tuple[str, ...]:
    return (".tar.gz", ".tgz") if plan.asked.archive_type == "tar" else (".zip",)


def planned(
    services: Services, request: Request, params: Mapping[str, str], withholding: Withholding
) -> Plan:
    """Fix what a request asks for; raises what a search raises, ExtractInvalid, ExportTooLarge."""
    parameters = read_parameters(params, services.settings.search)
    size = params.get("size", "").strip()
    asked = services.search.ask(
        parameters.q,
        default_operator=parameters.default_operator,
        sort_by=parameters.sort_by,
        rank_by=parameters.rank_by,
        seed=parameters.seed,
    )
    wish = Wish(
        query=parameters.q,
        extract=params.get("extract", ""),
        archive_type=params.get("archiveType", "zip"),
        size=EVERYTHING if size == "*" else parameters.size if size else DEFAULT_SIZE,
        offset=parameters.offset,
        parameters={name: value for name, value in params.items() if name not in _IGNORED},
    )
    limit = services.settings.corpora.documents
    return make_plan(
        services.archive, services.engine,
        narrow(services, visitor_of(request, services), within(asked, parameters.corpus)), wish,
        rights=withholding.key, limit=limit,
    )  # fmt: skip


def _name(params: Mapping[str, str], withholding: Withholding) -> str:
    """Return what tells requests apart."""
    kept = {key: value for key, value in params.items() if key not in _IGNORED}
    return msgspec.json.encode([withholding.key, sorted(kept.items())]).decode()


def _begun(
    services: Services, request: Request, name: str, withholding: Withholding
) -> Plan | None:
    """Return the plan of a download that is being resumed."""
    asked = request.headers.get("range", "").replace(" ", "")
    if not asked.startswith("bytes=") or asked.startswith("bytes=0-"):
        return None
    tag = request.headers.get("if-range")
    if tag is None:
        return services.plans.last(name)
    try:
        plan = services.plans.read(tag.strip('"'))
    except NotThere:
        return None
    return plan if plan.rights == withholding.key else None


def export_sent(
    services: Services, request: Request, plan: Plan, withholding: Withholding
) -> Response:
    """Answer with the archive file of a plan, or a stretch of it."""
    export = Export(services.archive, plan, withholding)
    suffix = export.container.suffix
    today = datetime.now(UTC).date().isoformat()
    headers = {
        "Content-Type": export.container.media_type,
        "Content-Disposition": f'attachment; filename="istex-subset-{today}.{suffix}"',
        "Content-Location": f"{request.scope.get('root_path', '')}/extract/{export.key}.{suffix}",
        "Cache-Control": "no-cache",
    }

    def chunks(span: Span) -> Iterator[bytes]:
        return export.chunks(span.begin, span.end)

    modified = plan.snapshot.time
    return ranged(request, export.size, export.etag, headers, chunks, modified=modified)
