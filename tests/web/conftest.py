"""A home with a few documents, loaded once, and a real server over it."""

from __future__ import annotations

import hashlib
import socket
import threading
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from fonds.archive.archive import Archive
from fonds.archive.prepared import PreparedDocument, PreparedFile, Typology
from fonds.cli.refreshing import refresh_enriched
from fonds.loading.enrich import enrich
from fonds.loading.load import load as load_delivery
from fonds.record import (
    AccessCondition,
    Contributor,
    Host,
    Pages,
    QualityIndicators,
    Record,
    Subject,
)
from fonds.search.engine import IndexDocument
from fonds.search.engines import open_engine
from fonds.settings import Settings, read_settings
from fonds.web.api.door import install
from fonds.web.api.routes import api_routes
from fonds.web.protocol import server_config
from fonds.web.services import Services, open_services
from tests.conftest import ROOT
from tests.enrich.vectors.making import kept_model

COUNT = 60
PDF = b"%PDF-1.4\n" + bytes(range(256)) * 4_000 + b"\n%%EOF\n"
TEXT = "Le cerveau et l'évolution. " * 20_000


TEI = "application/tei+xml"
FULL_TEI = (
    b'<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><body><p xml:id="p1">Brains.</p>'
    b"</body></text></TEI>"
)


def stand_off(name: str) -> bytes:
    """Return an enrichment as ISTEX writes it; its identifier is one of the text's, too."""
    return (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0"'
        ' xmlns:ns1="https://xml-schema.delivery.istex.fr/formats/ns1.xsd"><ns1:standOff>'
        f'<teiHeader/><ns1:listAnnotation type="rd-{name}"><annotationBlock xml:id="p1"/>'
        '<keywords corresp="#p1"><term>magma</term></keywords></ns1:listAnnotation>'
        "</ns1:standOff></TEI>"
    ).encode()


def prepared_file(
    typology: Typology, extension: str, mimetype: str, content: bytes, *, original: bool = False
) -> PreparedFile:
    """Deflate a file as loading does; PDFs and images are stored."""
    stored = extension in ("pdf", "gif")
    packed = zlib.compressobj(6, zlib.DEFLATED, -15)
    data = content if stored else packed.compress(content) + packed.flush()
    return PreparedFile(
        typology=typology,
        extension=extension,
        mimetype=mimetype,
        original=original,
        name=f"delivery/{typology}.{extension}" if original else "",
        method=0 if stored else 8,
        crc32=zlib.crc32(content),
        size=len(content),
        sha512=hashlib.sha512(content).digest(),
        data=data,
    )


def record(number: int) -> Record:
    """Make one of the records of the home; every tenth has no year, every other one formulas."""
    french = number % 3 == 0
    return Record(
        title=f"{'Le cerveau' if french else 'The brain'} study {number}",
        abstract=f"Abstract of number {number} about lunar rovers",
        author=(
            Contributor(name=f"Ada Exemple {number}", affiliations=("Nancy, France",)),
            Contributor(name="Bob Sample"),
        ),
        subject=(Subject(lang=("eng",), value="magma"), Subject(value="volcanology")),
        language=("fre",) if french else ("eng",),
        genre=("research-article",),
        publication_date="" if number % 10 == 9 else str(1990 + number % 10),
        doi=(f"10.1000/xyz.{number}",),
        host=Host(
            genre=("journal",),
            title="Journal of Imaginary Geology" if french else "Annals of Nothing",
            volume=str(number % 5 + 1),
            pages=Pages(first=str(number * 10), last=str(number * 10 + 9)),
            issn=("1234-5679",),
        ),
        quality_indicators=QualityIndicators(score=number / 10, pdf_text=True, tdm_ready=french),
        has_formula=number % 2 == 0,
        figure=(f"Figure caption {number}",),
        access_condition=AccessCondition(content_type="isOpenAccess"),
    )


