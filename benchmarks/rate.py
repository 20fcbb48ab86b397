"""Requests at a steady rate, whatever the answers take; times count from when each was due."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from contextlib import suppress

import msgspec

_MOST_OPEN = 64  # connections kept for the next request


class Sent(msgspec.Struct, frozen=True):
    """What became of one request."""

    kind: int
    seconds: float  # from when it was due to the last byte of its answer
    status: int  # 0: no answer
    size: int  # bytes of the body


class Answer(msgspec.Struct, frozen=True):
    status: int
    size: int
    keeps: bool  # the connection


async def send(
    port: int, paths: Sequence[Sequence[str]], rate: float, seconds: float
) -> list[Sent]:
    """Ask each kind of path in turn, `rate` requests a second; return what became of them."""
    idle: list[tuple[asyncio.StreamReader, asyncio.StreamWriter]] = []
    done: list[Sent] = []
    running: set[asyncio.Task[None]] = set()

    async def one(number: int, due: float) -> None:
        kind = number % len(paths)
        path = paths[kind][number // len(paths) % len(paths[kind])]
        answer = Answer(0, 0, False)
        while answer.status == 0:
            again = bool(idle)  # the server may have closed a connection that was long idle
            with suppress(OSError, asyncio.IncompleteReadError, ValueError):
                held = idle.pop() if again else await asyncio.open_connection("127.0.0.1", port)
                answer = await _ask(*held, path)
                if answer.keeps and len(idle) < _MOST_OPEN:
                    idle.append(held)
                else:
                    held[1].close()
            if not again:
                break
        done.append(Sent(kind, time.perf_counter() - due, answer.status, answer.size))

    begin = time.perf_counter()
    for number in range(round(rate * seconds)):
        due = begin + number / rate
        wait = due - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        task = asyncio.create_task(one(number, due))
        running.add(task)
        task.add_done_callback(running.discard)
    await asyncio.gather(*running)
    for _, writer in idle:
        writer.close()
    return done


async def _ask(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str) -> Answer:
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    await writer.drain()
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    left = size = _length(head)
    while left:
        part = await reader.read(min(left, 262_144))
        if not part:
            return Answer(0, size - left, False)
        left -= len(part)
    return Answer(status, size, "connection: close" not in head)


def _length(head: str) -> int:
    for line in head.split("\r\n"):
        if line.startswith("content-length:"):
            return int(line.partition(":")[2])
    raise ValueError("an answer without a length")
