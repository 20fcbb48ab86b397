"""The fuzzers ask the home and the server of the web tests."""

from tests.web.conftest import address, client, home, services

__all__ = ["address", "client", "home", "services"]
