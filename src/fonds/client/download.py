"""Downloads that go on where they stopped, and are there wholly or not at all."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPException, HTTPResponse
from pathlib import Path, PurePosixPath

from fonds.client.http import Connection, may_repeat, refuse_pages
from fonds.errors import RemoteFailed

Progress = Callable[[int, int], None]

_CHUNK = 1024 * 1024  # bytes
_TRIES = 8  # in a row without a new byte
_PARTIAL = 206


def download(
    connection: Connection, address: str, target: Path, progress: Progress | None = None
) -> Path:
    """Download an address to a file; raises RemoteFailed when it cannot be completed.

    Beside the target stand, meanwhile, `.part` and `.part.json`: the address and its tag.
    """
    part = target.with_name(f"{target.name}.part")
    note = part.with_name(f"{part.name}.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    tag = _tag(note, address) if part.exists() else ""
    tried = 0
    while True:
        before = part.stat().st_size if tag and part.exists() else 0
        try:
            _attempt(connection, address, part, note, tag, progress)
            break
        except RemoteFailed as error:
            if not may_repeat(error):
                raise
            failed: Exception = error
        except (OSError, HTTPException) as error:
            failed = error
        tag = _tag(note, address)
        now = part.stat().st_size if part.exists() else 0
        tried = 1 if now > before else tried + 1
        if tried >= _TRIES:
            raise RemoteFailed(address=address, status=0, reason=str(failed)) from failed
        connection.pause(min(tried, 6))
    os.replace(part, target)  # noqa: PTH105  # over what an earlier call left
    note.unlink(missing_ok=True)
    return target


def _attempt(
    connection: Connection, address: str, part: Path, note: Path, tag: str,
    progress: Progress | None,
) -> None:  # fmt: skip
    """Fetch what is missing; raises OSError when the connection breaks."""
    have = part.stat().st_size if tag and part.exists() else 0
    headers = {"Range": f"bytes={have}-", "If-Range": tag} if have else {}
    try:
        with connection.open(address, headers) as answer:
            refuse_pages(address, answer)
            going_on = answer.status == _PARTIAL
            _note(note, address, answer)
            begin = have if going_on else 0
            whole = begin + int(answer.headers.get("Content-Length") or 0)
            with part.open("r+b" if going_on else "wb") as file:
                file.seek(begin)
                while chunk := answer.read(_CHUNK):
                    file.write(chunk)
                    if progress is not None:
                        progress(file.tell(), max(whole, 0))
                size = file.tell()
    except RemoteFailed as error:
        if error.data["status"] != 416:  # all was there already
            raise
        return
    _check(part, size, whole if answer.headers.get("Content-Length") else 0)


def _check(part: Path, size: int, whole: int) -> None:
    """Raise OSError when less came than was announced, or a ZIP without its end."""
    if whole and size != whole:
        raise OSError(f"{size} of {whole} bytes came")
    if not whole and ".zip." in part.name and not zipfile.is_zipfile(part):
        part.unlink()
        raise OSError("the ZIP ends too early")


def _note(note: Path, address: str, answer: HTTPResponse) -> None:
    tag = answer.headers.get("ETag", "")
    usable = tag and not tag.startswith("W/") and answer.headers.get("Accept-Ranges") == "bytes"
    note.write_text(json.dumps({"address": address, "tag": tag if usable else ""}))


def _tag(note: Path, address: str) -> str:
    """Return the tag under which a download was begun; nothing if it was another one."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        said = json.loads(note.read_text())
        if said["address"] == address:
            return str(said["tag"])
    return ""


def unpack(packed: Path, target: Path) -> Path:
    """Unpack a ZIP into a new folder and remove it; members that would leave it are refused."""
    fresh = target.with_name(f"{target.name}.new")
    with zipfile.ZipFile(packed) as opened:
        for name in opened.namelist():
            path = PurePosixPath(name)
            if path.is_absolute() or ".." in path.parts or "\\" in name:
                raise RemoteFailed(address=name[:80], status=200, reason="an unsafe member")
        opened.extractall(fresh)
    fresh.rename(target)
    packed.unlink()
    return target
