"""The order by words and meaning in the portal: offered with vectors, and said what it did."""

from __future__ import annotations

from pathlib import Path

import httpx

from fonds.settings import read_settings
from fonds.web.services import open_services
from tests.web.portal.conftest import serving


def test_the_order_is_offered_where_there_are_vectors(meaning_home: Path) -> None:
    """In both languages; years leave it, fields alone do not; the API's address has it."""
    opened = open_services(meaning_home, read_settings(meaning_home))  # the server closes them
    with serving(opened) as address, httpx.Client(base_url=address) as client:
        page = client.get("/?q=study&sort=meaning", headers={"Accept-Language": "en"}).text
        assert '<option value="meaning" selected>words and meaning</option>' in page
        assert "articles in English are in order of words and meaning" in page
        assert "rankBy=hybrid" in page
        french = client.get("/?q=study&sort=meaning&lang=fr", headers={"Accept-Language": "fr"})
        assert "rangés par les mots et le sens" in french.text
        filtered = client.get("/?q=study&sort=meaning&from=1990&to=2030")
        assert "rankBy=hybrid" in filtered.text
        client.cookies.clear()
        fields = client.get("/?q=corpusName%3Aplos&sort=meaning", headers={"Accept-Language": "en"})
        assert "does not apply to this question" in fields.text


def test_it_is_not_offered_without(client: httpx.Client) -> None:
    """An address kept from elsewhere still answers, and says that the order is relevance."""
    assert 'value="meaning"' not in client.get("/?q=study").text
    page = client.get("/?q=study&sort=meaning")
    assert page.status_code == 200
    assert "ne s’applique pas à cette question" in page.text
