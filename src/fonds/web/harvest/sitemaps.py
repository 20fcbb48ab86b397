"""`/robots.txt` and `/sitemap.xml`: what search engines may index, and where it is.

Pages of documents alone, never their files; only of collections that `web.indexing` names. An ARK
begins with three characters of its collection, so `robots.txt` can say exactly which.
"""

from __future__ import annotations

import gzip

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from fonds.archive import ark as arks
from fonds.archive.arrivals import Stretch
from fonds.errors import NotThere
from fonds.web.api.searching import base_url
from fonds.web.harvest.lists import Place, sitemap, sitemap_index
from fonds.web.harvest.windows import windows
from fonds.web.indexing import may_index
from fonds.web.services import Services

WIDTH = 50_000  # addresses in one list: what the format allows
_TYPE = "application/xml; charset=utf-8"
# what costs work and leads nowhere that is not in the sitemap
_KEPT_OUT = ("/document", "/api/", "/corpus", "/extract", "/table", "/oai", "/sru", "/openurl",
             "/resourcesync/", "/q_id/", "/notice/", "/ark:", "/*?")  # fmt: skip


class Sitemaps:
    """What one server tells search engines."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def robots(self, request: Request) -> Response:
        """Answer with the rules for robots."""
        archive, settings = self._services.settings.archive, self._services.settings.web
        names = [one.name for one in self._services.archive.collections()]
        lines = [
            "User-agent: *"
        ]  # what is allowed stands first: some robots stop at the first rule
        for name in names:
            if may_index(settings, name) and name not in self._services.settings.harvest.withdrawn:
                publisher = archive.publishers.get(name) or arks.publisher_of(name)
                lines.append(f"Allow: /notice/ark:/{archive.naan}/{publisher}-")
                lines.append(f"Allow: /ark:/{archive.naan}/{publisher}-*/fulltext.pdf$")
        lines += [f"Disallow: {path}" for path in _KEPT_OUT]
        base = base_url(request, self._services)
        return PlainTextResponse("\n".join((*lines, "", f"Sitemap: {base}/sitemap.xml", "")))

    async def index(self, request: Request) -> Response:
        """Answer with the list of lists."""
        base = base_url(request, self._services)
        places = (
            Place(f"{base}/sitemaps/{one.number}.xml.gz", one.time)
            for one in windows(self._stretches(), WIDTH)
        )
        return Response(sitemap_index(places), media_type=_TYPE)

    async def part(self, request: Request) -> Response:
        """Answer with one list, as a gzip file."""
        number: int = request.path_params["number"]
        base = base_url(request, self._services)
        data = await to_thread.run_sync(self._part, number, base)
        return Response(data, media_type="application/gzip")

    def _part(self, number: int, base: str) -> bytes:
        found = [one for one in windows(self._stretches(), WIDTH) if one.number == number]
        if not found:
            raise NotThere(what="sitemap", name=str(number)[:20])
        arrivals = self._services.archive.arrivals(found[0].stretches, 0, WIDTH)
        places = (Place(f"{base}/notice/{a.located.ark}", a.stretch.time) for a in arrivals)
        return gzip.compress(sitemap(places), 6, mtime=0)

    def _stretches(self) -> list[Stretch]:
        settings = self._services.settings
        return [
            one
            for one in self._services.archive.stretches()
            if may_index(settings.web, one.collection)
            and one.collection not in settings.harvest.withdrawn
        ]
