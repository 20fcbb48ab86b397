"""Every search, call and program of the tutorials runs against the archive that shows them."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from lxml import html

from fonds.settings import Settings
from fonds.web.portal.sample import Sample, sample_of
from fonds.web.portal.tutorials import NAMES
from fonds.web.services import Services, open_services
from tests.holdings.making import add, article
from tests.web.portal.conftest import serving
from tests.web.portal.trees import find, tree_of


def codes(tree: html.HtmlElement, kind: str) -> str:
    """Return the programs of one kind on a page, in order, as a person would paste them."""
    return "\n".join(one.text_content() for one in find(tree, f"//code[contains(@id,'-{kind}')]"))


@pytest.fixture(scope="module", params=NAMES)
def tutorial(request: pytest.FixtureRequest, portal: str) -> html.HtmlElement:
    """Return the page of a tutorial, in English."""
    with httpx.Client(base_url=portal, timeout=30) as client:
        return tree_of(client, f"/about/tutorials/{request.param}?lang=en")


def test_pages_and_calls(client: httpx.Client, tutorial: html.HtmlElement) -> None:
    """Every page opens, every call answers."""
    for address in find(tutorial, "//ol[contains(@class,'steps')]//a/@href"):
        assert client.get(address).status_code == 200, address
    for call in find(tutorial, "//form[@class='run']/input/@value"):
        ran = tree_of(client, f"/about/api/run?{urlencode({'call': call})}")
        assert find(ran, "//div[@id='ran']//span")[0].text == "200", call
        assert client.get(call).status_code == 200


def test_programs(tutorial: html.HtmlElement, tmp_path: Path) -> None:
    """What is pasted into a terminal or into Python works, and leaves what it promises."""
    shell, python = codes(tutorial, "shell"), codes(tutorial, "python")
    options = {"cwd": tmp_path, "capture_output": True, "text": True, "timeout": 60}
    if shell:
        script = f"set -e\n{shell.replace('curl ', 'curl -sSf ')}"
        done = subprocess.run(["bash", "-c", script], check=False, **options)  # type: ignore[call-overload]
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()
    if python:
        done = subprocess.run([sys.executable, "-c", python], check=False, **options)  # type: ignore[call-overload]
        assert done.returncode == 0, done.stderr
        assert int(done.stdout.split()[0]) > 0
        assert len((tmp_path / "corpus.csv").read_text().splitlines()) > 1
    archive = tmp_path / "corpus.zip"
    if archive.exists():
        with zipfile.ZipFile(archive) as opened:
            assert opened.testzip() is None
            assert ".corpus" in opened.namelist()


def test_the_example_finds_something(services: Services) -> None:
    """Its question has an answer of a size to take out."""
    sample = sample_of(services)
    total = services.search.search(services.search.ask(sample.question, size=0)).total
    assert 0 < total <= 500
    assert services.archive.by_id(sample.id) is not None


def test_an_archive_without_the_usual_words(tmp_path: Path) -> None:
    """A word is taken from one of its titles; without documents, pages are still pages."""
    add(tmp_path, [article(1)])
    opened = open_services(tmp_path, Settings())
    assert isinstance(sample_of(opened), Sample)
    with serving(opened) as address, httpx.Client(base_url=address, timeout=30) as client:
        for path in ("/about", "/about/api", "/about/status", "/about/tutorials/corpus"):
            assert client.get(path).status_code == 200


def test_no_such_tutorial(client: httpx.Client) -> None:
    """A page that says so."""
    assert client.get("/about/tutorials/nothing").status_code == 404
