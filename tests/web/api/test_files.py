"""Records and files of documents, by id and by ARK (istex-api.md 1.4, 1.5, 12.7)."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from typing import Any

import httpx
import pytest

from fonds.archive.ark import mint
from tests.web.conftest import PDF, TEXT

FULL_TEXT = f"0 {TEXT}".encode()


@pytest.fixture(scope="module")
def first(client: httpx.Client) -> dict[str, Any]:
    """Return the record of the document that has a PDF."""
    found = client.get("/document?q=doi.raw:%2210.1000/xyz.0%22&output=*").json()
    assert found["total"] == 1
    hit: dict[str, Any] = found["hits"][0]
    return hit


def test_record_by_id_in_any_case_and_with_a_slash(
    client: httpx.Client, first: dict[str, Any]
) -> None:
    """The complete record without score; lower-case ids and trailing slashes are accepted."""
    expected = {key: value for key, value in first.items() if key != "score"}
    for path in (first["id"], f"{first['id']}/", f"{first['id'].lower()}?sid=x"):
        assert client.get(f"/document/{path}").json() == expected
    assert client.get(f"/{first['arkIstex']}/record.json").json() == expected
    assert client.get(f"/{first['arkIstex']}/metadata.json").json() == expected


def test_every_announced_address_answers_with_its_type(
    client: httpx.Client, first: dict[str, Any]
) -> None:
    """What a record promises is there, with the announced type."""
    for file in first["fulltext"] + first["metadata"]:
        answer = client.get(file["uri"])
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith(file["mimetype"])


@pytest.mark.parametrize("kind", ["fulltext", "metadata", "annexes"])
def test_lists_of_files(client: httpx.Client, first: dict[str, Any], kind: str) -> None:
    """`{"id":…, "fulltext":[…]}` as in the contract."""
    content = client.get(f"/document/{first['id']}/{kind}").json()
    assert content == {"id": first["id"], kind: first[kind]}


def test_no_file_of_a_type_is_said_with_the_id(client: httpx.Client, first: dict[str, Any]) -> None:
    """The contract's own sentence, status 404."""
    answer = client.get(f"/document/{first['id']}/covers")
    assert answer.status_code == 404
    assert answer.json() == {
        "id": first["id"],
        "_error": "Il n'existe actuellement aucun résultat pour ce type de data",
    }


def test_files_by_id(client: httpx.Client, first: dict[str, Any]) -> None:
    """By extension, and the publisher's as `original`; JSON metadata is a redirect."""
    start = f"/document/{first['id']}"
    assert client.get(f"{start}/fulltext/pdf").content == PDF
    assert client.get(f"{start}/fulltext/original/").content == PDF
    assert client.get(f"{start}/metadata/original").content == b"<article>0</article>"
    answer = client.get(f"{start}/metadata/json")
    assert (answer.status_code, answer.headers["location"].endswith(start)) == (302, True)


def test_ark_typologies_and_formats(client: httpx.Client, first: dict[str, Any]) -> None:
    """An ARK lists its types; a type lists its formats; both name the document."""
    ark = first["arkIstex"]
    content = client.get(f"/{ark}").json()
    assert list(content) == ["_comment", "idIstex", "arkIstex", "title", "typologies"]
    assert (content["idIstex"], content["arkIstex"]) == (first["id"], ark)
    assert list(content["typologies"]) == ["bundle", "fulltext", "record", "annexes"]
    record = client.get(f"/{ark}/record").json()
    assert record["formats"] == content["typologies"]["record"]
    base = f"{client.base_url}/{ark}"
    assert {"format": "json", "mimetype": "application/json", "uri": f"{base}/record.json"} in (
        record["formats"]
    )
    assert client.get(f"/{ark}/bundle").json()["formats"][0]["uri"] == f"{base}/bundle.zip"


