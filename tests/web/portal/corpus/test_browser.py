"""A corpus in a real browser: built without JavaScript, followed live with it, nothing for axe."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.pictures import keep
from tests.web.portal.browsing import PHONE, TAGS, WIDE, browser, opened

__all__ = ["browser"]
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ASKED = "/corpus/new?q=plants&f=corpusName:pensoft"
# a page may write a file where the reader says; here that is the browser's own store, and the
# first transfer breaks off in its middle
BREAKING = """
window.showSaveFilePicker = async () =>
  (await navigator.storage.getDirectory()).getFileHandle("corpus", { create: true });
const real = window.fetch;
window.asked = [];
window.fetch = async (address, options) => {
  const answer = await real(address, options);
  if (!String(address).includes("/extract/")) return answer;
  window.asked.push(options.headers.Range ?? "");
  if (window.asked.length > 1) return answer;
  const whole = new Uint8Array(await answer.arrayBuffer());
  let at = 0;
  const body = new ReadableStream({ pull(out) {
    if (at > whole.length / 2) { out.error(new Error("broken")); return; }
    out.enqueue(whole.slice(at, at + 5000));
    at += 5000;
  } });
  return new Response(body, { status: answer.status, headers: answer.headers });
};
"""
READ = """async () => {
  const folder = await navigator.storage.getDirectory();
  const file = await (await folder.getFileHandle("corpus")).getFile();
  return Array.from(new Uint8Array(await file.arrayBuffer()));
}"""


def documents(content: bytes) -> set[str]:
    """Return the documents of an export."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name.partition("/")[0] for name in archive.namelist() if "/" in name}


def taken(page: Page) -> bytes:
    """Click on the button and return the file; it is as large as the page said."""
    size = page.get_attribute("#download", "data-size")
    with page.expect_download() as waiting:
        page.click("#download")
    content = Path(waiting.value.path()).read_bytes()
    assert str(len(content)) == size
    return content


def test_a_corpus_is_built_without_javascript(
    browser: Browser, portal: str, tmp_path: Path
) -> None:
    """Words, rules, a list; a preset; the size shown is the size taken; .corpus gives it again."""
    context = opened(browser, viewport=WIDE, java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(portal)
    page.click("nav.links a[href='/corpus/new']")
    page.fill("#q", "abstract:species")
    page.click("form.ask button")
    page.check("#use-nooj")
    page.click("text=Measure the corpus")
    words = documents(taken(page))
    page.goto(f"{portal}/corpus/new?way=rules")
    page.select_option("#f0-0", "abstract")
    page.fill("#v0-0", "species")
    page.click("text=Continue")
    assert page.input_value("#order input[name=q]") == "abstract:species"
    assert documents(taken(page)) == words
    with page.expect_download() as waiting:
        page.click("#taking >> text=.corpus file")
    file = tmp_path / "my.corpus"
    waiting.value.save_as(file)
    page.goto(f"{portal}/corpus/new?way=list")
    page.set_input_files("#file", file)
    page.click("text=Continue")
    assert f"Found: {len(words)} of {len(words)} identifiers" in page.inner_text("main")
    page.check("#use-nooj")
    page.click("text=Measure the corpus")
    assert documents(taken(page)) == words
    page.goto(page.inner_text("#share"))
    assert documents(taken(page)) == words
    context.close()


def test_size_and_numbers_follow_the_choice(browser: Browser, portal: str) -> None:
    """With JavaScript a format, a sample, a seed change the numbers in place, and the address."""
    context = opened(browser, viewport=WIDE, locale="en-GB")
    page = context.new_page()
    page.goto(portal + ASKED)
    before = page.get_attribute("#download", "data-size")
    page.check("#file-fulltext-tei")
    expect(page.locator("#use-own")).to_be_checked()
    expect(page.locator("#download")).not_to_have_attribute("data-size", str(before))
    page.fill("#size", "4")
    expect(page.locator("#take-first")).to_be_checked()
    expect(page.locator("#taking .sum")).to_contain_text("4 documents")
    assert "fulltext%2Ftei" in page.url
    assert len(documents(taken(page))) == 4
    page.fill("#size", "four")
    expect(page.locator("#notes")).to_contain_text("“four” is no number of documents")
    context.close()


def test_a_download_goes_on_where_it_broke(browser: Browser, portal: str) -> None:
    """Its progress is shown; after an interruption only the rest is asked for; it is complete."""
    context = opened(browser, viewport=WIDE, locale="en-GB")
    page = context.new_page()
    page.add_init_script(BREAKING)
    page.goto(f"{portal}{ASKED}&file=fulltext/tei")
    size = int(page.get_attribute("#download", "data-size") or 0)
    page.click("#save")
    expect(page.locator("#save")).to_have_text("Go on")
    expect(page.locator("#transfer-said")).to_contain_text("Stopped at")
    page.click("#save")
    expect(page.locator("#transfer-said")).to_have_text(f"Done: {size:,} bytes, complete.")
    first, second = page.evaluate("window.asked")
    assert (first, second.startswith("bytes="), second != "bytes=0-") == ("", True, True)
    content = bytes(page.evaluate(READ))
    address = page.get_attribute("#download", "href")
    assert content == httpx.get(f"{portal}{address}").content
    context.close()


@pytest.mark.parametrize(
    ("locale", "scheme", "size"),
    [("fr-FR", "dark", PHONE), ("en-GB", "light", WIDE)],
    ids=["french-dark-phone", "english-light-wide"],
)
def test_axe_finds_nothing(
    browser: Browser, open_portal: str, locale: str, scheme: str, size: object
) -> None:
    """Every page of corpora is accessible with everything open, and fits."""
    kept = httpx.post(f"{open_portal}/corpus/keep", data={"q": "plants", "title": "Plants"})
    context = opened(browser, viewport=size, color_scheme=scheme, locale=locale)
    page = context.new_page()
    for address in (
        "/corpus/new?way=list", "/corpus/new?way=rules", "/corpus/new?q=*",
        f"{ASKED}&take=random&size=900&seed=1&use=table&file=fulltext/docx",
        "/corpus/kept", kept.headers["location"],
    ):  # fmt: skip
        page.goto(open_portal + address)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        results = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
        found = [v["id"] for v in results.response["violations"]]
        assert not found, f"{address}: {results.generate_report()}"
        overflow = page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        assert overflow <= 0, f"{address} is {overflow} px too wide"
    context.close()


PICTURES = {"corpus": f"{ASKED}&take=random&size=12&seed=7&use=nooj", "corpus-kept": ""}


@pytest.mark.parametrize("name", PICTURES)
def test_pictures(browser: Browser, open_portal: str, name: str) -> None:
    """The pictures of the docs are pictures of these pages; FONDS_SCREENSHOTS=1 writes them."""
    context = opened(browser, viewport=WIDE, locale="en-GB")
    page = context.new_page()
    asked = {"q": "plants", "title": "Plants of the open journals", "author": "A. Exemple"}
    kept = httpx.post(f"{open_portal}/corpus/keep", data=asked).headers["location"]
    page.goto(open_portal + (PICTURES[name] or kept))
    keep(page, name)
    context.close()
