"""The PDF in the page: opens at the passage, marks the words, asks for rights."""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import msgspec
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.portal.browsing import WIDE, browser, opened
from tests.web.portal.trees import find, tree_of

__all__ = ["browser"]  # a fixture
QUERY = "membranes protein"
pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def ark(client: httpx.Client) -> str:
    """Return an article of several pages with a PDF that holds the words."""
    asked = {"q": "corpusName:mdpi AND membranes AND qualityIndicators.pdfPageCount:[9 TO *]",
             "output": "arkIstex", "size": "1"}  # fmt: skip
    found: str = client.get("/document", params=asked).json()["hits"][0]["arkIstex"]
    return found


def test_the_page_says_where_the_words_stand(client: httpx.Client, ark: str) -> None:
    """Words to mark, page to open, passages with links to pages of the file, no script needed."""
    client.headers["Accept-Language"] = "en"
    tree = tree_of(client, f"/notice/{ark}/view?q={QUERY}")
    (viewer,) = find(tree, "//*[@id='viewer']")
    assert set(msgspec.json.decode(viewer.get("data-words"))) == {"membranes", "protein"}
    links = find(tree, "//section[@class='found-in']//li/a/@href")
    pages = [int(re.findall(r"#page=(\d+)$", link)[0]) for link in links]
    assert pages == sorted(set(pages))
    assert int(viewer.get("data-page")) in pages
    assert len(pages) > 1
    words = {mark.text_content().lower() for mark in find(tree, "//li//mark")}
    assert words == {"membranes", "protein"}


@pytest.mark.parametrize("q", ["", "title:(", "zzzz*", "NOT membranes", "x" * 20_000])
def test_any_query_shows_the_pdf(client: httpx.Client, ark: str, q: str) -> None:
    """A search that finds nothing here, or that cannot be read, marks nothing."""
    (viewer,) = find(
        tree_of(client, f"/notice/{ark}/view?" + str(httpx.QueryParams(q=q))), "//*[@id='viewer']"
    )
    assert viewer.get("data-words") == "[]"
    assert viewer.get("data-page") == "1"


def test_the_policy_lets_the_viewer_work_and_no_more(client: httpx.Client, ark: str) -> None:
    """WebAssembly for scans; nothing inline, nothing from elsewhere."""
    policy = client.get(f"/notice/{ark}/view").headers["content-security-policy"]
    assert "script-src 'self' 'wasm-unsafe-eval';" in policy
    assert "unsafe-inline" not in policy
    for name in ("viewer.mjs", "vendor/pdfjs/pdf.min.mjs", "vendor/pdfjs/pdf.worker.min.mjs"):
        answer = client.get(f"/static/{name}")
        assert "javascript" in answer.headers["content-type"]
    wasm = client.get("/static/vendor/pdfjs/wasm/openjpeg.wasm")
    assert wasm.headers["content-type"] == "application/wasm"
    assert client.get("/static/vendor/pdfjs/LICENSE").text.lstrip().startswith("Apache License")


def test_no_pdf_no_viewer(client: httpx.Client) -> None:
    """Without a PDF there is no such page and no link to it."""
    asked = {"q": "NOT _exists_:qualityIndicators.pdfPageCount", "output": "arkIstex", "size": "1"}
    (hit,) = client.get("/document", params=asked).json()["hits"]
    assert client.get(f"/notice/{hit['arkIstex']}/view").status_code == 404
    assert "/view" not in client.get(f"/notice/{hit['arkIstex']}").text


@pytest.fixture
def page(browser: Browser, portal: str, ark: str) -> Iterator[Page]:
    """Open the viewer with a search."""
    context = opened(browser, viewport=WIDE, locale="en-GB")
    made = context.new_page()
    complaints: list[str] = []
    made.on("pageerror", lambda error: complaints.append(str(error)))
    made.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    made.goto(f"{portal}/notice/{ark}/view?q={QUERY}")
    made.wait_for_selector("#viewer[data-ready]")
    made.wait_for_selector(".textLayer .highlight.selected")
    yield made
    assert not complaints
    context.close()


@pytest.mark.browser
def test_it_opens_at_the_passage(page: Page) -> None:
    """The first word found is in view, marked; the text is real text; the reader stays on top."""
    marked = page.locator(".textLayer .highlight.selected").first
    expect(marked).to_be_in_viewport()
    assert marked.inner_text().lower() in ("membranes", "protein")
    assert int(page.input_value("#page-number")) > 1
    assert page.evaluate("scrollY") == 0
    assert re.fullmatch(r"1 of \d+", page.inner_text("#find-count"))
    text = page.evaluate(
        "() => { getSelection().selectAllChildren(document.querySelector('.textLayer .highlight')"
        ".closest('.textLayer')); return getSelection().toString() }"
    )
    assert len(text) > 200


@pytest.mark.browser
def test_by_keyboard_alone(page: Page) -> None:
    """Pages, size, search and the passages beside are reached and worked without a mouse."""
    page.focus("#page-number")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("2\n")
    expect(page.locator("#page-number")).to_have_value("2")
    page.focus("#scroll")
    page.keyboard.press("n")
    expect(page.locator("#page-number")).to_have_value("3")
    page.keyboard.press("p")
    expect(page.locator("#page-number")).to_have_value("2")
    page.focus(".found-in li:last-child a")
    wanted = page.get_attribute(".found-in li:last-child a", "data-page") or ""
    page.keyboard.press("Enter")
    expect(page.locator("#page-number")).to_have_value(wanted)
    page.keyboard.press("ControlOrMeta+f")
    assert page.evaluate("document.activeElement.id") == "find-text"
    page.keyboard.type("abstract\n")
    expect(page.locator("#find-count")).to_have_text(re.compile(r"\d+ of \d+"))
