"""Pages as trees, for tests."""

from __future__ import annotations

from typing import Any

import httpx
from lxml import html


def tree_of(client: httpx.Client, address: str, status: int = 200) -> html.HtmlElement:
    """Return a page as a tree."""
    answer = client.get(address)
    assert answer.status_code == status, answer.text[:500]
    return html.fromstring(answer.content)


def find(tree: html.HtmlElement, path: str) -> list[Any]:
    """Return what an XPath finds: elements, or texts and attributes."""
    found = tree.xpath(path)
    assert isinstance(found, list)
    return found
