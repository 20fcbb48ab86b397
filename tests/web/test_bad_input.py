"""Everything a client can get wrong has its documented status and a JSON body."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import jwt
import msgspec
import pytest

from fonds.access.tokens import Tokens
from fonds.settings import CorporaSettings, Settings
from fonds.web.api.parameters import MOST_ADDRESS
from fonds.web.services import open_services
from tests.web.conftest import api_app, load, serving
from tests.web.contract_home import DOI, SETTINGS, make_home

RIGHTS = (
    "[collections.wiley]\naccess = 'restricted'\n[institutions.here]\n"
    "networks = ['192.0.2.0/24']\n[[institutions.here.rights]]\ncollections = ['*']\n"
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home in which one collection is restricted."""
    path = tmp_path_factory.mktemp("bad") / "home"
    make_home(path, range(8))
    (path / "access.toml").write_text(RIGHTS)
    return path


@pytest.fixture(scope="module")
def bad(home: Path) -> Iterator[httpx.Client]:
    """Serve it."""
    keeping = CorporaSettings(kept_by="everyone")
    services = open_services(home, msgspec.structs.replace(SETTINGS, corpora=keeping))
    with serving(api_app(services)) as address, httpx.Client(base_url=address) as client:
        yield client
    services.close()


@pytest.fixture(scope="module")
def pdf(bad: httpx.Client) -> str:
    """Return the address of a restricted PDF."""
    hit = bad.get(f'/document?q=doi:"{DOI}"&output=fulltext').json()["hits"][0]
    return next(str(file["uri"]) for file in hit["fulltext"] if file["extension"] == "pdf")


def refused(answer: httpx.Response, *statuses: int) -> None:
    """Expect one of the statuses, and a body that says why."""
    assert answer.status_code in statuses, (answer.request.url, answer.text[:300])
    assert answer.headers["content-type"] == "application/json; charset=utf-8"
    content = answer.json()
    assert content["_error"]
    assert "Traceback" not in answer.text


def _without_signature(token: str) -> str:
    head = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    return f"{head}.{token.split('.')[1]}."


def test_tokens_that_are_none(bad: httpx.Client, home: Path, pdf: str) -> None:
    """Forged, tampered, without a signature, of another key, expired, revoked, absurd: nobody."""
    tokens = Tokens(home)
    good = tokens.create("here", days=1)
    assert bad.get(pdf, headers={"Authorization": f"Bearer {good}"}).status_code == 200
    claims = jwt.decode(good, options={"verify_signature": False})
    over = tokens.create("here", days=-1)
    revoked = tokens.create("here", days=1)
    tokens.revoke(tokens.issued()[-1].number)
    forged = (
        good[:-4] + "AAAA", _without_signature(good), over, revoked,
        jwt.encode(claims, "k" * 32, algorithm="HS256"),
        jwt.encode({**claims, "institution": "x"}, "", algorithm="none"), "a.b.c", "x", "x" * 5_000,
    )  # fmt: skip
    for token in forged:
        for scheme in ("Bearer", "bearer", "Basic", "Token"):
            headers = {"Authorization": f"{scheme} {token}"}
            refused(bad.get(pdf, headers=headers), 401, 403)
            assert bad.get("/document?q=*&size=1", headers=headers).status_code == 200


@pytest.mark.parametrize("value", ["192.0.2.7", "192.0.2.7, 10.0.0.1", "x", "::1", "," * 500])
def test_a_forged_origin_opens_nothing(bad: httpx.Client, pdf: str, value: str) -> None:
    """What any client can write is not believed."""
    for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP", "REMOTE_USER", "eppn"):
        refused(bad.get(pdf, headers={name: value}), 403)


def test_a_cursor_of_another_installation(bad: httpx.Client, tmp_path: Path) -> None:
    """404 with advice; the same for what never was a cursor."""
    load(tmp_path / "other", range(4), Settings())
    services = open_services(tmp_path / "other", Settings())
    with serving(api_app(services)) as address:
        cursor = httpx.get(f"{address}/document?q=*&scroll=5m&size=1").json()["scrollId"]
        assert httpx.get(f"{address}/document?q=1&scrollId={cursor}").status_code == 200
    services.close()
    for name in (cursor, cursor[:-3], "A==", "../" * 9, "%00", "x" * 9_000):
        refused(bad.get("/document", params={"q": "1", "scrollId": name}), 404)


@pytest.mark.parametrize(
    ("extract", "position"),
    [("metadata[", 9), ("metadata[mods", 9), ("metadata]", 9), ("fulltext[pdf]x", 14), ("[pdf]", 1),
     ("fulltext[pdf;tei]", 13), ("metadata[!]", 10), ("\u00e9[", 2), ("a[" * 5_000, 4)],
)  # fmt: skip
def test_extract_that_cannot_be_read(bad: httpx.Client, extract: str, position: int) -> None:
    """400 with the character."""
    answer = bad.get("/document", params={"q": "*", "extract": extract})
    refused(answer, 400)
    assert (answer.json()["code"], answer.json()["position"]) == ("extract-invalid", position)


