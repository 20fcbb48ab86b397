"""Nothing that is delivered makes Fonds open a network connection or a file it was not given."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

DELIVERIES = ROOT / "src" / "fonds" / "demo" / "deliveries"
ARTICLE = """<article xmlns:xlink="http://www.w3.org/1999/xlink"{attributes}>
<front><journal-meta><journal-title>J</journal-title></journal-meta><article-meta>
<title-group><article-title>Whales {title}</article-title></title-group>{meta}
</article-meta></front>
<body><p>Text of the article {body}</p></body></article>"""


def samples(port: int, secret: Path) -> dict[str, str]:
    """Return XML files that ask for something outside, by every way that XML and XSLT have."""
    web = f"http://127.0.0.1:{port}"

    def article(head: str = "", attributes: str = "", body: str = "", meta: str = "") -> str:
        text = ARTICLE.format(attributes=attributes, title=len(head), body=body, meta=meta)
        return f'<?xml version="1.0"?>\n{head}{text}'

    return {
        "dtd": article(f'<!DOCTYPE article SYSTEM "{web}/a.dtd">'),
        "public": article(f'<!DOCTYPE article PUBLIC "-//NLM//DTD x//EN" "{web}/b.dtd">'),
        "entity": article(f'<!DOCTYPE article [<!ENTITY e SYSTEM "{web}/c">]>', body="&e;"),
        "file": article(f'<!DOCTYPE article [<!ENTITY e SYSTEM "file://{secret}">]>', body="&e;"),
        "relative": article('<!DOCTYPE article [<!ENTITY e SYSTEM "secret.txt">]>', body="&e;"),
        "parameter": article(f'<!DOCTYPE article [<!ENTITY % p SYSTEM "{web}/d"> %p;]>'),
        "stylesheet": article(f'<?xml-stylesheet type="text/xsl" href="{web}/e.xsl"?>'),
        "schema": article(
            attributes=' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
            f' xsi:noNamespaceSchemaLocation="{web}/f.xsd"'
        ),
        "include": article(
            body=f'<i xmlns="http://www.w3.org/2001/XInclude" href="file://{secret}"'
            ' parse="text"/>'
            f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{web}/g"/>'
        ),
        "links": article(
            meta=f'<self-uri xlink:href="{web}/h"/><license xlink:href="{web}/i"/>',
            body=f'<inline-graphic xlink:href="{web}/j"/>'
            f'<ext-link xlink:href="{web}/k">k</ext-link>',
        ),
    }


def offline(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the preparing of files where every Internet socket kills."""
    return subprocess.run(
        [sys.executable, "-m", "tests.loading.offline", *arguments],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def filtered() -> None:
    """Skip where the kernel has no such filter; where it has one, it must kill."""
    done = offline("--try")
    if "no seccomp filter" in done.stderr or "KeyError" in done.stderr:
        pytest.skip("this kernel cannot forbid sockets")
    assert done.returncode == -signal.SIGSYS, done.stderr


def answer(*folders: Path) -> dict[str, Any]:
    """Prepare folders without a network and return what was printed."""
    done = offline(*map(str, folders))
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_samples_that_ask_for_more(tmp_path: Path, filtered: None) -> None:
    """No connection, no foreign file, and the article itself is read or refused with a reason."""
    (tmp_path / "secret.txt").write_text("a secret of this machine")
    folder = tmp_path / "d"
    folder.mkdir()
    (folder / "secret.txt").write_text("a secret beside the article")
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        listening = threading.Thread(target=_listen, args=(server, calls), daemon=True)
        listening.start()
        port = server.getsockname()[1]
        for name, text in samples(port, tmp_path / "secret.txt").items():
            (folder / f"{name}.xml").write_text(text)
        found = answer(folder)
    assert calls == []
    assert not any("secret" in text for text in found["texts"])
    assert found["codes"].count("read") >= 5
    assert len(found["codes"]) >= 10


def _listen(server: socket.socket, calls: list[object]) -> None:
    while True:
        try:
            calls.append(server.accept())
        except OSError:
            return


def test_deliveries_of_the_demo(filtered: None) -> None:
    """Real deliveries, PDFs and broken files with them, are read without a network."""
    found = answer(DELIVERIES / "scielo", DELIVERIES / "pensoft", DELIVERIES / "broken",
                   DELIVERIES / "openjournals")  # fmt: skip
    assert found["codes"].count("read") > 50
    assert "pdf-crashed" not in found["codes"]


@pytest.mark.parametrize("kind", ["xml", "semantic", "pdf"])
def test_the_malformed_corpus(kind: str, shared: Path, filtered: None) -> None:
    """Neither parser nor PDF reader opens a socket, whatever the files ask for."""
    found = answer(shared / "corpora" / "malformed" / kind)
    assert len(found["codes"]) > 20
    assert "pdf-crashed" not in found["codes"]
