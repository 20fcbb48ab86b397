"""What mining found stands on a document's page, each value leading to those that have it."""

from __future__ import annotations

from pathlib import Path

import httpx
import msgspec

from fonds.web.portal.found import read_found
from tests.web.closed_home import COLLECTIONS, ELSEWHERE, SECRETS, home, server, write_rights

__all__ = ["home", "server"]  # fixtures

RECORD = {
    "title": "T",
    "keywords": {"teeft": [f'term "{at}"' for at in range(23)]},
    "categories": {"lcc": ["1 - Science"], "nb": ["1 - Science", "2 - Botany"]},
    "namedEntities": {"unitex": {"placeName": ["Peru"], "date": ["1999"]}, "species": []},
}


def test_kinds_and_questions() -> None:
    """Terms, subjects and entities; kinds without a value are left out, long lists are cut."""
    found = read_found(msgspec.json.encode(RECORD))
    assert [(group.kind, len(group.values), group.more) for group in found] == [
        ("terms", 20, 3), ("subjects", 2, 0), ("places", 1, 0),
    ]  # fmt: skip
    assert found[0].values[0].query == r'keywords.teeft.raw:"term \"0\""'
    assert read_found(b'{"title": "T"}') == ()


def test_on_the_page(server: httpx.Client, home: Path) -> None:
    """Shown to who may search the text; of a text that may not even be searched, nothing."""
    write_rights(home, {name: {"access": "open"} for name in COLLECTIONS}, [], ELSEWHERE)
    hit = server.get("/document", params={"q": SECRETS["first", False], "output": "*"}).json()
    record = hit["hits"][0]
    term = record["keywords"]["teeft"][0]
    page = server.get(f"/notice/{record['arkIstex']}?lang=en").text
    assert "Terms of the text" in page
    assert f">{term}</a>" in page
    shut: dict[str, object] = {"access": "restricted", "search_text": False}
    write_rights(home, dict.fromkeys(COLLECTIONS, shut), [], ELSEWHERE)
    page = server.get(f"/notice/{record['arkIstex']}?lang=en").text
    assert "Terms of the text" not in page
    assert "Text mining" in page
