"""Restricted text never leaks by what a corpus says: no quotation, no count tells of it."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from fonds.analyses.door import analysis_names
from tests.web.closed_home import COLLECTIONS, ELSEWHERE, SECRETS, Rules, home, server, write_rights

__all__ = ["home", "server"]  # fixtures

# what may be searched for may be counted; what is quoted must be readable
_RULES: tuple[tuple[Rules, bool], ...] = (
    ({n: {"access": "restricted", "open_access": False} for n in COLLECTIONS}, True),
    (
        {
            n: {"access": "restricted", "open_access": False, "search_text": False}
            for n in COLLECTIONS
        },
        False,
    ),
)


@pytest.mark.parametrize(("rules", "searchable"), _RULES)
def test_no_analysis_leaks(
    server: httpx.Client, home: Path, rules: Rules, searchable: bool
) -> None:
    """No analysis quotes what may not be read, nor counts what may not be searched."""
    write_rights(home, rules, [], ELSEWHERE)
    for name in analysis_names():
        for q in ("bees", *SECRETS.values()):
            for form in ("", "csv", "md", "html"):
                asked = {"q": q, "format": form, "words": q, "of": "terms"}
                found = server.get(f"/analyses/{name}", params=asked)
                assert found.status_code < 500 or found.status_code == 503, found.text
                assert "were counted twice" not in found.text, name
                told = [word for word in SECRETS.values() if word in found.text and word != q]
                assert searchable or not told, name
        page = server.get(f"/explore/{name}", params={"q": "bees"}).text
        assert "were counted twice" not in page
    write_rights(home, {n: {"access": "open"} for n in COLLECTIONS}, [], ELSEWHERE)
    assert server.get("/analyses/profile?q=bees").json()["coverage"]["asked"] == len(SECRETS)


@pytest.mark.parametrize(("rules", "searchable"), _RULES)
def test_no_second_corpus_and_no_network_leaks(
    server: httpx.Client, home: Path, rules: Rules, searchable: bool
) -> None:
    """What a corpus is compared with, and files of networks, tell no more than a search."""
    write_rights(home, rules, [], ELSEWHERE)
    one = 'doi:"10.1000/first-1"'
    calls: list[tuple[str, dict[str, str]]] = [
        ("comparison", {"q": one, "beside": beside, "least": "1"})
        for beside in ("", "*", "bees", *SECRETS.values())
    ]
    calls += [
        ("networks", {"q": "*", "of": of, "format": form})
        for of in ("terms", "entities", "coupling")
        for form in ("gexf", "graphml", "svg")
    ]
    for name, asked in calls:
        found = server.get(f"/analyses/{name}", params=asked)
        assert found.status_code < 500, found.text
        assert "were counted twice" not in found.text
        told = [w for w in SECRETS.values() if w in found.text and w not in asked.values()]
        assert searchable or not told, asked
    write_rights(home, {n: {"access": "open"} for n in COLLECTIONS}, [], ELSEWHERE)
