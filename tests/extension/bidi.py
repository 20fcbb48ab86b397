"""Firefox by WebDriver BiDi, as far as the tests need it (https://w3c.github.io/webdriver-bidi)."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import msgspec
from websockets.sync.client import ClientConnection, connect

_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
_SECONDS = 60
# the browser's own calls home, which are none of our affair
_QUIET = {
    "app.normandy.enabled": False,
    "app.update.enabled": False,
    "browser.newtabpage.enabled": False,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "browser.search.update": False,
    "browser.startup.page": 0,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.getAddons.cache.enabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.enabled": False,
    "intl.accept_languages": "en-GB",
}


class Firefox:
    """A running Firefox. Used as `with Firefox(...) as browser`."""

    def __init__(self, program: str, folder: Path, proxy_port: int) -> None:
        self._folder = folder
        self._proxy = f"127.0.0.1:{proxy_port}"
        profile = folder / "profile"
        profile.mkdir()
        prefs = (f'user_pref("{key}", {msgspec.json.encode(value).decode()});'
                 for key, value in _QUIET.items())  # fmt: skip
        (profile / "user.js").write_text("\n".join(prefs))
        self._command = [program, "--headless", "--no-remote", "--profile", str(profile),
                         "--remote-debugging-port", "0"]  # fmt: skip
        self._numbers = itertools.count(1)
        self._context = ""

    def __enter__(self) -> Firefox:
        with ExitStack() as stack:
            self._log = self._folder / "firefox.log"
            environment = {**os.environ, "HOME": str(self._folder)}
            with self._log.open("wb") as log:
                self._process = subprocess.Popen(
                    self._command, env=environment, stdout=log, stderr=log, start_new_session=True
                )
            stack.callback(self._end)
            address = f"{self._address()}/session"
            opening = connect(address, max_size=None, open_timeout=_SECONDS, proxy=None)
            self._socket: ClientConnection = stack.enter_context(opening)
            self._begin()
            self._open = stack.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    def _begin(self) -> None:
        capabilities = {
            "acceptInsecureCerts": True,
            "proxy": {"proxyType": "manual", "sslProxy": self._proxy, "httpProxy": self._proxy},
        }
        self.call("session.new", capabilities={"alwaysMatch": capabilities})
        self._context = self.call("browsingContext.getTree")["contexts"][0]["context"]

    def _end(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(20)

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command and return its result."""
        number = next(self._numbers)
        message = {"id": number, "method": method, "params": parameters}
        self._socket.send(msgspec.json.encode(message).decode())
        while True:
            answer: dict[str, Any] = msgspec.json.decode(self._socket.recv(_SECONDS))
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                result: dict[str, Any] = answer["result"]
                return result

    def install(self, extension: Path) -> None:
        """Install an unpacked extension."""
        data = {"type": "path", "path": str(extension)}
        self.call("webExtension.install", extensionData=data)

    def go(self, address: str) -> None:
        """Open a page and wait for it."""
        self.call("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def evaluate(self, expression: str) -> Any:  # whatever the page says
        """Return what a JavaScript expression gives, by way of JSON."""
        result = self.call(
            "script.evaluate",
            expression=f"JSON.stringify({expression.strip()})",
            target={"context": self._context},
            awaitPromise=True,
        )
        assert result["type"] == "success", result
        return msgspec.json.decode(result["result"]["value"])

    def _address(self) -> str:
        end = time.monotonic() + _SECONDS
        while time.monotonic() < end:
            match = _LISTENING.search(self._log.read_text("utf-8", "replace"))
            if match is not None:
                return match[1]
            assert self._process.poll() is None, self._log.read_text("utf-8", "replace")
            time.sleep(0.1)
        raise TimeoutError(self._log.read_text("utf-8", "replace"))
