"""Citations in exports: one file per format, read by others' readers."""

from __future__ import annotations

import io
import json
import tarfile
import zipfile

import httpx
import pytest
import rispy
from bibtexparser.entrypoint import parse_string

from tests.web.conftest import COUNT, address, client, home, services

__all__ = ["address", "client", "home", "services"]
ALL = "/document?q=*&size=*&extract=metadata[bibtex,ris,csl]"


def test_each_format_holds_every_document(client: httpx.Client) -> None:
    """As many entries as documents; keys differ; the length was known; checksums are listed."""
    answer = client.get(ALL)
    assert int(answer.headers["content-length"]) == len(answer.content)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    entries = parse_string(content["citations.bib"].decode()).entries
    assert len({entry.key for entry in entries}) == len(entries) == COUNT
    references = rispy.loads(content["citations.ris"].decode())
    assert len(references) == COUNT
    items = json.loads(content["citations.json"])
    assert [item["title"] for item in items] == [one["title"] for one in references]
    assert b"citations.bib" in content["manifest-sha512.txt"]
    assert "log.txt" not in content


def test_a_stretch_is_part_of_the_whole(client: httpx.Client) -> None:
    """An interrupted download goes on, in ZIP and in TAR.GZ; sizes are exact."""
    for kind in ("zip", "tar"):
        path = f"{ALL}&archiveType={kind}"
        whole = client.get(path)
        begin = len(whole.content) // 3
        headers = {"Range": f"bytes={begin}-", "If-Range": whole.headers["etag"]}
        rest = client.get(path, headers=headers)
        assert (rest.status_code, rest.content) == (206, whole.content[begin:])
        sizes = client.get(path.replace("/document", "/extract")).json()
        assert sizes["size"] == len(whole.content)
    with tarfile.open(fileobj=io.BytesIO(whole.content)) as archive:
        assert "citations.ris" in archive.getnames()


def test_too_many_is_said(client: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """413 with both numbers."""
    monkeypatch.setattr("fonds.corpora.citations.MOST", 50)
    answer = client.get(ALL)
    assert (answer.status_code, answer.json()["code"]) == (413, "export-too-large")
