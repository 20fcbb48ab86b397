"""A language model may link quotations; it is marked, and its failure costs its text only."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fonds.access.gate import OPERATOR
from fonds.analyses.corpus import Archived, Asker, Corpus
from fonds.analyses.door import load_analysis
from fonds.analyses.forms import write
from fonds.analyses.model import Answer, Value
from fonds.analyses.synthesis.model import Synthesis
from fonds.settings import LanguageModelSettings, read_settings
from tests.analyses.conftest import Laboratory

TEXT = "Both speak of plants. <b>They</b> differ in method."


class Server(ThreadingHTTPServer):
    """An OpenAI-compatible server that answers as it is told."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.status = 200
        self.body: bytes | None = None
        self.pause = 0.0
        self.asked: list[tuple[str, str, dict[str, Any]]] = []


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        said = json.loads(self.rfile.read(length))
        self.server.asked.append((self.path, self.headers.get("Authorization", ""), said))
        time.sleep(self.server.pause)
        content = {"choices": [{"message": {"role": "assistant", "content": TEXT}}]}
        body = self.server.body if self.server.body is not None else json.dumps(content).encode()
        try:
            self.send_response(self.server.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except OSError:  # who asked is gone
            pass

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    thread = threading.Thread(target=made.serve_forever)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def analysed(laboratory: Laboratory, server: Server, **more: Any) -> Answer:
    address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    model = LanguageModelSettings(address=address, model="linker-1")
    model = msgspec.structs.replace(model, **more)
    settings = read_settings(laboratory.home)
    analyses = msgspec.structs.replace(settings.analyses, language_model=model)
    settings = msgspec.structs.replace(settings, analyses=analyses)
    before = laboratory.archived
    archived = Archived(before.archive, before.engine, before.gate, settings)
    digests = list(laboratory.digests.read(laboratory.job("profile").plan.ords.tolist()))
    corpus = Corpus(archived, digests, Asker(OPERATOR))
    given: Mapping[str, Value] = {"language": "en", "count": 0, "sentences": 2}
    found = load_analysis("synthesis").analyse(corpus, given)
    answer = laboratory.analyse("synthesis")
    return msgspec.structs.replace(answer, result=found.result, pictures=found.pictures)


def synthesis_of(answer: Answer) -> Synthesis:
    assert isinstance(answer.result, Synthesis)
    return answer.result


def test_what_it_writes_is_marked_beside_the_quotations(
    laboratory: Laboratory, server: Server, tmp_path: Path
) -> None:
    key = tmp_path / "key"
    key.write_text("s3cret\n")
    answer = analysed(laboratory, server, key_file=str(key))
    found = synthesis_of(answer)
    assert found.model is not None
    assert found.model.wrote == len([one for one in found.themes if one.quotes]) > 0
    assert found.model.failed == ""
    path, authorization, said = server.asked[0]
    assert (path, authorization) == ("/v1/chat/completions", "Bearer s3cret")
    assert said["model"] == "linker-1"
    assert said["temperature"] == 0
    assert found.themes[0].quotes[0].text in said["messages"][1]["content"]
    page = write(answer, "html").data.decode()
    assert page.count('<aside class="machine">') == found.model.wrote
    assert "Machine-written (linker-1), not verified" in page
    assert "&lt;b&gt;They" in page
    for form in ("md", "pdf"):
        assert write(answer, form).data
    without = laboratory.analyse("synthesis", sentences=2)
    assert [one.quotes for one in found.themes] == [
        one.quotes for one in synthesis_of(without).themes
    ]


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (500, b"", "HTTP 500"),
        (401, b"{}", "HTTP 401"),
        (200, b"<html>", ""),
        (200, b'{"choices": []}', "an empty answer"),
        (200, b'{"choices": [{"message": {"content": null}}]}', "an empty answer"),
    ],
)
def test_one_that_fails_is_done_without_and_it_is_said(
    laboratory: Laboratory, server: Server, status: int, body: bytes, reason: str
) -> None:
    server.status, server.body = status, body
    answer = analysed(laboratory, server)
    found = synthesis_of(answer)
    assert found.model is not None
    assert found.model.wrote == 0
    assert found.model.failed
    assert reason in found.model.failed
    assert len(server.asked) == 1
    page = write(answer, "html").data.decode()
    assert "did not write all it was asked for" in page
    assert '<aside class="machine">' not in page


def test_one_that_is_slow_is_done_without(laboratory: Laboratory, server: Server) -> None:
    server.pause = 2.0
    begin = time.monotonic()
    found = synthesis_of(analysed(laboratory, server, seconds=0.3))
    assert found.model is not None
    assert "more than 0.3 s" in found.model.failed
    assert time.monotonic() - begin < 60


def test_one_that_is_not_there_is_done_without(laboratory: Laboratory, server: Server) -> None:
    found = synthesis_of(analysed(laboratory, server, address="http://127.0.0.1:9/v1"))
    assert found.model is not None
    assert found.model.failed


def test_a_key_that_is_missing_is_said(laboratory: Laboratory, server: Server) -> None:
    found = synthesis_of(analysed(laboratory, server, key_file="/nowhere/key"))
    assert found.model is not None
    assert found.model.failed == "its key file cannot be read"
    assert server.asked == []


def test_the_key_file_is_found_in_the_home(tmp_path: Path) -> None:
    said = '[analyses.language_model]\naddress = "http://x/v1"\nkey_file = "model.key"\n'
    (tmp_path / "fonds.toml").write_text(said)
    named = read_settings(tmp_path).analyses.language_model
    assert named.key_file == str(tmp_path / "model.key")
