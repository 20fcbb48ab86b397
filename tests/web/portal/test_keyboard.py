"""By keyboard alone, and as a screen reader is told: every stop is seen, every thing has a name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

import httpx
import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.portal.browsing import WIDE, browser, opened

__all__ = ["browser"]  # a fixture
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

PLAIN = "_exists_:qualityIndicators.pdfWordCount AND corpusName:mdpi"
# where the focus is, and whether it can be seen: a line around it, within the window
_STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    tag: one.tagName.toLowerCase(), id: one.id, href: one.getAttribute("href") ?? "",
    text: (one.getAttribute("aria-label") ?? one.textContent).trim().slice(0, 80),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    inside: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight
      && box.right > 0 && box.left < innerWidth,
  };
}"""


class Stop(msgspec.Struct, frozen=True):
    """One place where the focus rests."""

    tag: str
    id: str
    href: str
    text: str
    outlined: bool
    inside: bool


def stop(page: Page) -> Stop | None:
    """Return where the focus is; None when it is nowhere."""
    found = page.evaluate(_STOP)
    return msgspec.convert(found, Stop) if found else None


def stops(page: Page, most: int = 400) -> Iterator[Stop]:
    """Give every stop from here to the end of the page; each must be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = stop(page)
        if here is None:
            return
        assert here.outlined, f"the focus cannot be seen: {here}"
        assert here.inside, f"the focus is out of sight: {here}"
        yield here
    raise AssertionError("the focus never comes to the end of the page")


def tab_to(page: Page, text: str, tag: str = "a") -> Stop:
    """Go on by the tabulator to a link or button with a text."""
    for here in stops(page):
        if here.tag == tag and here.text.startswith(text):
            return here
    raise AssertionError(f"{text} is not reached")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page of a wide screen, in English."""
    context = opened(browser, viewport=WIDE, locale="en-GB")
    yield context.new_page()
    context.close()


def test_from_the_first_page_to_the_journals(page: Page, portal: str) -> None:
    """Search, result, article, PDF, journals, a title: no pointer is ever needed."""
    page.goto(portal)
    here = stop(page)
    assert here is not None
    assert here.id == "q"  # one types at once
    page.keyboard.type(PLAIN)
    page.keyboard.press("Enter")
    page.wait_for_url("**/?q=*")
    title = page.inner_text("ol.hits h2 a >> nth=0")

    page.keyboard.press("Tab")
    skip = stop(page)
    assert skip is not None
    assert (skip.text, skip.inside) == ("Skip to content", True)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # over the facets, to the results
    assert page.evaluate("document.activeElement.id") == "results"
    tab_to(page, title[:40])
    page.keyboard.press("Enter")
    page.wait_for_url("**/notice/ark:/**")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # over the header, to the content
    assert page.evaluate("document.activeElement.id") == "content"
    tab_to(page, "View")
    page.keyboard.press("Enter")
    page.wait_for_selector("#viewer[data-ready]")

    look_into_the_pdf(page)
    page.goto(page.url)
    tab_to(page, "Journals")
    page.keyboard.press("Enter")
    page.wait_for_url("**/journals")
    tab_to(page, "eLife")
    page.keyboard.press("Enter")
    page.wait_for_selector("svg")
    assert page.inner_text("h1") == "eLife"


def look_into_the_pdf(page: Page) -> None:
    """Turn pages, search, and leave the viewer again: it is no trap."""
    tab_to(page, "Next page", "button")
    page.keyboard.press("Enter")
    expect(page.locator("#page-number")).to_have_value("2")
    for here in stops(page):
        if here.id == "find-text":
            break
    page.keyboard.type("the")
    page.keyboard.press("Enter")
    expect(page.locator("#find-count")).to_contain_text(" of ")
    seen = [here.id for here in stops(page)]
    assert "scroll" in seen  # the pages themselves
    assert len(seen) > seen.index("scroll") + 1  # and beyond them


@pytest.mark.parametrize(
    "address",
    ["/?q=plants", "/assisted?j0=any&f0=title&h0=words&v0=plants", "/identifiers",
     "/journals/2050-084X", "/openurl", "/about", "/about/tutorials/script"],
)  # fmt: skip
def test_every_stop_of_a_page_is_seen(page: Page, portal: str, address: str) -> None:
    """From the skip link to the last link of the footer, nothing is missed and nothing traps."""
    page.goto(portal + address)
    page.evaluate("document.activeElement.blur()")
    passed = list(stops(page))
    assert passed[0].href == "#content"
    assert passed[-1].href == "/about/accessibility"
    reachable = page.locator(
        "a[href]:visible, button:visible:enabled, input:visible:enabled, select:visible, "
        "textarea:visible, summary:visible"
    ).count()
    assert len(passed) >= reachable - 1, f"{reachable} things, {len(passed)} stops"


def test_the_tree_makes_sense(page: Page, portal: str) -> None:
    """One main heading, no level left out, landmarks with names, nothing without a name."""
    asked = {"q": PLAIN, "size": "1", "output": "arkIstex"}
    ark = httpx.get(f"{portal}/document", params=asked).json()["hits"][0]["arkIstex"]
    article = f"/notice/{ark}"
    for address in ("/", "/?q=plants", article, f"{article}/view?q=the", "/journals", "/about",
                    "/journals/2050-084X", "/about/api", "/about/tutorials/search"):  # fmt: skip
        page.goto(portal + address)
        tree = page.locator("body").aria_snapshot()
        levels = [int(level) for level in re.findall(r"heading .*\[level=(\d)\]", tree)]
        assert levels.count(1) == 1, address
        assert all(after <= before + 1 for before, after in pairwise(levels)), (address, levels)
        for landmark in ("banner:", "main:", "contentinfo:"):
            assert tree.count(f"- {landmark}") == 1, (address, landmark)
        nameless = re.findall(r"^\s*- (?:link|button|textbox|searchbox|combobox|img|navigation|"
                              r"region|form|meter)(?::.*)?$", tree, re.MULTILINE)  # fmt: skip
        assert not nameless, (address, nameless)
