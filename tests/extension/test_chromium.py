"""The extension in Chromium: links beside what is held, one question per page, none besides."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.extension.chromium import started
from tests.extension.expected import PAGES, check_links, check_question, script
from tests.extension.world import ARCHIVE, OTHER, PUBMED, SCHOLAR, WIKIPEDIA, World
from tests.pictures import keep

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("extension")]
NAME = "Archive of Nowhere"
KNOWN = {ARCHIVE, SCHOLAR, PUBMED, WIKIPEDIA, OTHER}


@pytest.fixture(scope="module")
def browser(internet: World, tmp_path_factory: pytest.TempPathFactory) -> Iterator[BrowserContext]:
    """Return a running Chromium in English."""
    with started(internet, tmp_path_factory.mktemp("profile"), "en") as context:
        yield context


@pytest.fixture(scope="module")
def own(browser: BrowserContext) -> str:
    """Return where the extension's own pages are."""
    workers = browser.service_workers or [browser.wait_for_event("serviceworker")]
    return workers[0].url.rpartition("/")[0]


@pytest.fixture(scope="module")
def chosen(browser: BrowserContext, own: str) -> str:
    """Choose the archive on the options page, as a person does."""
    page = browser.new_page()
    page.goto(f"{own}/options.html")
    page.get_by_label("Address of your archive").fill("nonsense")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("This is no address").wait_for()
    page.get_by_label("Address of your archive").fill(f"https://{ARCHIVE}/")
    page.get_by_label("Its name").fill(NAME)
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved. The archive answers.").wait_for()
    _picture(page, "extension-options", 900, 820)
    assert not Axe().run(page).response["violations"]
    page.close()
    return own


def _picture(page: Page, name: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    keep(page, name)


@pytest.mark.parametrize("name", list(PAGES))
def test_links_stand_where_something_is_held(
    browser: BrowserContext, internet: World, chosen: str, name: str
) -> None:
    """Each article of each page has its link or none; one question went to the archive."""
    internet.asked.clear()
    address = PAGES[name][0]
    page = browser.new_page()
    page.goto(address)
    page.locator("a.fonds-link").first.wait_for()
    check_links(name, page.evaluate(script(name)))
    if name in ("scholar", "article"):
        site, height = ("scholar", 640) if name == "scholar" else ("pubmed", 200)
        _picture(page, f"extension-{site}", 900, height)
    for asked in internet.lookups():
        check_question(asked, address)
    assert len(internet.lookups()) == 1
    page.reload()
    page.locator("a.fonds-link").first.wait_for()
    assert len(internet.lookups()) == 1  # the answer is known
    page.close()


def test_a_link_opens_the_pdf(browser: BrowserContext, internet: World, chosen: str) -> None:
    """By keyboard alone: focus, Enter, and the archive is asked for the PDF."""
    page = browser.new_page()
    page.goto(PAGES["scholar"][0])
    page.locator("a.fonds-link").first.focus()
    internet.asked.clear()
    page.keyboard.press("Enter")
    end = time.monotonic() + 15
    while not [one for one in internet.asked if one.path.endswith("/fulltext.pdf")]:
        assert time.monotonic() < end
        page.wait_for_timeout(50)
    for other in browser.pages:
        other.close() if other.url.startswith(f"https://{ARCHIVE}") else None
    page.close()


def test_the_links_are_accessible(browser: BrowserContext, chosen: str) -> None:
    """axe finds nothing about our links, in either scheme."""
    for scheme in ("light", "dark"):
        page = browser.new_page()
        page.emulate_media(color_scheme=scheme)
        page.goto(PAGES["scholar"][0])
        page.locator("a.fonds-link").first.wait_for()
        results = Axe().run(page, context=".fonds-link")
        assert not results.response["violations"], results.generate_report()
        page.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://doi.org/10.5555/HELD.1", "Open the PDF"),
        ("PMID: 22222222", "Its text is for members"),
        ("33333333", "Not in the archive."),
        ("imaginary basalts", "On the age of imaginary basalts"),
        ('"nothing \\ of the kind', "Search the archive for these words"),
    ],
)
def test_the_window_of_the_toolbar(
    browser: BrowserContext, chosen: str, text: str, expected: str
) -> None:
    """A pasted DOI, PubMed number or title leads to the article."""
    page = browser.new_page()
    page.goto(f"{chosen}/popup.html")
    page.get_by_label("DOI, PubMed number").fill(text)
    page.keyboard.press("Enter")
    page.get_by_text(expected).first.wait_for()
    assert not Axe().run(page).response["violations"]
    if "basalts" in text:
        _picture(page, "extension-window", 384, 300)
    page.close()


def test_nothing_is_asked_before_an_archive_is_chosen_or_where_it_is_off(
    browser: BrowserContext, internet: World, chosen: str
) -> None:
    """A site that is switched off sends nothing."""
    page = browser.new_page()
    page.goto(f"{chosen}/options.html")
    page.get_by_label("Wikipedia").uncheck()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Saved. The archive answers.").wait_for()
    internet.asked.clear()
    page.goto(PAGES["wikipedia"][0])
    page.wait_for_timeout(700)
    assert page.locator("a.fonds-link").count() == 0
    assert not internet.lookups()
    page.goto(f"{chosen}/options.html")
    page.get_by_label("Wikipedia").check()
    page.get_by_role("button", name="Save").click()
    page.close()


def test_an_archive_that_is_away_breaks_nothing(browser: BrowserContext, chosen: str) -> None:
    """Without an answer the page is as it was."""
    page = browser.new_page()
    page.goto(f"{chosen}/options.html")
    page.get_by_label("Address of your archive").fill("https://gone.example.org")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("no archive answers").wait_for()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(PAGES["scholar"][0])
    page.wait_for_timeout(700)
    assert page.locator("a.fonds-link").count() == 0
    assert not complaints
    page.close()


def test_nobody_else_was_called(internet: World, browser: BrowserContext, chosen: str) -> None:
    """The proxy saw the pages, the archive, and the browser's own maker; no one else."""
    makers = (".google.com", ".googleapis.com", ".gvt1.com", ".gstatic.com", "gone.example.org")
    strangers = {host for host in internet.proxy.refused if not f".{host}".endswith(makers)}
    assert not strangers
    assert set(internet.proxy.called) <= KNOWN
