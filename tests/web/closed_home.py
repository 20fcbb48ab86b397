"""A home of closed and open texts, each with a word of its own, and a server over it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from fonds.loading.enrich import enrich
from fonds.loading.load import load
from fonds.settings import Settings
from fonds.web.app import create_app
from fonds.web.services import open_services
from tests.conftest import ROOT
from tests.web.conftest import serving

COLLECTIONS = ("first", "second")
OPEN = "https://creativecommons.org/licenses/by/4.0/"
SECRETS = {(name, is_open): f"xylo{name}{'open' if is_open else 'shut'}"
           for name in COLLECTIONS for is_open in (True, False)}  # fmt: skip
ELSEWHERE = "192.0.2.0/24"
_XLINK = 'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href'
Rules = dict[str, dict[str, object]]


def article(collection: str, is_open: bool) -> str:
    """Return an article whose body has its own word."""
    number = f"{collection}-{int(is_open)}"
    licence = f"<permissions><license {_XLINK}='{OPEN}'/></permissions>" if is_open else ""
    return (
        '<article article-type="research-article"><front><journal-meta><journal-title>Bees'
        "</journal-title></journal-meta><article-meta>"
        f'<article-id pub-id-type="doi">10.1000/{number}</article-id><title-group>'
        f"<article-title>About bees {number}</article-title></title-group>"
        f"<pub-date><year>2001</year></pub-date>{licence}"
        "<abstract><p>Bees are described.</p></abstract></article-meta></front>"
        f"<body><p>The bees of {SECRETS[collection, is_open]} were counted twice.</p>"
        f"<p>{'Hives were counted by hand in every month of the year. ' * 12}</p></body>"
        "</article>"
    )


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a home with both collections, enriched by us and by a plug-in."""
    made = tmp_path_factory.mktemp("rights")
    for name in COLLECTIONS:
        delivery = tmp_path_factory.mktemp(name)
        for is_open in (True, False):
            (delivery / f"{name}-{int(is_open)}.xml").write_text(article(name, is_open))
        load([delivery], collection=name, home=made / "home", settings=Settings())
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "tests" / "enrich" / "plugin"))
        enrich(
            home=made / "home",
            settings=Settings(),
            names=("features", "language", "probe", "teeft"),
        )
    return made / "home"


@pytest.fixture(scope="module")
def server(home: Path) -> Iterator[httpx.Client]:
    """Return a client of a real server over that home."""
    with (
        serving(create_app(open_services(home, Settings()))) as address,
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield client


def write_rights(
    home: Path, rules: Rules, granted: list[str], net: str, proxies: tuple[str, ...] = ()
) -> None:
    """Write access.toml."""
    lines = [f"[federation]\nheaders.proxies = {list(proxies)!r}"]
    for name, rule in rules.items():
        lines.append(f"[collections.{name}]")
        lines += [f"{key} = {str(value).lower() if isinstance(value, bool) else repr(value)}"
                  for key, value in rule.items()]  # fmt: skip
    lines += ["[institutions.here]", f"networks = ['{net}']"]
    lines += ["[[institutions.here.members]]", "scopes = ['here.example']"]
    lines += ["[[institutions.here.rights]]", f"collections = {granted!r}"]
    (home / "access.toml").write_text("\n".join(lines) + f"\n# {time.monotonic_ns()}\n")
