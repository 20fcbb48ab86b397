"""A small internet: Scholar, PubMed, Wikipedia, an archive, behind a proxy that knows no more."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
import trustme
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from fonds.archive.archive import Archive
from fonds.archive.prepared import PreparedDocument
from fonds.record import AccessCondition, Contributor, Host, Record
from fonds.search.engine import IndexDocument
from fonds.search.engines import open_engine
from fonds.settings import Settings, WebSettings
from fonds.web.app import create_app
from fonds.web.services import open_services
from tests.extension.proxy import Proxy
from tests.web.conftest import PDF, prepared_file

PAGES = Path(__file__).parent / "pages"
ARCHIVE = "archive.example.org"
SCHOLAR, PUBMED, WIKIPEDIA = "scholar.google.com", "pubmed.ncbi.nlm.nih.gov", "fr.wikipedia.org"
OTHER = "library.example.net"  # a page that shows the button


class Asked(msgspec.Struct):
    """What the archive was asked."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""


class World(msgspec.Struct, frozen=True):
    """The servers of the tests."""

    proxy: Proxy
    asked: list[Asked]

    def lookups(self) -> list[Asked]:
        """Return the questions about references, without those before them about permission."""
        return [one for one in self.asked if one.path == "/lookup" and one.method != "OPTIONS"]


def record(number: int, title: str, *, author: str, year: str, **more: object) -> Record:
    """Make a record."""
    content = {
        "title": title,
        "author": (Contributor(name=author),),
        "publication_date": year,
        "doi": (f"10.5555/held.{number}",),
        "host": Host(genre=("journal",), title="Journal of Imaginary Geology"),
        "access_condition": AccessCondition(content_type="isNotOpenAccess"),
        **more,
    }
    return Record(**content)  # type: ignore[arg-type]  # checked by the tests that read it


HELD: tuple[tuple[str, Record], ...] = (
    ("open", record(1, "Lava tubes of the northern plains", author="Ada Exemple", year="1988")),
    ("open", record(2, "On the age of imaginary basalts", author="Bob Sample", year="1994",
                    doi=(), pii=("S0304-3977(01)90034-5",))),
    ("open", record(3, "Effets du magma sur les récits", author="Élise Dupont", year="2001",
                    pmid=("11111111",))),
    ("open", record(4, "Pumice and its discontents revisited", author="Carla Vidal", year="1979",
                    doi=())),
    ("closed", record(5, "A survey of volcanic glass", author="Dan Obsidian", year="2004",
                      pmid=("22222222",))),
)  # fmt: skip


def load_home(home: Path) -> None:
    """Load the articles, the last into a collection that is closed to everyone here."""
    with Archive.open(home, Settings(), writable=True) as archive:
        engine = open_engine(home, Settings(), writable=True)
        for collection in ("open", "closed"):
            with archive.batch(collection) as batch:
                for name, one in HELD:
                    if name == collection:
                        pdf = prepared_file(
                            "fulltext", "pdf", "application/pdf", PDF, original=True
                        )
                        batch.add(PreparedDocument(
                            collection=collection, record=one, files=(pdf,),
                            source=f"{one.title}.xml", reader="jats",
                        ))  # fmt: skip
                batch.commit()
        for stored in archive.documents():
            engine.add([IndexDocument(stored.ord, stored.id, stored.record, "")])
        engine.commit(archive.last_ord())
        engine.close()
    rules = '[collections.closed]\naccess = "restricted"\nopen_access = false\n'
    (home / "access.toml").write_text(rules)


class Recording:
    """Middleware: remembers every request."""

    def __init__(self, app: ASGIApp, asked: list[Asked]) -> None:
        self._app = app
        self._asked = asked

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = {key.decode(): value.decode("latin-1") for key, value in scope["headers"]}
        one = Asked(scope["method"], scope["path"], headers)
        self._asked.append(one)

        async def receiving() -> Message:
            message = await receive()
            one.body += message.get("body", b"")
            return message

        await self._app(scope, receiving, send)


async def page(request: Request) -> Response:
    """Answer with the page of a site; its policy allows nothing, as strict sites do."""
    host = request.headers["host"].partition(":")[0]
    path = PAGES / f"{host}{request.url.path.rstrip('/').replace('/', '_') or '_'}.html"
    if not path.is_file():
        return Response(status_code=404)
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    if host == OTHER:
        policy = f"default-src 'none'; script-src https://{ARCHIVE}; connect-src https://{ARCHIVE}"
    return HTMLResponse(path.read_text("utf-8"), headers={"Content-Security-Policy": policy})


@contextmanager
def secured(app: ASGIApp, certificate: Path) -> Iterator[int]:
    """Serve an application over TLS and give its port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        config = uvicorn.Config(
            app, log_level="error", ssl_certfile=str(certificate), loop="asyncio"
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        end = time.monotonic() + 20
        while not server.started and time.monotonic() < end:
            time.sleep(0.02)
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join(20)


@contextmanager
def world(
    folder: Path, sites: Sequence[str] = (SCHOLAR, PUBMED, WIKIPEDIA, OTHER)
) -> Iterator[World]:
    """Start everything."""
    load_home(folder / "home")
    certificate = folder / "identity.pem"
    identity = trustme.CA().issue_cert(ARCHIVE, *sites)
    identity.private_key_and_cert_chain_pem.write_to_path(str(certificate))
    web = WebSettings(base_url=f"https://{ARCHIVE}", name="Archive of Nowhere")
    services = open_services(folder / "home", Settings(web=web))
    asked: list[Asked] = []
    pages = Starlette(routes=[Route("/{path:path}", page)])
    with (
        secured(Recording(create_app(services), asked), certificate) as archive,
        secured(pages, certificate) as others,
        Proxy({ARCHIVE: archive, **dict.fromkeys(sites, others)}) as proxy,
    ):
        yield World(proxy, asked)
