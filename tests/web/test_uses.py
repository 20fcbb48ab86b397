"""Which address is which use."""

from __future__ import annotations

import pytest
from starlette.datastructures import Headers

from fonds.web.meter import counted
from fonds.web.uses import Use, use_of

ID = "0123456789ABCDEF0123456789ABCDEF01234567"
ARK = "ark:/99999/abc-12345678-X"
NAME = "ark:/99999/ABC-12345678-X"


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        (f"/document/{ID}", "investigation"),
        (f"/document/{ID.lower()}/", "investigation"),
        (f"/api/document/{ID}/fulltext/pdf", "request"),
        (f"/document/{ID}/fulltext/pdf,tei", "request"),
        (f"/document/{ID}/metadata/mods", "investigation"),
        (f"/document/{ID}/metadata/original", "request"),
        (f"/document/{ID}/metadata/xml", "request"),
        (f"/document/{ID}/annexes/gif", "investigation"),
        (f"/document/{ID}/covers/gif", "investigation"),
        (f"/document/{ID}/enrichments/teeft", "investigation"),
        (f"/document/{ID}/fulltext", None),
        ("/document/12345", None),
        (f"/{ARK}", None),
        (f"/{ARK}/fulltext", None),
        (f"/{ARK}/fulltext.pdf", "request"),
        (f"/{ARK}/bundle.zip", "request"),
        (f"/{ARK}/record.json", "investigation"),
        (f"/{ARK}/record.bibtex", "investigation"),
        (f"/{ARK}/enrichments/teeft,nb", "investigation"),
        (f"/{ARK.replace('ark:/', 'ark:')}/fulltext.tei", "request"),
        (f"/{ARK.removeprefix('ark:/')}/fulltext.tei", "request"),
        (f"/notice/{ARK}", "investigation"),
        (f"/notice/{ARK}/cite", "investigation"),
        (f"/notice/{ARK}/read", "request"),
        (f"/notice/{ARK}/linkset", None),
        ("/extract/0123.zip", "export"),
        ("/corpora/CRP-1.tar.gz", "export"),
        ("/corpora/CRP-1.corpus", None),
        ("/document/openurl", None),
        ("/corpus", None),
        ("/static/style.css", None),
        ("/oai", None),
        ("/", None),
    ],
)
def test_addresses(path: str, kind: str | None) -> None:
    """Notice and record are investigations, texts are requests; lists and tools are nothing."""
    found = use_of("GET", path, b"")
    assert (found.kind if found else None) == kind
    if found is not None and found.kind in ("investigation", "request"):
        assert found.document.upper() == (ID if ID in path.upper() else NAME.upper())


@pytest.mark.parametrize(
    ("path", "query", "kind"),
    [
        ("/", b"q=bees", "search"),
        ("/", b"q=bees&page=1&sort=newest", "search"),
        ("/", b"q=bees&page=2", None),
        ("/", b"f=language:fre", "search"),
        ("/document", b"q=bees", "search"),
        ("/api/document/", b"q=bees&from=0", "search"),
        ("/document", b"q=bees&from=10", None),
        ("/document", b"scrollId=x", None),
        ("/document", b"q=bees&extract=fulltext[pdf]", "export"),
        (f"/{ARK}/enrichments/teeft", b"consolidate=true", "request"),
    ],
)
def test_queries(path: str, query: bytes, kind: str | None) -> None:
    """A search counts on its first page."""
    found = use_of("GET", path, query)
    assert (found.kind if found else None) == kind


def test_methods() -> None:
    """HEAD and OPTIONS use nothing; POST searches."""
    for method in ("HEAD", "OPTIONS", "PUT"):
        assert use_of(method, f"/{ARK}/fulltext.pdf", b"") is None
    assert use_of("POST", "/document", b"") == Use("search")
    assert use_of("POST", f"/{ARK}/fulltext.pdf", b"") is None


def test_sent_to_the_page_of_refusals() -> None:
    """A redirect to a login is none; one to the page that says no is a denial."""
    for place, expected in (
        ("/login?target=x", None),
        ("/login/denied?collection=x", "no-license"),
    ):
        headers = Headers({"location": f"http://localhost{place}"})
        assert counted(Use("request"), 302, headers) == expected


@pytest.mark.parametrize(
    ("kind", "status", "content_range", "expected"),
    [
        ("request", 200, "", "request"),
        ("request", 304, "", "request"),
        ("request", 206, "bytes 0-99/1000", "request"),
        ("request", 206, "bytes 100-199/1000", None),
        ("request", 403, "", "no-license"),
        ("request", 429, "", "limit-exceeded"),
        ("request", 404, "", None),
        ("request", 416, "", None),
        ("request", 302, "", None),
        ("request", 500, "", None),
        ("investigation", 200, "", "investigation"),
        ("investigation", 403, "", None),
        ("search", 400, "", None),
        ("export", 200, "", "request"),
        ("export", 206, "bytes 5-9/10", None),
        ("export", 403, "", None),
    ],
)
def test_statuses(kind: str, status: int, content_range: str, expected: str | None) -> None:
    """Only success counts, and refusals of texts as denials."""
    headers = Headers({"content-range": content_range} if content_range else {})
    assert counted(Use(kind), status, headers) == expected  # type: ignore[arg-type]
