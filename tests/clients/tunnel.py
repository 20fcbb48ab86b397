"""An HTTP proxy that leads every CONNECT, whatever its name, to one port of this machine."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

_OPENED = b"HTTP/1.1 200 Connection established\r\n\r\n"


class Tunnel:
    """Use it as `with Tunnel(port) as address`."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))

    def __enter__(self) -> str:
        threading.Thread(target=self._accept, daemon=True).start()
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):  # closed
            while True:
                client, _ = self._listener.accept()
                threading.Thread(target=self._lead, args=(client,), daemon=True).start()

    def _lead(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            head = b""
            while b"\r\n\r\n" not in head:
                part = client.recv(4_096)
                if not part:
                    return
                head += part
            if not head.startswith(b"CONNECT "):
                return
            with socket.create_connection(("127.0.0.1", self._port)) as server:
                client.sendall(_OPENED)
                back = threading.Thread(target=_pass, args=(server, client), daemon=True)
                back.start()
                _pass(client, server)
                back.join()


def _pass(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while part := source.recv(65_536):
            target.sendall(part)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
