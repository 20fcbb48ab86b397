"""Exports: every tool opens them, every stretch is the same, and they say what they hold."""

from __future__ import annotations

import gc
import gzip
import hashlib
import io
import json
import random
import shutil
import subprocess
import tarfile
import weakref
import zipfile
from pathlib import Path

import numpy as np
import pytest

from fonds.archive.extents import Kind
from fonds.corpora.withholding import Reasons
from fonds.search.engine import Ords
from fonds.web.services import Services
from tests.corpora.conftest import export_of, whole
from tests.web.conftest import COUNT, PDF


class FirstOnly:
    """Withholds all PDFs, and everything of the second collection."""

    key = "first-only"
    reasons: tuple[str, ...] = ("no right to this collection", "not open")

    def __call__(self, collection: str, kind: Kind, ords: Ords) -> Reasons:
        """Say what is withheld."""
        reason = 1 if collection == "second" else 2 if kind[1] == "pdf" else 0
        return np.full(len(ords), reason, np.uint8)

    def turn(self, ords: Ords, turn: int) -> int:
        """Let every enrichment go out that is not withheld."""
        return turn


def contents(archive_type: str, data: bytes) -> dict[str, bytes]:
    """Unpack an archive file by the standard library."""
    if archive_type == "tar":
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:gz") as tar:
            found = {}
            for member in tar:
                file = tar.extractfile(member)
                assert file is not None
                found[member.name] = file.read()
            return found
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        assert opened.testzip() is None
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.mark.parametrize("archive_type", ["zip", "tar"])
@pytest.mark.parametrize(
    "extract", ["", "metadata[json]", "fulltext[pdf,txt];annexes", "fulltext", "nonsense"]
)
def test_length_and_content_are_what_was_announced(
    services: Services, archive_type: str, extract: str
) -> None:
    """The length is exact and each file is the archive's own; its SHA-512 stands in the list."""
    export = export_of(services, extract, archive_type=archive_type)
    data = whole(export)
    assert len(data) == export.size
    found = contents(archive_type, data)
    listed = dict(
        line.split("  ", 1)[::-1] for line in found["manifest-sha512.txt"].decode().splitlines()
    )
    assert set(listed) == set(found) - {"manifest-sha512.txt"}
    for name, digest in listed.items():
        assert hashlib.sha512(found[name]).hexdigest() == digest, name
    for document in services.archive.documents():
        assert found[f"{document.id}/{document.id}.json"] == document.record


@pytest.mark.parametrize("archive_type", ["zip", "tar"])
def test_any_stretch_is_a_stretch_of_the_whole(services: Services, archive_type: str) -> None:
    """Random ranges, and ranges that begin or end around a seam between documents."""
    export = export_of(services, "fulltext[pdf,cleaned];annexes", archive_type=archive_type, size=7)
    data = whole(export)
    draw = random.Random(4)
    places = [0, 1, len(data) - 1, len(data)]
    starts = (export.layout.starts + export._before).tolist()
    places += [place + step for place in starts for step in (-1, 0, 1)]
    pairs = [sorted(draw.choices(range(len(data)), k=2)) for _ in range(100)]
    pairs += [[a, min(a + 700, len(data))] for a in places]
    for begin, end in pairs:
        assert b"".join(export.chunks(begin, end)) == data[begin:end], (begin, end)


def test_the_same_request_gives_the_same_bytes(services: Services) -> None:
    """Two exports of one request are one: same name, same bytes."""
    one, two = export_of(services, "fulltext[txt]"), export_of(services, "fulltext[txt]")
    assert one.key == two.key
    assert whole(one) == whole(two)
    assert one.key != export_of(services, "fulltext[cleaned]").key


