"""Exports on disk: whole or not there, and an interrupted one goes on."""

from __future__ import annotations

import subprocess
import zipfile
from pathlib import Path

import pytest

from fonds.corpora.export import Export
from fonds.corpora.writing import Progress, partial_of, write_file, write_folder
from fonds.errors import OutputNotWritable
from fonds.web.services import Services
from tests.corpora.conftest import export_of, whole


class Stopped(Exception):
    """What a test interrupts an export with."""


def stopping(after: int) -> Progress:
    """Return a progress that interrupts once so many bytes are written."""

    def progress(done: int, whole: int) -> None:
        if done >= after:
            raise Stopped

    return progress


@pytest.fixture
def export(services: Services) -> Export:
    """Return an export with a PDF of a megabyte and many small files."""
    return export_of(services, "")


@pytest.mark.parametrize("archive_type", ["zip", "tar"])
def test_a_file_is_the_bytes_of_the_export(
    services: Services, tmp_path: Path, archive_type: str
) -> None:
    """What the kernel copies and what we write are, together, what a server sends."""
    export = export_of(services, "", archive_type=archive_type)
    seen: list[int] = []
    target = tmp_path / "new" / "corpus"
    write_file(services.archive, export, target, lambda done, _: seen.append(done))
    assert target.read_bytes() == whole(export)
    assert seen == sorted(seen)
    assert seen[-1] == export.size
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("part", [0.0, 0.5, 0.9, 0.99])
def test_an_interrupted_file_goes_on(
    services: Services, tmp_path: Path, export: Export, part: float
) -> None:
    """Until it is complete there is no file; then it is as if nothing had happened."""
    target = tmp_path / "corpus.zip"
    after = int(export.size * part)
    with pytest.raises(Stopped):
        write_file(services.archive, export, target, stopping(after))
    assert not target.exists()
    ((left, key),) = partial_of(target)
    assert key == export.key
    kept = left.stat().st_size
    assert kept >= after
    assert write_file(services.archive, export, target) == kept
    assert target.read_bytes() == whole(export)
    assert not list(partial_of(target))


def test_a_folder_holds_the_members(services: Services, tmp_path: Path, export: Export) -> None:
    """As unpacking the ZIP would; sha512sum finds no fault; what is there is not overwritten."""
    target = tmp_path / "corpus"
    with pytest.raises(Stopped):
        write_folder(services.archive, export, target, stopping(10_000))
    assert not target.exists()
    assert write_folder(services.archive, export, target) > 0
    zipped = tmp_path / "corpus.zip"
    write_file(services.archive, export, zipped)
    with zipfile.ZipFile(zipped) as opened:
        for name in opened.namelist():
            assert (target / name).read_bytes() == opened.read(name)
    subprocess.run(["sha512sum", "--quiet", "-c", "manifest-sha512.txt"], cwd=target, check=True)
    with pytest.raises(OutputNotWritable):
        write_folder(services.archive, export, target)


def test_a_place_that_cannot_be_written(services: Services, export: Export) -> None:
    """Says so, and leaves no trace."""
    with pytest.raises(OutputNotWritable):
        write_file(services.archive, export, Path("/proc/corpus.zip"))
