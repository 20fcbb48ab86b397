"""Two OpenID Connect providers: a real one in a process of its own, and one that lies as told."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.web.conftest import bound_socket

Claims = dict[str, Any]


@contextmanager
def honest_provider(people: list[Claims]) -> Iterator[str]:
    """Run oidc-provider-mock over some people and give its issuer."""
    with bound_socket() as bound:
        port = bound.getsockname()[1]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", str(port)]
    for one in people:
        command += ["--user-claims", json.dumps(one)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    issuer = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                httpx.get(f"{issuer}/.well-known/openid-configuration").raise_for_status()
                break
            except httpx.TransportError:
                time.sleep(0.1)
        yield issuer
    finally:
        process.terminate()
        process.wait(20)


class Liar:
    """A provider whose tokens are what a test makes of them."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.key = rsa.generate_private_key(public_exponent=65_537, key_size=2048)
        self.said: dict[str, str] = {}  # of the authorization request
        self.change: Callable[[Claims], Claims] = lambda claims: claims
        self.sign: Callable[[Claims], str] = self.signed
        self.subject = "1"  # of the user information
        self.form: dict[str, str] = {}  # of the token request

    def signed(self, claims: Claims) -> str:
        """Return claims signed as they should be."""
        return jwt.encode(claims, self.key, "RS256", headers={"kid": "one"})

    def claims(self) -> Claims:
        """Return true claims for the login under way."""
        now = int(time.time())
        return {
            "iss": self.issuer,
            "aud": "fonds",
            "sub": "1",
            "iat": now,
            "exp": now + 300,
            "nonce": self.said["nonce"],
            "eduperson_scoped_affiliation": ["member@univ.example"],
        }

    def answer(self, path: str) -> Claims:
        """Return what an address of the provider says."""
        if path == "/.well-known/openid-configuration":
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
            }
        if path == "/keys":
            public = jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key(), as_dict=True)
            return {"keys": [{**public, "kid": "one", "alg": "RS256", "use": "sig"}]}
        if path == "/userinfo":
            return {"sub": self.subject}
        return {"access_token": "a", "id_token": self.sign(self.change(self.claims()))}


@contextmanager
def lying_provider() -> Iterator[Liar]:
    """Run a provider that a test tells what to say."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._send(liar.answer(urlsplit(self.path).path))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            liar.form = {key: values[0] for key, values in parse_qs(body).items()}
            self._send(liar.answer(urlsplit(self.path).path))

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

        def _send(self, content: Claims) -> None:
            data = json.dumps(content).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    liar = Liar(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield liar
    finally:
        server.shutdown()
        thread.join(20)
        server.server_close()
