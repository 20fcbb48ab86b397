"""The button on a page of another site: shown where something is held, and nowhere else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, sync_playwright

from tests.extension.world import ARCHIVE, OTHER, World

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("extension")]
MOST_BYTES = 1_024  # over the wire


@pytest.fixture(scope="module")
def page(internet: World) -> Iterator[Page]:
    """Open the page of a library in Chromium."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("chromium is not installed: the button is not tried in a browser")
    with sync_playwright() as playwright:
        proxy = f"--proxy-server=http://127.0.0.1:{internet.proxy.port}"
        browser = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--ignore-certificate-errors", proxy]
        )
        opened = browser.new_page(ignore_https_errors=True)
        opened.set_default_timeout(15_000)
        internet.asked.clear()
        opened.goto(f"https://{OTHER}/")
        opened.locator(".fonds-pdf").first.wait_for()
        yield opened
        browser.close()


def test_it_shows_what_is_held(page: Page, internet: World) -> None:
    """Two articles open, one for members, one not held; asked once, identifiers alone."""
    said = page.evaluate(
        '[...document.querySelectorAll("li")].map((li) => [...li.querySelectorAll('
        '"a[class]")].map((a) => `${a.className} ${a.textContent} ${a.href}`).join())'
    )
    for at in (0, 1):
        assert said[at].startswith(f"fonds-pdf PDF in the archive https://{ARCHIVE}/ark:/")
        assert said[at].endswith("/fulltext.pdf")
    assert said[2] == ""
    assert said[3].startswith(
        f"fonds-members In the archive, for members https://{ARCHIVE}/notice/"
    )
    (asked,) = internet.lookups()
    assert "cookie" not in asked.headers
    assert "referer" not in asked.headers


def test_it_is_accessible(page: Page) -> None:
    """Each link says of which article it is; axe finds nothing."""
    label = page.locator("#two .fonds-pdf").get_attribute("aria-label")
    assert label == "PDF in the archive: Effets du magma sur les récits"
    assert not Axe().run(page).response["violations"]


def test_it_is_small(internet: World) -> None:
    """About a kilobyte over the wire, kept by browsers, for pages of any site."""
    with httpx.Client(verify=False, proxy=f"http://127.0.0.1:{internet.proxy.port}") as client:
        with client.stream("GET", f"https://{ARCHIVE}/button.js") as answer:
            assert len(b"".join(answer.iter_raw())) <= MOST_BYTES
            assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
            assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
        plain = client.get(f"https://{ARCHIVE}/button.js", headers={"accept-encoding": "identity"})
        assert plain.text.startswith("(() => {")
