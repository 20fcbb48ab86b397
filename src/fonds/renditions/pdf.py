"""Reads PDFs in a guarded child process, with limits on time and memory.

The library is pypdfium2 (Chromium's reader; Apache-2.0/BSD). The child lives on from PDF to PDF; a
PDF that kills or blocks it costs that PDF's text, and the next one gets a new child.
"""

from __future__ import annotations

import os
import select
import subprocess
import sys
import threading
import time
from types import TracebackType
from typing import IO

import msgspec

from fonds.errors import Finding
from fonds.renditions.pdf_facts import LENGTH, PdfContent, PdfFacts, PdfFailure
from fonds.renditions.pdf_text import repair
from fonds.settings import LimitSettings

_SCAN_WORDS = 10  # words a page must hold on average, else its text is a stamp or a page number
_SURELY_TEXT = 1_000  # words that no scan has by its stamps alone
_MOST_ANSWER = 512 * 1024 * 1024  # bytes of text one PDF may give


class PdfReaders:
    """As many children as threads ask at once, kept for the next ones. A context manager."""

    def __init__(self, limits: LimitSettings) -> None:
        self._limits = limits
        self._idle: list[PdfReader] = []
        self._lock = threading.Lock()

    def __enter__(self) -> PdfReaders:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def begin(self) -> None:
        """Start a child beforehand: it comes up (0.15 s) while other things are made ready."""
        reader = PdfReader(self._limits)
        reader.begin()
        with self._lock:
            self._idle.append(reader)

    def close(self) -> None:
        """End every child."""
        with self._lock:
            for reader in self._idle:
                reader.close()
            self._idle.clear()

    def read(self, location: str, *, front: bool = False) -> PdfFacts | Finding:
        """Return the facts of a PDF, or the finding that says why there are none.

        `front`: also what its first page and document information say.
        """
        with self._lock:
            reader = self._idle.pop() if self._idle else PdfReader(self._limits)
        try:
            return reader.read(location, front=front)
        finally:
            with self._lock:
                self._idle.append(reader)


class PdfReader:
    """One child process, started when first needed. A context manager; for one thread."""

    def __init__(self, limits: LimitSettings) -> None:
        self._limits = limits
        self._child: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> PdfReader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child."""
        child, self._child = self._child, None
        if child is not None:
            child.kill()
            child.communicate()

    def read(self, location: str, *, front: bool = False) -> PdfFacts | Finding:
        """Return the facts of a PDF, or the finding that says why there are none.

        `front`: also what its first page and document information say.
        """
        answer = self._read(location, front)
        return answer if isinstance(answer, Finding) else _decode(answer)

    def begin(self) -> subprocess.Popen[bytes]:
        """Start the child where none lives."""
        if self._child is None or self._child.poll() is not None:
            self.close()
            self._child = self._start()
        return self._child

    def _read(self, location: str, front: bool) -> bytes | Finding:
        child = self.begin()
        assert child.stdin is not None
        assert child.stdout is not None
        request = msgspec.msgpack.encode((os.fsencode(location), front))
        try:
            child.stdin.write(LENGTH.pack(len(request)) + request)
            child.stdin.flush()
            answer = self._answer(child.stdout)
        except (BrokenPipeError, EOFError):
            code = child.wait()
            self.close()
            how = f"signal {-code}" if code < 0 else f"exit code {code}"
            return Finding("pdf-crashed", f"its reader ended with {how}")
        except TimeoutError:
            self.close()
            return Finding("pdf-timeout", f"more than {self._limits.pdf_seconds:g} seconds")
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [
                sys.executable, "-m", "fonds.renditions.pdf_child",
                str(self._limits.pdf_memory_bytes), str(self._limits.pdf_pages),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
        )  # fmt: skip

    def _answer(self, stream: IO[bytes]) -> bytes:
        deadline = time.monotonic() + self._limits.pdf_seconds
        (size,) = LENGTH.unpack(_receive(stream, LENGTH.size, deadline))
        if size > _MOST_ANSWER:
            raise EOFError
        return _receive(stream, size, deadline)


def _receive(stream: IO[bytes], size: int, deadline: float) -> bytes:
    """Read exactly `size` bytes; raises EOFError and TimeoutError."""
    pieces: list[bytes] = []
    while size:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([stream], [], [], left)[0]:
            raise TimeoutError
        piece = stream.read(size)
        if not piece:
            raise EOFError
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _decode(answer: bytes) -> PdfFacts | Finding:
    name, content = msgspec.msgpack.decode(answer, type=tuple[str, msgspec.Raw])
    if name == PdfContent.__name__:
        return _facts(msgspec.msgpack.decode(content, type=PdfContent))
    failure = msgspec.msgpack.decode(content, type=PdfFailure)
    return Finding(failure.code, failure.reason)


def _facts(content: PdfContent) -> PdfFacts:
    """Repair the text and count in it; done here, while the child reads the next PDF."""
    text = repair(content.text)
    words = len(text.split())
    return PdfFacts(
        version=content.version,
        pages=content.pages,
        page_size=content.page_size,
        words=words,
        characters=len(text),
        text=text if words else "",
        is_text=words >= min(_SURELY_TEXT, _SCAN_WORDS * content.read),
        encrypted=content.encrypted,
        front=content.front,
    )