def document(number: int, collection: str) -> PreparedDocument:
    """Make one document with its files; the first has a PDF and two annexes of one format."""
    files = [
        prepared_file(
            "metadata", "xml", "application/xml", b"<article>%d</article>" % number, original=True
        ),
        prepared_file("fulltext", "txt", "text/plain", f"{number} {TEXT}".encode()),
        prepared_file("fulltext", "cleaned", "text/cleaned", b"cleaned text"),
    ]
    if number == 0:
        files.append(prepared_file("fulltext", "pdf", "application/pdf", PDF, original=True))
        files += [
            prepared_file("annexes", "gif", "image/gif", content, original=True)
            for content in (b"GIF89a first", b"GIF89a second")
        ]
    if number == 1:
        files.append(prepared_file("fulltext", "tei", TEI, FULL_TEI))
        for name in ("teeft", "multicat"):
            files.append(prepared_file("enrichments", name, TEI, stand_off(name)))
    return PreparedDocument(
        collection=collection,
        record=record(number),
        files=tuple(files),
        source=f"delivery/{number}.xml",
        reader="jats",
    )


def load(home: Path, numbers: range, settings: Settings) -> None:
    """Load documents as a load does: packs, then the index."""
    with Archive.open(home, settings, writable=True) as archive:
        engine = open_engine(home, settings, writable=True)
        for collection, rest in (("first", 0), ("second", 1)):
            with archive.batch(collection) as batch:
                for number in numbers:
                    if (number % 4 == 3) == bool(rest):
                        batch.add(document(number, collection))
                batch.commit()
        for stored in archive.documents(engine.last_ord()):
            text = archive.index_text(stored)
            engine.add([IndexDocument(stored.ord, stored.id, stored.record, text)])
        engine.commit(archive.last_ord())
        engine.close()


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home of 60 documents in two collections. Tests only read it."""
    path = tmp_path_factory.mktemp("web") / "home"
    load(path, range(COUNT), Settings())
    return path


@pytest.fixture(scope="session")
def services(home: Path) -> Iterator[Services]:
    """Return the open services of the home."""
    opened = open_services(home, Settings())
    yield opened
    opened.close()


def api_app(services: Services) -> Starlette:
    """Return an application that is the API alone."""
    app = Starlette(routes=api_routes(services))
    install(app)
    return app


@pytest.fixture(scope="session")
def address(services: Services) -> Iterator[str]:
    """Serve the API on a free port by the server that `fonds serve` runs."""
    with serving(api_app(services)) as base:
        yield base


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    """Return a client of the server; redirects are not followed."""
    with httpx.Client(base_url=address, timeout=30) as made:
        yield made


def bound_socket() -> socket.socket:
    """Return a socket on a free port, for servers that must know their address beforehand."""
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    return bound


class serving:  # noqa: N801  used as `with serving(app) as address`
    """Run a real server in a thread."""

    def __init__(
        self,
        app: Starlette,
        certificate: Path | None = None,
        bound: socket.socket | None = None,
    ) -> None:
        self._socket = bound if bound is not None else bound_socket()
        config = server_config(app, loop="asyncio", certificate=certificate)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True
        )

    def __enter__(self) -> str:
        self._thread.start()
        end = time.monotonic() + 20
        while not self._server.started and time.monotonic() < end:
            time.sleep(0.01)
        assert self._server.started
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(20)
        self._socket.close()


@pytest.fixture(scope="session")
def meaning_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home of articles with vectors by a small model."""
    made = tmp_path_factory.mktemp("meaning") / "home"
    delivery = ROOT / "src" / "fonds" / "demo" / "deliveries" / "plos"
    load_delivery([delivery], collection="plos", home=made, settings=Settings())
    kept_model(made / "models")
    enrich(home=made, settings=read_settings(made), names=("language", "vectors"))
    refresh_enriched(made, read_settings(made))
    return made


@pytest.fixture(scope="session")
def meaning(meaning_home: Path) -> Iterator[Services]:
    """Return what a server of that home holds."""
    opened = open_services(meaning_home, read_settings(meaning_home))
    yield opened
    opened.close()
