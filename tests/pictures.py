"""The pictures of the docs are made by the tests that walk the pages they show."""

from __future__ import annotations

import os

from playwright.sync_api import Page

from tests.conftest import ROOT

IMAGES = ROOT / "docs" / "images"


def keep(page: Page, name: str) -> None:
    """Take a picture of a page as it stands; FONDS_SCREENSHOTS=1 writes it into the docs."""
    picture = page.screenshot()
    path = IMAGES / f"{name}.png"
    if os.environ.get("FONDS_SCREENSHOTS"):
        path.write_bytes(picture)
    assert path.is_file(), f"{path} is made by FONDS_SCREENSHOTS=1"
