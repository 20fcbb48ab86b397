"""A proxy that leads known names to local servers, refuses all others, and remembers both."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Mapping
from contextlib import suppress


class Proxy:
    """An HTTP proxy for CONNECT, in a thread. Used as `with Proxy({...}) as proxy`."""

    def __init__(self, ports: Mapping[str, int]) -> None:
        self._ports = ports
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self.port = 0
        self.called: list[str] = []  # hosts that were let through
        self.refused: list[str] = []

    def __enter__(self) -> Proxy:
        self._thread.start()
        starting = asyncio.run_coroutine_threadsafe(
            asyncio.start_server(self._serve, "127.0.0.1", 0), self._loop
        )
        self._server = starting.result(20)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(20)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(20)
        self._loop.close()

    async def _end(self) -> None:
        self._server.close()
        own = asyncio.current_task()
        tasks = [task for task in asyncio.all_tasks() if task is not own]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        ends = (OSError, asyncio.CancelledError, asyncio.IncompleteReadError, ValueError)
        with suppress(*ends):
            head = await reader.readuntil(b"\r\n\r\n")
            method, target, *_ = head.decode("latin-1").split()
            host = target.removeprefix("http://").partition("/")[0].partition(":")[0]
            port = self._ports.get(host) if method == "CONNECT" else None
            if port is None:
                self.refused.append(host)
                writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            else:
                self.called.append(host)
                await self._tunnel(port, reader, writer)
        with suppress(OSError):
            writer.close()

    async def _tunnel(
        self, port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        there, to_there = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        try:
            await asyncio.gather(_copy(reader, to_there), _copy(there, writer))
        finally:
            to_there.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
        writer.write_eof() if writer.can_write_eof() else None
