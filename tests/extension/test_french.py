"""The extension in French: its pages follow the browser, and say so to screen readers."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.extension.chromium import started
from tests.extension.world import World

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("extension")]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_pages_are_in_french(internet: World, tmp_path: Path, scheme: str) -> None:
    """Words and `lang` are French, axe finds nothing, light or dark."""
    with started(internet, tmp_path / "profile", "fr") as browser:
        workers = browser.service_workers or [browser.wait_for_event("serviceworker")]
        own = workers[0].url.rpartition("/")[0]
        for name, said in (("options", "Adresse de votre archive"), ("popup", "numéro PubMed")):
            page = browser.new_page()
            page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two
            page.goto(f"{own}/{name}.html")
            page.get_by_text(said).first.wait_for()
            assert page.locator("html").get_attribute("lang") == "fr"
            results = Axe().run(page)
            assert not results.response["violations"], results.generate_report()
