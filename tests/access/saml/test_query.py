"""Metadata of one provider on demand: asked once, kept, refused unless the federation signed it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote

import pytest

from fonds.access.federation import Federation, MetadataQuery
from fonds.access.saml.query import MetadataQueries
from tests.access.saml.test_metadata import NOW, Federating, entity

ONE = "https://one.example/idp"


class Service:
    """A metadata query service that answers as a test says."""

    def __init__(self) -> None:
        self.answers: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.status = 200


@contextmanager
def serving(service: Service) -> Iterator[str]:
    """Serve, and give the base address."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = unquote(self.path.removeprefix("/entities/"))
            service.asked.append(name)
            data = service.answers.get(name, b"")
            self.send_response(service.status if data else 404)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join(20)
        server.server_close()


class Asking:
    """A service, a federation, and what asks one about the other."""

    def __init__(self, folder: Path, service: Service, base: str) -> None:
        self.federating = Federating(folder)
        self.service = service
        self.now = NOW.timestamp()
        query = MetadataQuery(base, "federation.pem")
        self._federation = Federation(queries=(query,))
        self.put("one")

    def put(self, name: str, *, at: str = "", days: int = 7) -> None:
        """Let the service know a provider."""
        until = (NOW + timedelta(days=days)).isoformat().replace("+00:00", "Z")
        text = entity(name, self.federating.certificate)
        text = text.replace(" entityID=", f' ID="_1" validUntil="{until}" entityID=', 1)
        self.service.answers[at or f"https://{name}.example/idp"] = self.federating.signed(text)

    def fresh(self) -> MetadataQueries:
        """Return what asks, as after a restart."""
        home = self.federating.home
        return MetadataQueries(home, lambda: self._federation, clock=lambda: self.now)


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[Asking]:
    """Return a service that knows one provider."""
    service = Service()
    with serving(service) as base:
        yield Asking(tmp_path, service, base)


def test_asked_once_an_hour(asking: Asking) -> None:
    """Kept in memory and over a restart; asked again when it is old."""
    queries = asking.fresh()
    found = queries.find(ONE)
    assert found is not None
    assert found.sso == "https://one.example/sso"
    assert queries.find(ONE) == asking.fresh().find(ONE) == found
    assert asking.service.asked == [ONE]
    asking.now += 3_601
    assert queries.find(ONE) == found
    assert len(asking.service.asked) == 2


def test_a_service_that_is_down(asking: Asking) -> None:
    """The last answer counts until its validUntil, not longer; a withdrawn provider at once not."""
    queries = asking.fresh()
    assert queries.find(ONE) is not None
    asking.now += 3_601
    asking.service.status = 500
    assert queries.find(ONE) is not None
    asking.now += timedelta(days=8).total_seconds()
    assert queries.find(ONE) is None
    asking.now = NOW.timestamp() + 7_300
    asking.service.answers.clear()
    assert asking.fresh().find(ONE) is None


def other_key(asking: Asking) -> None:
    """Signed by somebody else."""
    other = Federating(asking.federating.home / "other")
    asking.service.answers[ONE] = other.signed(
        entity("one", other.certificate).replace(" entityID=", ' ID="_1" entityID=', 1)
    )


def changed(asking: Asking) -> None:
    """Changed on the way."""
    data = asking.service.answers[ONE]
    asking.service.answers[ONE] = data.replace(b"one.example/sso", b"evil.example/sso")


def another(asking: Asking) -> None:
    """The metadata of another provider."""
    asking.put("two", at=ONE)


def expired(asking: Asking) -> None:
    """No longer valid."""
    asking.put("one", days=-1)


def nonsense(asking: Asking) -> None:
    """A page of HTML."""
    asking.service.answers[ONE] = b"<html>login</html>"


@pytest.mark.parametrize(
    "change", [other_key, changed, another, expired, nonsense], ids=lambda one: one.__name__
)
def test_what_is_not_signed_so_is_refused(asking: Asking, change: Callable[[Asking], None]) -> None:
    """Nothing of it is believed, and nothing is kept."""
    change(asking)
    assert asking.fresh().find(ONE) is None
    assert not list((asking.federating.home / "access").glob("mdq/*.json"))


def test_names_that_nobody_knows(asking: Asking) -> None:
    """Not asked twice in a minute, and not many in a minute: anybody can make them up."""
    queries = asking.fresh()
    assert queries.find("https://nobody.example") is None
    assert queries.find("https://nobody.example") is None
    assert len(asking.service.asked) == 1
    for number in range(100):
        assert queries.find(f"https://{number}.example") is None
    assert len(asking.service.asked) == 30
    assert queries.find("x" * 2_000) is None
    asking.now += 61
    assert queries.find(ONE) is not None


def test_without_a_service(tmp_path: Path) -> None:
    """Nothing is asked."""
    assert MetadataQueries(tmp_path, Federation).find(ONE) is None
