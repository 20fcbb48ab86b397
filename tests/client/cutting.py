"""A proxy that cuts connections, as networks do."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit


class Cutting:
    """Passes bytes on to a server and cuts each connection after so many bytes of its answer."""

    def __init__(self, address: str, most: int) -> None:
        place = urlsplit(address)
        self._server = (place.hostname or "", place.port or 0)
        self._most = most
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.cuts = 0
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def address(self) -> str:
        """Return where it listens."""
        return f"http://127.0.0.1:{self._listening.getsockname()[1]}"

    def close(self) -> None:
        """Stop listening."""
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._pass, args=(client,), daemon=True).start()

    def _pass(self, client: socket.socket) -> None:
        with client, socket.create_connection(self._server) as server:
            threading.Thread(target=_copy, args=(client, server), daemon=True).start()
            passed = 0
            try:
                while data := server.recv(65_536):
                    client.sendall(data[: self._most - passed])
                    passed += len(data)
                    if passed >= self._most:
                        self.cuts += 1
                        return
            except OSError:
                return
            finally:  # a close alone waits for the other thread, which reads
                with suppress(OSError):
                    client.shutdown(socket.SHUT_RDWR)


def _copy(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65_536):
            target.sendall(data)
    except OSError:
        return
