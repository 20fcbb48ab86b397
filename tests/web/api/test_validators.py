"""What does not change says so (ETag, Last-Modified, 304); deflated members go out as they lie."""

from __future__ import annotations

import zlib
from email.utils import formatdate, parsedate_to_datetime
from typing import Any

import deflate
import httpx
import pytest

from fonds.web.services import Services

_TAGGED = ("etag", "cache-control", "last-modified")


def addresses(client: httpx.Client) -> dict[str, str]:
    """Return one address of each kind that belongs to a document."""
    hit = client.get("/document?q=doi.raw:%2210.1000/xyz.0%22&output=*").json()["hits"][0]
    ark, by_id = f"/{hit['arkIstex']}", f"/document/{hit['id']}"
    return {
        "record": by_id,
        "record by ARK": f"{ark}/record.json",
        "listing": f"{by_id}/fulltext",
        "typologies": ark,
        "formats": f"{ark}/fulltext",
        "pdf": f"{ark}/fulltext.pdf",
        "text": f"{by_id}/fulltext/txt",
        "publisher's": f"{by_id}/metadata/original",
        "citation": f"{ark}/record.bibtex",
        "several": f"{by_id}/annexes/gif",
        "bundle": f"{ark}/bundle.zip",
        "export": "/document?q=doi.raw:%2210.1000/xyz.0%22&extract=metadata[json]&size=1",
    }


OTHERS = ("/mapping", "/openapi.json", "/limits", "/corpus", "/properties")


def test_documents(client: httpx.Client) -> None:
    """Tag and date; each alone gives 304 with the same headers; an older date gives all of it."""
    for name, path in addresses(client).items():
        whole = client.get(path)
        assert whole.status_code == 200, name
        tag, date = whole.headers["etag"], whole.headers["last-modified"]
        assert not tag.startswith("W/")
        assert parsedate_to_datetime(date).timestamp() > 1_700_000_000, name
        older = formatdate(parsedate_to_datetime(date).timestamp() - 1, usegmt=True)
        for asked in ({"If-None-Match": tag}, {"If-Modified-Since": date},
                      {"If-None-Match": f'"x", W/{tag}'}, {"If-None-Match": "*"}):  # fmt: skip
            fresh = client.get(path, headers=asked)
            assert (fresh.status_code, fresh.content) == (304, b""), name
            kept = [(key, whole.headers[key]) for key in _TAGGED]
            assert kept == [(key, fresh.headers[key]) for key in _TAGGED], name
        for asked in ({"If-Modified-Since": older}, {"If-Modified-Since": "yesterday"},
                      {"If-None-Match": '"x"', "If-Modified-Since": date}):  # fmt: skip
            assert client.get(path, headers=asked).content == whole.content, name


def test_head(client: httpx.Client) -> None:
    """HEAD has the headers of GET and no body; 304 works with it."""
    for name, path in addresses(client).items():
        whole, head = client.get(path), client.head(path)
        assert head.content == b""
        for key in (*_TAGGED, "content-length", "content-type"):
            assert head.headers.get(key) == whole.headers.get(key), (name, key)
        fresh = client.head(path, headers={"If-None-Match": whole.headers["etag"]})
        assert fresh.status_code == 304


def test_what_describes_the_server(client: httpx.Client) -> None:
    """Lists and documentation have a tag."""
    for path in OTHERS:
        tag = client.get(path).headers["etag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_if_range(client: httpx.Client) -> None:
    """A part comes only of what the client has: the same tag, or exactly its date."""
    path = addresses(client)["pdf"]
    whole = client.get(path)
    tag, date = whole.headers["etag"], whole.headers["last-modified"]
    other = formatdate(parsedate_to_datetime(date).timestamp() + 1, usegmt=True)
    for named, status in ((tag, 206), (date, 206), (other, 200), ('"x"', 200), ("x", 200)):
        part = client.get(path, headers={"Range": "bytes=10-19", "If-Range": named})
        assert part.status_code == status
        assert part.content == (whole.content[10:20] if status == 206 else whole.content)


def test_every_deflated_member_is_sent_as_it_lies(
    client: httpx.Client, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between a gzip header and trailer stand the pack's own bytes; nothing can compress here."""

    def no(*_: Any, **__: Any) -> Any:
        raise AssertionError("something was compressed")

    monkeypatch.setattr(zlib, "compress", no)
    monkeypatch.setattr(zlib, "compressobj", no)
    for name in ("deflate_compress", "gzip_compress", "zlib_compress"):
        monkeypatch.setattr(deflate, name, no)
    seen = 0
    for document in services.archive.documents():
        for file in services.archive.files(document.ord):
            if file.method != 8 or (file.typology, file.extension) == ("metadata", "json"):
                continue  # the record goes out with addresses put in
            extension = "original" if file.original else file.extension
            path = f"/document/{document.id}/{file.typology}/{extension}"
            with client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as answer:
                raw = b"".join(answer.iter_raw())
            assert answer.headers["content-encoding"] == "gzip"
            assert raw[10:-8] == services.archive.read_raw(file)
            assert int(answer.headers["content-length"]) == file.stored_size + 18
            seen += 1
    assert seen > 150
