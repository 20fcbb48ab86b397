"""A real browser over the portal, for the tests of pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
             "--disable-background-networking", "--disable-component-update"]  # fmt: skip
TAGS = ["RGAAv4", "wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
# rules whose answer depends on colours and widths
LOOK_RULES = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]
# what was found: rule, and each place with what is wrong there; of long tables the first rows
_RUN = """async (options) => (await axe.run(
  {exclude: ["tbody tr:nth-child(n+9)"]}, options)).violations.map(
  (one) => [one.id, one.nodes.map((node) => [node.target.join(" "), node.failureSummary])])"""
WIDE = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=844)
# each language in both schemes, each scheme on both screens
LOOKS = {
    "fr-FR": (("light", WIDE), ("dark", PHONE)),
    "en-GB": (("light", PHONE), ("dark", WIDE)),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Start Debian's Chromium; where there is none the tests say so."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        pytest.skip("chromium is not installed: the pages are not tried in a browser")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield started
        started.close()


def opened(browser: Browser, **options: object) -> BrowserContext:
    """Open a context that fails on slow pages soon."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    context.set_default_timeout(15_000)
    return context


def check_looks(page: Page, locale: str, where: str) -> None:
    """Look at an open page in both schemes of its language: axe finds nothing, and it fits.

    All rules are asked in the first look; in the second one those that depend on it.
    """
    page.evaluate(Axe().axe_script)
    only: object = {"type": "tag", "values": TAGS}
    for scheme, size in LOOKS[locale]:
        # without motion: a colour on its way to another one has a contrast of its own
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.set_viewport_size(size)
        found = page.evaluate(_RUN, {"runOnly": only, "resultTypes": ["violations"]})
        assert not found, f"{where} ({locale}, {scheme}): {found}"
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{where} ({locale}, {scheme}) is {overflow} px too wide"
        only = {"type": "rule", "values": LOOK_RULES}
