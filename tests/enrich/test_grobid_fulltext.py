"""A whole TEI by a GROBID server, asked over HTTP on this machine: kept as it came."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from fonds.archive.archive import Archive
from fonds.enrich.errors import GrobidFailed
from fonds.enrich.grobid_fulltext import GrobidFulltext, GrobidText
from fonds.loading.enrich import enrich
from fonds.loading.load import load
from fonds.settings import EnrichSettings, Settings
from tests.conftest import ROOT
from tests.enrich.making import material

TEI = b"""<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><encodingDesc><appInfo>
<application ident="GROBID" version="0.8.1"/></appInfo></encodingDesc></teiHeader>
<text><body><div><p>One.</p><p>Two.</p></div></body><back><div><listBibl><biblStruct/></listBibl>
</div></back></text></TEI>"""


class Server:
    """Answers as GROBID does, with what it is told to."""

    def __init__(self) -> None:
        self.status, self.answer = 200, TEI
        self.asked: list[tuple[str, bytes]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.asked.append((self.path, body))
                self.send_response(outer.status)
                self.send_header("Content-Length", str(len(outer.answer)))
                self.end_headers()
                self.wfile.write(outer.answer)

            def log_message(self, *_: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.http.server_port}"


@pytest.fixture
def server() -> Iterator[Server]:
    """Serve as GROBID."""
    made = Server()
    thread = threading.Thread(target=made.http.serve_forever, daemon=True)
    thread.start()
    yield made
    made.http.shutdown()
    thread.join()
    made.http.server_close()


def test_the_tei_is_kept(server: Server) -> None:
    """The PDF is sent; what comes is the TEI of the document, with what it has counted."""
    one = GrobidFulltext(EnrichSettings(grobid=server.address))
    found = one.enrich(material(files={("fulltext", "pdf"): b"%PDF-1.4 x"}))
    assert found is not None
    assert (found.tei, found.result) == (TEI, GrobidText("GROBID 0.8.1", 2, 1))
    ((path, body),) = server.asked
    assert path == "/api/processFulltextDocument"
    assert b"%PDF-1.4 x" in body
    assert one.enrich(material()) is None
    assert GrobidFulltext(EnrichSettings()).enrich(material()) is None


@pytest.mark.parametrize(
    ("status", "answer"), [(200, b"<html/>"), (200, b"no XML"), (500, b"")], ids=str
)
def test_a_server_that_fails_is_said(server: Server, status: int, answer: bytes) -> None:
    """No TEI, no XML, an error: said with the address; a PDF without a text is none of these."""
    server.status, server.answer = status, answer
    one = GrobidFulltext(EnrichSettings(grobid=server.address))
    pdf = material(files={("fulltext", "pdf"): b"%PDF"})
    with pytest.raises(GrobidFailed, match=server.address):
        one.enrich(pdf)
    server.status, server.answer = 204, b""
    assert one.enrich(pdf) is None


def test_it_is_a_file_of_the_document(server: Server, tmp_path: Path) -> None:
    """Loaded, enriched, and there by its name; a server gone is a reason of its own."""
    delivery = ROOT / "src" / "fonds" / "demo" / "deliveries" / "medicine" / "PMC7969308"
    home = tmp_path / "home"
    settings = Settings(enrich=EnrichSettings(grobid=server.address))
    load([delivery], collection="c", home=home, settings=settings)
    made = enrich(home=home, settings=settings, names=("grobidFulltext",))
    assert made.made["grobidFulltext"] >= 1
    with Archive.open(home, settings) as archive:
        files = [
            archive.read(file)
            for one in archive.documents()
            if (file := archive.file(one.ord, "enrichments", "grobidFulltext")) is not None
        ]
    assert files == [TEI] * made.made["grobidFulltext"]
    gone = Settings(enrich=EnrichSettings(grobid="http://127.0.0.1:9"))
    assert not enrich(home=home, settings=gone, names=("grobidFulltext",)).due
