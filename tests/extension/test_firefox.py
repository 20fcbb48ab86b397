"""The extension in Firefox ESR, set up by an administrator: the same links, nobody else asked."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.extension.bidi import Firefox
from tests.extension.expected import PAGES, check_links, check_question, script
from tests.extension.pack import EXTENSION
from tests.extension.world import ARCHIVE, OTHER, PUBMED, SCHOLAR, WIKIPEDIA, World

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("extension")]


@pytest.fixture(scope="module")
def firefox(internet: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    """Start Firefox with the extension and an administrator's choice of archive."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        pytest.skip("firefox-esr is not installed: the extension is not tried in Firefox")
    folder = tmp_path_factory.mktemp("firefox")
    _preset(folder)
    with Firefox(program, folder, internet.proxy.port) as browser:
        browser.install(EXTENSION)
        yield browser


def _preset(home: Path) -> None:
    """Write what an administrator would: managed storage of the extension."""
    manifest = msgspec.json.decode((EXTENSION / "manifest.json").read_bytes())
    name = manifest["browser_specific_settings"]["gecko"]["id"]
    folder = home / ".mozilla" / "managed-storage"
    folder.mkdir(parents=True)
    data = {"address": f"https://{ARCHIVE}", "name": "Archive of Nowhere"}
    content = {"name": name, "description": "preset", "type": "storage", "data": data}
    (folder / f"{name}.json").write_bytes(msgspec.json.encode(content))


@pytest.mark.parametrize("name", list(PAGES))
def test_links_stand_where_something_is_held(firefox: Firefox, internet: World, name: str) -> None:
    """Each article of each page has its link or none, as in Chromium."""
    internet.asked.clear()
    firefox.go(PAGES[name][0])
    end = time.monotonic() + 15
    while not firefox.evaluate('document.querySelectorAll("a.fonds-link").length'):
        assert time.monotonic() < end, "no link came"
        time.sleep(0.1)
    check_links(name, firefox.evaluate(script(name)))
    assert len(internet.lookups()) <= 1
    for asked in internet.lookups():
        check_question(asked, PAGES[name][0])


def test_nobody_else_was_called(firefox: Firefox, internet: World) -> None:
    """The proxy saw the pages, the archive, and the browser's own maker; no one else."""
    makers = (".mozilla.com", ".mozilla.org", ".mozilla.net", ".firefox.com", ".mozgcp.net")
    strangers = {host for host in internet.proxy.refused if not f".{host}".endswith(makers)}
    assert not strangers
    assert set(internet.proxy.called) <= {ARCHIVE, SCHOLAR, PUBMED, WIKIPEDIA, OTHER}
