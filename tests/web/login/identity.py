"""A running SAML identity provider (pysaml2) that knows the archive, and that the archive knows."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import msgspec
from lxml import html

from fonds.access.federation import Federation, MetadataSource
from fonds.access.saml.refresh import refresh
from tests.web.conftest import bound_socket
from tests.web.login.conftest import Archive

MEMBERS = """
[[institutions.lorraine.members]]
scopes = ["univ.example"]

[[institutions.lyon.members]]
idps = ["{issuer}"]
entitlements = ["urn:mace:dir:entitlement:common-lib-terms"]

[[institutions.lyon.rights]]
collections = ["second"]

[[federation.metadata]]
file = "idp.xml"
"""
MEMBER = {"eduPersonScopedAffiliation": ["member@univ.example"], "givenName": ["Ada"]}


class Idp(msgspec.Struct, frozen=True):
    """A running identity provider that knows the archive."""

    base: str
    folder: Path
    archive: Archive

    @property
    def issuer(self) -> str:
        """Return its entityID."""
        return f"{self.base}/idp"

    def rights(self) -> None:
        """Put the rights of its members in force."""
        self.archive.rights(MEMBERS.format(issuer=self.issuer))

    def order(self, **said: Any) -> None:
        """Say how the next request is answered."""
        (self.folder / "order.json").write_text(json.dumps({"attributes": MEMBER, **said}))

    def answer(self, browser: httpx.Client, target: str = "/", **said: Any) -> str:
        """Begin a login and return the answer that the browser would carry."""
        self.order(**said)
        begun = browser.get("/login", params={"entityID": self.issuer, "target": target})
        assert begun.status_code == 302, begun.text
        page = httpx.get(begun.headers["location"], timeout=60)
        form = html.fromstring(page.text)
        assert form.get("action") == f"{self.archive.address}/saml/acs"
        return str(form.xpath("string(//input[@name='SAMLResponse']/@value)"))

    def bring(self, browser: httpx.Client, answer: str) -> httpx.Response:
        """Bring an answer as the browser does: a form of another site, then a redirect."""
        posted = httpx.post(  # without the browser's cookies, which are SameSite=Lax
            f"{self.archive.address}/saml/acs",
            data={"SAMLResponse": answer, "RelayState": "x"},
            headers={"Origin": self.base, "Accept": "text/html"},
            timeout=60,
        )
        if posted.status_code != 303:
            return posted
        return browser.get(posted.headers["location"])


@contextmanager
def identity_provider(archive: Archive, folder: Path, *flags: str) -> Iterator[Idp]:
    """Run the provider; each knows the other by its metadata. Flags are those of `saml_idp`."""
    with bound_socket() as bound:
        port = bound.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    archive.rights(MEMBERS.format(issuer=f"{base}/idp"))
    metadata = httpx.get(f"{archive.address}/saml/metadata")
    (folder / "sp.xml").write_bytes(metadata.content)
    other = metadata.content.replace(b"/saml/metadata", b"/other")
    (folder / "sp-other.xml").write_bytes(other)
    command = [sys.executable, "-W", "ignore", "-m", "tests.web.login.saml_idp"]
    process = subprocess.Popen([*command, str(port), str(folder), *flags])
    try:
        (archive.home / "idp.xml").write_bytes(_waited(f"{base}/metadata"))
        federation = Federation(metadata=(MetadataSource("idp.xml"),))
        found = [one.source for one in refresh(archive.home, federation, now=time.time())]
        archive.services.providers.write(tuple(one for one in found if one is not None))
        yield Idp(base, folder, archive)
    finally:
        process.terminate()
        process.wait(20)


def _waited(address: str) -> bytes:
    end = time.monotonic() + 60
    while True:
        try:
            return httpx.get(address, timeout=60).raise_for_status().content
        except httpx.TransportError:
            assert time.monotonic() < end
            time.sleep(0.1)