def test_other_forms_of_an_ark_address(client: httpx.Client, first: dict[str, Any]) -> None:
    """Without `ark:`, without its slash, in lower case, with other hyphens or none."""
    naan, name = first["arkIstex"].removeprefix("ark:/").split("/")
    plain = name.replace("-", "")
    for path in (
        f"/{naan}/{name}",
        f"/{naan}/{name}/",
        f"/ark:{naan}/{name}",
        f"/ARK:/{naan}/{name}",
        f"/api/Ark:{naan}/{name}",
        f"/ark:/{naan}/{name.lower()}/",
        f"/ark:/{naan}/{plain}",
        f"/ark:/{naan}/{plain[:4]}-{plain[4:]}",
        f"/ark:/{naan}/{name}".replace("-", "\u2010"),
    ):
        assert client.get(path).json()["idIstex"] == first["id"]
    assert client.get(f"/{naan}/{name}/fulltext.pdf").content == PDF


def test_wrong_arks(client: httpx.Client, first: dict[str, Any]) -> None:
    """A wrong check character is 400 with the contract's text; an unknown document 404."""
    ark = first["arkIstex"]
    wrong = ark[:-1] + ("0" if ark[-1] != "0" else "1")
    for path in (wrong, wrong + "/fulltext.pdf", "ark:/99999/nonsense"):
        answer = client.get(f"/{path}")
        assert answer.status_code == 400
        assert answer.json()["_error"] == "L'identifiant ARK saisi n'a pas le format requis."
    unknown = mint("99999", "GT4", "nothing")
    for path in (
        str(unknown),
        f"{ark}/fulltext.xyz",
        f"{ark}/nothing",
        f"{ark}/x.y",
    ):
        answer = client.get(f"/{path}")
        assert answer.status_code == 404
        assert answer.json()["_error"] == "La ressource que vous demandez n'existe pas"


def test_deflated_files_pass_through_as_gzip(client: httpx.Client, first: dict[str, Any]) -> None:
    """Those who accept gzip get it with an exact length, the others the plain text."""
    path = f"/{first['arkIstex']}/fulltext.txt"
    with client.stream("GET", path, headers={"Accept-Encoding": "gzip, br"}) as packed:
        raw = b"".join(packed.iter_raw())
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) == len(raw) < len(FULL_TEXT)
    assert gzip.decompress(raw) == FULL_TEXT
    plain = client.get(path, headers={"Accept-Encoding": "gzip;q=0"})
    assert "content-encoding" not in plain.headers
    assert int(plain.headers["content-length"]) == len(FULL_TEXT)
    assert plain.content == FULL_TEXT
    assert plain.headers["etag"] != packed.headers["etag"]
    assert "Accept-Encoding" in plain.headers["vary"]


@pytest.mark.parametrize(
    ("kind", "whole"),
    [("fulltext.pdf", PDF), ("fulltext.txt", FULL_TEXT)],
    ids=["stored", "deflated"],
)
@pytest.mark.parametrize("span", [(0, 0), (5, 400_000), (300_000, None), (None, 10)])
def test_ranges(
    client: httpx.Client,
    first: dict[str, Any],
    kind: str,
    whole: bytes,
    span: tuple[int | None, int | None],
) -> None:
    """Any one range of a file is exactly that part of it."""
    begin, end = span
    text = f"bytes={'' if begin is None else begin}-{'' if end is None else end}"
    part = (
        whole[-end:] if begin is None and end else whole[begin : None if end is None else end + 1]
    )
    headers = {"Range": text, "Accept-Encoding": "identity"}
    answer = client.get(f"/{first['arkIstex']}/{kind}", headers=headers)
    assert answer.status_code == 206
    assert answer.content == part
    start = len(whole) - len(part) if begin is None else begin
    assert answer.headers["content-range"] == f"bytes {start}-{start + len(part) - 1}/{len(whole)}"


def test_an_interrupted_gzip_download_resumes(client: httpx.Client, first: dict[str, Any]) -> None:
    """Ranges of the gzip form fit together, header, stream and trailer."""
    path = f"/{first['arkIstex']}/fulltext.txt"
    raw = b""
    for text in ("bytes=0-4", "bytes=5-29", "bytes=30-"):
        with client.stream("GET", path, headers={"Accept-Encoding": "gzip", "Range": text}) as part:
            raw += b"".join(part.iter_raw())
            assert part.status_code == 206
    assert gzip.decompress(raw) == FULL_TEXT


