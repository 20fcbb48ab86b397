"""References come from the publisher, from words, from the text, or from a GROBID server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
import pytest

from fonds.enrich.errors import GrobidFailed
from fonds.enrich.model import Enriched, Material
from fonds.enrich.references.grobid import Grobid
from fonds.enrich.references.refbibs import RefBibs, References
from fonds.record import Reference, ReferenceHost
from fonds.settings import EnrichSettings
from tests.enrich.making import material, stood_off

_WORDS = "Doe J, Roe R. Cold atoms in optical lattices. Phys. Rev. Lett. 1999;82(12):12-15."
# as GROBID 0.8 answers /api/processReferences
_ANSWER = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader/><text><front/><body/><back><div><listBibl>
<biblStruct xml:id="b0"><analytic><title level="a">Cold atoms in optical lattices</title>
<author><persName><forename type="first">J</forename><surname>Doe</surname></persName></author>
<idno type="DOI">10.1103/xyz</idno></analytic><monogr><title level="j">Phys. Rev. Lett.</title>
<imprint><biblScope unit="volume">82</biblScope><date type="published" when="1999"/></imprint>
</monogr></biblStruct></listBibl></div></back></text></TEI>"""


def _with(references: tuple[Reference, ...]) -> Material:
    whole = material(title="A title")
    whole.record = msgspec.structs.replace(whole.record, ref_bibs=references)
    return whole


def _made(whole: Material, settings: EnrichSettings | None = None) -> tuple[References, Enriched]:
    made = RefBibs(settings or EnrichSettings()).enrich(whole)
    assert made is not None
    assert isinstance(made.result, References)
    return made.result, made


def test_the_publishers_structure_stands() -> None:
    """What is structured is not touched, and the record's field stays as it is."""
    given = Reference(title="One", host=ReferenceHost(title="A Journal"), doi="10.1/x")
    result, made = _made(_with((given,)))
    assert result.by_origin == {"publisher": 1}
    assert result.references[0].reference == given
    assert made.fields == {}


def test_words_are_read() -> None:
    """A reference in words is structured; what the publisher said of it stays."""
    given = Reference(text=_WORDS, key="R1", doi="10.1103/given")
    result, made = _made(_with((Reference(title="One"), given)))
    assert result.by_origin == {"publisher": 1, "publisher-text": 1}
    read = result.references[1].reference
    assert (read.title, read.key, read.doi) == (
        "Cold atoms in optical lattices",
        "R1",
        "10.1103/given",
    )
    assert [one["title"] for one in made.fields["refBibs"]] == ["One", read.title]  # type: ignore[attr-defined]


def test_those_of_the_text_are_found() -> None:
    """A PDF without publisher's XML has the references that its text holds."""
    listed = "\n".join(f"[{number}] {_WORDS}" for number in (1, 2, 3))
    text = f"{'Running text. ' * 200}\nReferences\n{listed}"
    result, made = _made(material(texts={"pdf": text}))
    assert result.by_origin == {"text": 3}
    assert result.references[2].reference.publication_date == "1999"
    assert len(made.fields["refBibs"]) == 3  # type: ignore[arg-type]
    lists = list(stood_off(made).iter("{*}listBibl"))
    assert len(lists[0].findall("{*}biblStruct")) == 3


@pytest.mark.parametrize("text", ["", "No references here. " * 100, "\x00\ufffd~| \n" * 3000])
def test_nothing_found_is_nothing(text: str) -> None:
    """No text, no section, garbage of an OCR: no references, no failure."""
    assert RefBibs(EnrichSettings()).enrich(material(texts={"pdf": text})) is None


class _Handler(BaseHTTPRequestHandler):
    """Speaks as a GROBID server does."""

    answers: list[tuple[int, str]]
    asked: list[bytes]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        type(self).asked.append(body)
        status, text = type(self).answers.pop(0)
        data = text.encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def grobid() -> Iterator[tuple[str, type[_Handler]]]:
    """Serve as GROBID on a port of this machine."""
    handler = type("Handler", (_Handler,), {"answers": [], "asked": []})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", handler
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_grobid_is_asked(grobid: tuple[str, type[_Handler]]) -> None:
    """The PDF is sent as a form's `input`; a busy server is asked again."""
    address, handler = grobid
    handler.answers = [(503, ""), (200, _ANSWER)]
    found = Grobid(address, pause=0.01).references(b"%PDF-1.4 ...")
    assert [(one.title, one.doi) for one in found] == [
        ("Cold atoms in optical lattices", "10.1103/xyz")
    ]
    assert len(handler.asked) == 2
    assert b'name="input"' in handler.asked[1]
    assert b"%PDF-1.4 ..." in handler.asked[1]


def test_grobid_serves_documents_without_structure(grobid: tuple[str, type[_Handler]]) -> None:
    """Where the operator has a server, a PDF alone is sent there."""
    address, handler = grobid
    handler.answers = [(200, _ANSWER)]
    alone = material(texts={"pdf": "Text"}, files={("fulltext", "pdf"): b"%PDF-1.4"})
    result, _ = _made(alone, EnrichSettings(grobid=address))
    assert result.by_origin == {"grobid": 1}


@pytest.mark.parametrize("answer", [(500, "java.lang"), (200, "<TEI"), (503, "")])
def test_a_failing_server_is_said(
    grobid: tuple[str, type[_Handler]], answer: tuple[int, str]
) -> None:
    """An error, broken XML or a server that stays busy names the server and what to do."""
    address, handler = grobid
    handler.answers = [answer] * 4
    with pytest.raises(GrobidFailed, match=address):
        Grobid(address, pause=0.01).references(b"%PDF")


def test_no_references_is_no_failure(grobid: tuple[str, type[_Handler]]) -> None:
    """204 says that the PDF has none; nobody listening is said."""
    address, handler = grobid
    handler.answers = [(204, "")]
    assert Grobid(address).references(b"%PDF") == ()
    with pytest.raises(GrobidFailed):
        Grobid("http://127.0.0.1:9").references(b"%PDF")
