"""A page that begins with a picture of the corpus, while its analysis is still being made.

The page is sent in two pieces. What stands before the findings does not depend on them: it goes
out at once, with the years of all documents, which the search engine counts in some milliseconds.
Browsers show it before the rest is there, with and without scripts.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator

import msgspec
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from fonds.analyses.drawing.columns import columns
from fonds.analyses.job import Job
from fonds.search.engine import Facet, SearchRequest
from fonds.search.query.tree import Among
from fonds.web.services import Services

SEAM = Markup("<!-- findings -->")
LEAST = 1_000  # documents; of fewer the analysis itself is there as soon
_MOST_YEARS = 1_000
_MOST_COUNTED = 50_000  # documents; of more the picture would come as late as the analysis
_LEVEL, _GZIP = 1, 31  # of compression; its form (zlib's window bits)


class Early(msgspec.Struct, frozen=True):
    """What is shown first: exact numbers of all documents of a corpus."""

    documents: int
    dated: int
    picture: Markup


class _Bucket(msgspec.Struct, frozen=True, rename="camel"):
    key_as_string: str
    doc_count: int


class _Years(msgspec.Struct, frozen=True):
    buckets: tuple[_Bucket, ...]


def early_picture(services: Services, job: Job) -> Early | None:
    """Return the years of a corpus; None where its analysis is there as soon, or none is known."""
    count = len(job.plan.ords)
    if not LEAST <= count <= _MOST_COUNTED or services.analyses.holds(job):
        return None
    chosen = Among(start=0, end=0, ords=tuple(job.plan.ords.tolist()))
    facet = Facet("publicationDate", "publicationDate", "interval")
    found = services.engine.search(SearchRequest(chosen, size=0, facets=(facet,)))
    buckets = msgspec.convert(found.aggregations["publicationDate"], _Years).buckets
    by_year = {int(one.key_as_string): one.doc_count for one in buckets if one.doc_count}
    if not by_year or max(by_year) - min(by_year) > _MOST_YEARS:
        return None
    years = range(min(by_year), max(by_year) + 1)
    drawn = columns(years, [by_year.get(year, 0) for year in years])
    return Early(count, sum(by_year.values()), Markup(drawn))  # noqa: S704  # drawn by us


def in_two_pieces(request: Request, first: Response, whole: Callable[[], Response]) -> Response:
    """Return a page that begins as `first` does and goes on, when it is made, as `whole` does.

    Its status is that of the beginning: what fails later is said on the page.
    """
    compressed = first.headers.get("content-encoding") == "gzip"
    headers = {name: value for name, value in first.headers.items() if name != "content-length"}

    def pieces() -> Iterator[bytes]:
        seam = SEAM.encode()
        yield _text(first).partition(seam)[0]
        yield seam + _text(whole()).partition(seam)[2]

    body = _deflated(pieces()) if compressed else pieces()
    return StreamingResponse(body if request.method != "HEAD" else iter(()), headers=headers)


def _text(page: Response) -> bytes:
    if page.headers.get("content-encoding") == "gzip":
        return gzip.decompress(page.body)
    return bytes(page.body)


def _deflated(pieces: Iterator[bytes]) -> Iterator[bytes]:
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)
    for piece in pieces:
        yield packer.compress(piece) + packer.flush(zlib.Z_SYNC_FLUSH)
    yield packer.flush()