@pytest.mark.parametrize("trick", [
    "../../catalogue.sqlite", "....//", "/etc/passwd", "%2e%2e%2fcatalogue", "..\\..\\x",
    "a\x00b",
    "\u202etxt", "x" * 4_000, "CON", "~", "*", "' OR 1=1 --", "<script>", "${jndi:x}", "%ff%fe",
])  # fmt: skip
def test_tricks_in_names(bad: httpx.Client, trick: str) -> None:
    """No name leaves its place, in ids, types, formats, ARKs, plans, corpora and stored queries."""
    hit = bad.get("/document?q=*&size=1&output=arkIstex").json()["hits"][0]
    name = quote(trick, safe="")
    for path in (
        f"/document/{name}", f"/document/{name}/fulltext/pdf", f"/document/{hit['id']}/{name}",
        f"/document/{hit['id']}/fulltext/{name}", f"/document/{hit['id']}/enrichments/{name}",
        f"/{hit['arkIstex']}/{name}", f"/{hit['arkIstex']}/fulltext.{name}", f"/ark:/67375/{name}",
        f"/{hit['arkIstex']}/enrichments/{name}", f"/extract/{name}", f"/extract/{name}.zip",
        f"/corpora/{name}", f"/corpora/CRP-{name}.zip", f"/q_id/{name}",
    ):  # fmt: skip
        refused(bad.get(path), 400, 404)
    refused(bad.get("/document", params={"q_id": trick}), 404)


@pytest.mark.parametrize("path", ["/document", "/document/multiopenurl", "/corpora",
                                  "/q_id/900150983cd24fb0d6963f7d28e17f72"])  # fmt: skip
@pytest.mark.parametrize("body", [
    b"", b"{", b"null", b"[" * 100_000, b'{"a":' * 50_000, b"\xff\xfe\x00", b'{"qString": 1}',
    b'{"qString": "\\ud800"}', b"[" + b"1," * 20_000 + b"1]", b'"x"', b"1e999",
], ids=lambda body: repr(body[:12]))  # fmt: skip
def test_bodies_that_are_none(bad: httpx.Client, path: str, body: bytes) -> None:
    """400 where JSON was expected and something else came; 200 where a list may hold nonsense."""
    answer = bad.post(path, content=body, headers={"Content-Type": "application/json"})
    if path.endswith("multiopenurl") and body.startswith(b"[1,") and answer.status_code == 200:
        pytest.fail("more references than the limit were taken")
    refused(answer, 400, 413)


def test_what_is_too_large(bad: httpx.Client) -> None:
    """413 for bodies, 414 for addresses, sizes are cut or refused; each says the limit."""
    long = b'{"qString": "' + b"a" * 4_000_000 + b'"}'
    refused(bad.post("/document", content=long), 413)
    refused(bad.post("/corpora", content=b" " * (17 * 1024 * 1024)), 413)
    refused(bad.get("/document?q=" + "a" * MOST_ADDRESS), 414)
    assert bad.get("/document?q=*&size=99999999999999999999").status_code == 200
    refused(bad.get("/document?q=*&size=-5"), 400)
    refused(bad.get("/document?q=*&size=" + "9" * 5_000 + "x"), 400)
    assert bad.get("/document?q=*&from=" + "9" * 5_000).json()["hits"] == []
    refused(bad.get("/document?q=*&scroll=" + "9" * 5_000 + "d"), 400)
    refused(bad.get("/document?q=*&randomSeed=" + "9" * 5_000), 400)
    refused(bad.get("/document?q=*&size=0&facet=" + ",".join(["genre"] * 500)), 400)


@pytest.mark.parametrize("query", [
    "rft.atitle=Slow+magma+ascent+beneath+a+fictional+volcano&rft.aulast=Ex%E9mple&rft.date=2009",
    "rft_id=info%253Adoi%252F10.1002%252Fxyz.12345",
    "rft_id=info%253Adoi%252F10.1002%252Fxyz.12345&sid=x&auth=ip,fede",
    "rft_id=%22info:doi/10.1002/XYZ.12345%22",
    "rft_id=info:doi/10.1002/xyz.12345&rft.atitle=%FF%FE%00",
])  # fmt: skip
def test_openurls_in_other_encodings(bad: httpx.Client, query: str) -> None:
    """Latin-1, encoded twice, quoted: the document is found all the same."""
    answer = bad.get(f"/document/openurl?{query}&noredirect")
    assert answer.status_code == 200, answer.text
    assert answer.json()["resourceUrl"].endswith("/fulltext.pdf")


@pytest.mark.parametrize(
    "query", ["rft_id=%FF", "%", "&&&=", "rft.atitle=" + "a" * 9_000, "id=\x00"]
)
def test_openurls_that_are_none(bad: httpx.Client, query: str) -> None:
    """404 with code and message."""
    answer = bad.get(f"/document/openurl?{quote(query, safe='=&%')}")
    refused(answer, 404)
    assert json.loads(answer.content)["code"] == 404
