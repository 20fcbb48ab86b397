"""What the pages must look like with the extension, the same in every browser."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import msgspec

from tests.extension.world import ARCHIVE, PUBMED, SCHOLAR, WIKIPEDIA, Asked

# page -> script that gives, for each place, the text and address of our links
LINKS = """
[...document.querySelectorAll(%s)].map((place) => [...place.querySelectorAll("a.fonds-link")]
  .map((link) => [link.textContent, link.ariaLabel, link.href].join("|")).join(";"))
"""
PAGES: Mapping[str, tuple[str, str, tuple[str, ...]]] = MappingProxyType(
    {  # name -> address, places, start of each label ("" where there must be no link)
        "scholar": (
            f"https://{SCHOLAR}/scholar?q=lava",
            ".gs_r",
            (
                "PDF in Archive of Nowhere: Lava tubes",
                "PDF in Archive of Nowhere: On the age",
                "PDF in Archive of Nowhere: Pumice",
                "", "", "",
                "In Archive of Nowhere, for members: A survey",
                "",
            ),
        ),
        "article": (
            f"https://{PUBMED}/11111111/",
            "aside, main",
            ("", "PDF in Archive of Nowhere: Effets du magma"),
        ),
        "list": (
            f"https://{PUBMED}/?term=magma",
            "article",
            (
                "PDF in Archive of Nowhere: Effets du magma",
                "In Archive of Nowhere, for members: A survey",
                "",
            ),
        ),
        "wikipedia": (
            f"https://{WIKIPEDIA}/wiki/Lave",
            "li",
            (
                "PDF in Archive of Nowhere: Lava tubes",
                "PDF in Archive of Nowhere: Effets du magma",
                "",
                "",
            ),
        ),
    }
)  # fmt: skip


def script(name: str) -> str:
    """Return what reads our links from a page."""
    return LINKS % msgspec.json.encode(PAGES[name][1]).decode()


def check_links(name: str, found: list[str]) -> None:
    """Compare the links of a page with what must be there, one place after the other."""
    expected = PAGES[name][2]
    assert len(found) == len(expected)
    for said, wanted in zip(found, expected, strict=True):
        if not wanted:
            assert said == ""
            continue
        text, label, address = said.split("|")
        assert text == "PDF"
        assert label.startswith(wanted)
        ending = "fulltext.pdf" if wanted.startswith("PDF in") else ""
        assert address.startswith(f"https://{ARCHIVE}/")
        assert address.endswith(ending)


def check_question(asked: Asked, page: str) -> None:
    """A question holds identifiers, or title, year and author; nothing else of page or reader."""
    references = msgspec.json.decode(asked.body)["references"]
    allowed = {"id", "doi", "pmid", "pii", "title", "year", "author"}
    assert all(set(one) <= allowed for one in references)
    assert "cookie" not in asked.headers
    assert "referer" not in asked.headers
    assert page not in str(asked.headers)