def test_impossible_and_odd_ranges(client: httpx.Client, first: dict[str, Any]) -> None:
    """Beyond the end is 416; several ranges or nonsense give the whole file."""
    path = f"/{first['arkIstex']}/fulltext.pdf"
    answer = client.get(path, headers={"Range": "bytes=99999999-"})
    assert (answer.status_code, answer.headers["content-range"]) == (416, f"bytes */{len(PDF)}")
    assert answer.json()["code"] == "range-not-there"
    for text in ("bytes=0-1,5-9", "lines=1-2", "bytes=9-1", "bytes=-"):
        assert client.get(path, headers={"Range": text}).content == PDF


def test_tags_and_conditions(client: httpx.Client, first: dict[str, Any]) -> None:
    """An unchanged file is not sent again; If-Range with another tag sends it whole."""
    path = f"/{first['arkIstex']}/fulltext.pdf"
    tag = client.head(path).headers["etag"]
    assert client.get(path, headers={"If-None-Match": f'"x", W/{tag}'}).status_code == 304
    answer = client.get(path, headers={"Range": "bytes=0-1", "If-Range": '"other"'})
    assert (answer.status_code, answer.content) == (200, PDF)


def test_head_has_the_headers_of_get(client: httpx.Client, first: dict[str, Any]) -> None:
    """HEAD works on every kind of address, without a body."""
    start = f"/{first['arkIstex']}"
    for path in (
        "/document?q=*&size=1",
        "/corpus",
        start,
        f"{start}/fulltext.pdf",
        f"{start}/bundle.zip",
    ):
        head, got = client.head(path), client.get(path)
        assert (head.status_code, head.content) == (200, b"")
        for name in ("content-length", "content-type", "access-control-allow-origin"):
            assert head.headers[name] == got.headers[name]


def test_names_and_passive_display(client: httpx.Client, first: dict[str, Any]) -> None:
    """Files have a name to save them by; publishers' markup cannot run scripts here."""
    name = first["arkIstex"].rpartition("/")[2]
    answer = client.get(f"/{first['arkIstex']}/fulltext.pdf")
    assert answer.headers["content-disposition"] == f'inline; filename="{name}.pdf"'
    assert "content-security-policy" not in answer.headers
    markup = client.get(f"/{first['arkIstex']}/record.xml")
    assert markup.headers["content-security-policy"].startswith("sandbox")


def test_several_files_of_one_format_come_as_a_zip(
    client: httpx.Client, first: dict[str, Any]
) -> None:
    """Each under a name of its own."""
    answer = client.get(f"/document/{first['id']}/annexes/gif")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert archive.testzip() is None
        contents = sorted(archive.read(name) for name in archive.namelist())
    assert contents == [b"GIF89a first", b"GIF89a second"]


def test_the_bundle_holds_what_the_publisher_sent_and_the_record(
    client: httpx.Client, first: dict[str, Any]
) -> None:
    """A valid ZIP of exactly the announced length, with record and originals."""
    for path in (f"/{first['arkIstex']}/bundle.zip", f"/document/{first['id']}/fulltext/zip"):
        answer = client.get(path)
        assert int(answer.headers["content-length"]) == len(answer.content)
        with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
            assert archive.testzip() is None
            assert json.loads(archive.read(f"{first['id']}.json"))["id"] == first["id"]
            assert archive.read("fulltext.pdf") == PDF
            assert archive.read("metadata.xml") == b"<article>0</article>"


def test_unknown_documents(client: httpx.Client) -> None:
    """404 with the contract's sentence, whatever the id looks like."""
    for path in ("0" * 40, "x", "0" * 40 + "/fulltext/pdf", "0" * 40 + "/fulltext", "%00%FF"):
        answer = client.get(f"/document/{path}")
        assert answer.status_code == 404
        assert answer.json()["_error"] == "La ressource que vous demandez n'existe pas"
