"""Debian's Chromium with the extension, its only way out the proxy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, sync_playwright

from tests.extension.pack import EXTENSION
from tests.extension.world import World


@contextmanager
def started(internet: World, profile: Path, language: str) -> Iterator[BrowserContext]:
    """Start Chromium in a language; where there is none the tests say so."""
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("chromium is not installed: the extension is not tried in it")
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=path,
            headless=True,
            ignore_https_errors=True,
            env={**os.environ, "LANGUAGE": language},
            args=[
                "--no-sandbox",
                "--ignore-certificate-errors",
                f"--lang={language}",
                "--disable-component-update",
                f"--disable-extensions-except={EXTENSION}",
                f"--load-extension={EXTENSION}",
                f"--proxy-server=http://127.0.0.1:{internet.proxy.port}",
            ],
        )
        context.set_default_timeout(15_000)
        yield context
        context.close()