@pytest.mark.parametrize("tool", [("unzip", "-tq"), ("7z", "t"), ("tar", "-tzf")])
def test_other_tools_find_no_fault(
    services: Services, tmp_path: Path, tool: tuple[str, ...]
) -> None:
    """Info-ZIP, 7-Zip and GNU tar, where they are installed, read every member."""
    if shutil.which(tool[0]) is None:
        pytest.skip(f"{tool[0]} is not installed")
    kind = "tar" if tool[0] == "tar" else "zip"
    path = tmp_path / f"corpus.{kind}"
    path.write_bytes(whole(export_of(services, "", archive_type=kind)))
    ran = subprocess.run([*tool, str(path)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_the_manifest_says_what_is_there_and_what_is_not(services: Services) -> None:
    """One document has a PDF: the others are counted, and listed one by one in the log."""
    export = export_of(services, "fulltext[pdf]")
    found = contents("zip", whole(export))
    manifest = json.loads(found["manifest.json"])
    assert manifest["manifestVersion"] == "1.0"
    assert manifest["query"]["totalResults"] == COUNT
    complete = manifest["completeness"]
    assert (complete["asked"], complete["delivered"], complete["complete"]) == (COUNT, COUNT, True)
    pdf = next(one for one in complete["formats"] if one["format"] == "pdf")
    assert (pdf["documents"], pdf["files"], pdf["absent"]) == (1, 1, COUNT - 1)
    assert pdf["bytes"] == len(PDF)
    lines = found["log.txt"].decode().splitlines()
    assert len(lines) == COUNT - 1
    assert all(line.endswith("\tfulltext/pdf\tabsent") for line in lines)


def test_what_is_withheld_is_said_and_not_given(services: Services) -> None:
    """Nothing of the second collection and no PDF; each withheld file has its line and reason."""
    export = export_of(services, "fulltext[pdf,cleaned]", withholding=FirstOnly())
    data = whole(export)
    assert len(data) == export.size
    assert PDF[:2_000] not in data
    found = contents("zip", data)
    complete = json.loads(found["manifest.json"])["completeness"]
    second = {d.id for d in services.archive.documents() if d.collection == "second"}
    assert second
    assert not [name for name in found if name.partition("/")[0] in second]
    assert complete["delivered"] == COUNT - len(second)
    assert complete["withheld"] == 2 * len(second) + 1
    assert not complete["complete"]
    log = found["log.txt"].decode()
    assert log.count("\twithheld: no right to this collection\n") == 2 * len(second)
    assert log.count("\tfulltext/pdf\twithheld: not open\n") == 1


def test_annexes_keep_the_publishers_names_apart(services: Services) -> None:
    """Two annexes of one name become two files."""
    found = contents("zip", whole(export_of(services, "annexes", query='doi.raw:"10.1000/xyz.0"')))
    names = [name.partition("/")[2] for name in found if "/annexes/" in name]
    assert names == ["annexes/annexes.gif", "annexes/annexes-2.gif"]


def test_an_empty_result_is_an_archive_too(services: Services) -> None:
    """Nothing found: a manifest and a list without documents."""
    for archive_type in ("zip", "tar"):
        export = export_of(services, "", query="title:nowhere", archive_type=archive_type)
        data = whole(export)
        assert len(data) == export.size
        assert set(contents(archive_type, data)) == {
            "manifest.json", ".corpus", "manifest-sha512.txt"
        }  # fmt: skip


def test_gzip_alone_reads_the_streams(services: Services) -> None:
    """A reader that knows gzip but no TAR sees one stream of whole blocks."""
    data = whole(export_of(services, "metadata[json]", archive_type="tar"))
    assert len(gzip.decompress(data)) % 512 == 0


def test_an_export_is_gone_after_its_use(services: Services) -> None:
    """Also one that was broken off: its columns (16 bytes a document) wait for no collector."""
    gc.disable()
    try:
        export = export_of(services, "")
        chunks = export.chunks()
        next(chunks)
        gone = weakref.ref(export)
        del export, chunks
        assert gone() is None
    finally:
        gc.enable()
